"""Our reading of generated configurations agrees with nginx: refusals, answers, headers and TLS versions."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.model.source import Source
from auditor.model.unknown import Unknown, known
from auditor.technologies.nginx.access import access_of
from auditor.technologies.nginx.build import service_of_file
from auditor.technologies.nginx.document import read
from auditor.technologies.nginx.headers import headers_of
from auditor.technologies.nginx.levels import Level
from auditor.technologies.nginx.listening import Listen
from auditor.technologies.nginx.locations import location_for
from auditor.technologies.nginx.places import Place
from auditor.technologies.nginx.service import Nginx
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.nginx.cases import BACKEND, HOSTS, PATHS, Case, Generator
from tests.oracle.nginx.server import Answer, Request, accepted, ask, negotiates, prepare, running

PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "30"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20245"))
REQUESTS = 120
VERSION = (1, 22, 1)
TRAPS = (
    "include", "refused", "default server", "wildcard name", "protocols", "header", "header always", "addresses",
    "satisfy any", "login", "login off", "no password file", "auth_request", "limit_except", "return before access",
    "redirect by scheme", "exact", "prefix", "prefix without expressions", "expression", "nested", "listen without ssl",
)  # fmt: skip

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed"),
]


@dataclass
class DiskView:
    """Files as they lie on this machine."""

    folder: str

    def open(self, path: str) -> Source | Unknown | None:
        file = Path(self.folder, path)
        return Source(path=str(file), text=file.read_text("utf-8")) if file.is_file() else None

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        absolute = str(Path(self.folder, pattern))
        return sorted(str(path) for path in Path(absolute).parent.glob("*") if fnmatchcase(str(path), absolute))


def our_reading(folder: Path) -> Nginx:
    """Read the case as Debian's nginx 1.22 does."""
    path = folder / "nginx.conf"
    document = read(Source(path=str(path), text=path.read_text("utf-8")))
    return replace(service_of_file(document, DiskView(str(folder))), parsed_version=VERSION)


def predicted(nginx: Nginx, listen: Listen, request: Request) -> Answer:
    """Return what we say about a request."""
    server = nginx.server_for(listen, request.host)
    assert not isinstance(server, Unknown)
    root = Place(server.level, None)
    if request.tls != nginx.is_tls(listen):
        return _answer(nginx.default_of(listen).level, 400)
    if root.returns is not None:
        return _answer(server.level, _status(root.returns.word))
    if root.redirects or (root.redirects_clear_text and not request.tls):
        return _answer(server.level, 301)
    level = location_for(server.level, request.path)
    assert not isinstance(level, Unknown), level
    place = Place(level, None)
    if place.returns is not None:
        return _answer(level, _status(place.returns.word))
    deciding = _limited(level, request.method)
    status = known(access_of(deciding)).status(request.address, logged_in=request.logged_in)
    if status == 200 and place.passes is None and request.method != "GET":
        status = 405
    return _answer(deciding, status)


def _status(word: str | Unknown) -> int:
    assert isinstance(word, str)
    return int(word)


def _limited(level: Level, method: str) -> Level:
    for block in level.children("limit_except"):
        if method not in block.words:
            return block
    return level


def _answer(level: Level, status: int) -> Answer:
    sent = [(header.name, known(header.value)) for header in known(headers_of(level)) if header.is_sent(status)]
    return Answer(status, tuple(sorted(sent)))


def compare(nginx: Nginx, folder: Path, random: Random, counts: Counter[str]) -> list[str]:
    """Return what the server and our reading do not agree on; runs inside the namespace."""
    assert PROGRAM is not None
    accepts = accepted(PROGRAM, folder)
    if accepts != (not nginx.refused):
        said = (folder / "output").read_text("utf-8", "replace").strip()[-300:]
        return [f"nginx -t {'accepts' if accepts else 'refuses'}, we say refused={nginx.refused}; {said}"]
    if not accepts:
        return []
    sockets = {listen.socket: listen for server in nginx.each_server() for listen in server.listens}
    listens = [listen for listen in sockets.values() if listen.port != BACKEND]
    with running(PROGRAM, folder, BACKEND):
        return [*_requests(nginx, listens, random, counts), *_versions(nginx, listens, counts)]


def _requests(nginx: Nginx, listens: list[Listen], random: Random, counts: Counter[str]) -> Iterator[str]:
    for _ in range(REQUESTS):
        listen = random.choice(listens)
        request = Request(
            address=random.choice(["127.0.0.1", SECOND_ADDRESS]),
            port=listen.port,
            tls=nginx.is_tls(listen) if random.randrange(10) else not nginx.is_tls(listen),
            host=random.choice(HOSTS),
            path=random.choice(PATHS),
            method=random.choice(["GET", "GET", "GET", "PUT"]),
            logged_in=random.randrange(2) == 1,
        )
        real = ask(request)
        counts["requests"] += 1
        reachable = not listen.is_local or request.address == listen.address
        if not reachable or (request.tls and not nginx.is_tls(listen)):
            if real is not None:
                yield f"{request}: nginx answers {real}, we say it does not"
            continue
        mine = predicted(nginx, listen, request)
        if mine.status == 400:
            if real is None or real.status != 400:
                yield f"{request}: nginx {real}, we a refusal of clear text"
            continue
        counts[str(mine.status)] += 1
        if real != mine:
            yield f"{request}: nginx {real}, we {mine}"


def _versions(nginx: Nginx, listens: list[Listen], counts: Counter[str]) -> Iterator[str]:
    for listen in listens:
        if not nginx.is_tls(listen):
            continue
        for host in HOSTS[::2]:
            server = nginx.server_for(listen, host)
            assert not isinstance(server, Unknown)
            protocols = known(nginx.protocols(server, listen))
            real = {
                version
                for version in ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
                if negotiates("127.0.0.1", listen.port, host, version)
            }
            counts["handshakes"] += 4
            if real != set(protocols.names):
                yield f"{host} on {listen}: nginx negotiates {sorted(real)}, we say {sorted(protocols.names)}"


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="nginx-", dir="/tmp") as made:
        prepare(Path(made), PATHS)
        yield Path(made)


def _write(case: Case, folder: Path) -> None:
    shutil.rmtree(folder / "sites", ignore_errors=True)
    for name, text in case.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def test_our_reading_agrees_with_the_server(
    namespace: Namespace, folder: Path, record_property: Callable[[str, object], None]
) -> None:
    traps: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(CASES):
        random = Random(SEED * 100_003 + number)
        case = Generator(random, str(folder)).make()
        _write(case, folder)
        traps.update(case.traps)
        nginx = our_reading(folder)
        found = namespace.run(partial(compare, nginx, folder, random, counts))
        wrong += [f"case {number} (seed {SEED}): {text}" for text in found]
        traps["started"] += not nginx.refused
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started"))
    asked = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    record_property("traps", f"nginx.conf: {CASES} cases, {len(wrong)} disagreements; {summary}; {asked}")
    assert not wrong, "\n".join(wrong[:40])
    assert all(traps[trap] for trap in TRAPS if CASES >= 30), summary
