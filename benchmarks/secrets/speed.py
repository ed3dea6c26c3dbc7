"""What the search for secrets costs, as ratios of one run: python -m benchmarks.secrets.speed."""

import hashlib
import hmac
import time
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from auditor.credentials.inscriptions import inscriptions_in
from auditor.credentials.webtoken import DecodedToken
from auditor.discovery import examine
from auditor.inventory.credentials import find_credentials
from auditor.inventory.tokens import facts_of_inscriptions, signing_key
from auditor.model.credential import Credential
from auditor.model.sharing import SecretUses
from auditor.scan import take_estate
from auditor.sharing import uses_of_secrets
from auditor.sources.tree import MemoryTree
from auditor.technologies.document import Document

from .generate import Maker

T = TypeVar("T")
FILES = 1500
CANDIDATES = 100_000


def tree() -> MemoryTree:
    """A repository in which one file in three holds secrets, one is other configuration, one is text."""
    maker = Maker(1)
    files: dict[str, str] = {}
    for number in range(FILES // 3):
        values = [(maker.key(kind), maker.value()) for kind in ("jwt", "csrf", "session")]
        files.update(maker.settings([*values, *((f"OPTION_{n}", "on") for n in range(20))], f"service{number}/"))
        files[f"service{number}/deployment.yaml"] = (
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\n"
            "spec:\n  template:\n    spec:\n      containers:\n"
            + "".join(f"        - name: c{n}\n          image: registry.example/c{n}:1\n" for n in range(10))
        )
        files[f"service{number}/README.md"] = "How to run the service.\n" * 60
    return MemoryTree(files)


def fastest(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds of the fastest of three runs, and what the last returned."""
    seconds = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        result = work()
        seconds = min(seconds, time.perf_counter() - started)
    return seconds, result


def main() -> None:
    repository = tree()
    take_estate(repository)  # everything imported
    reading, examined = fastest(lambda: list(examine(repository)))
    texts = [repository.read(item.entry.path, 1 << 20).decode() for item in examined]
    documents: dict[str, list[Document]] = defaultdict(list)
    for item in examined:
        for technology, document in item.documents:
            documents[technology].append(document)
    searching, _ = fastest(lambda: [inscriptions_in(text) for text in texts])

    def judge() -> tuple[list[Credential], list[SecretUses]]:
        found = list(find_credentials(documents, []))
        tokens = [fact for fact in facts_of_inscriptions(examined, documents, found) if isinstance(fact, Credential)]
        return found, list(uses_of_secrets([*found, *tokens]))

    judging, (credentials, groups) = fastest(judge)
    parsing = reading - searching
    print(f"{len(examined)} files, {len(credentials)} credentials, {len(groups)} secrets")
    print(f"the search for secrets costs {(searching + judging) / parsing:.2f} of reading and parsing (at most 1)")

    token = DecodedToken("HS256", is_encrypted=False, signing_input=b"x" * 160, signature=b"?" * 32)
    keys = [f"candidate-number-{number:08}".encode() for number in range(CANDIDATES)]
    started = time.perf_counter()
    for key in keys:
        hmac.digest(key, token.signing_input, hashlib.sha256)
    bare = time.perf_counter() - started
    started = time.perf_counter()
    assert signing_key(token, keys) is None
    tested = time.perf_counter() - started
    print(f"{CANDIDATES:,} candidate keys: {bare / tested:.2f} of the speed of bare hmac calls (at least 0.5)")


if __name__ == "__main__":
    main()
