"""Which older versions of other files hold a value that is still in use."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from auditor.inventory.files import Files
from auditor.model.credential import Credential, SecretForm
from auditor.patterns import lazy
from auditor.sources.git_objects_error import LimitError
from auditor.sources.history import Step

from .versions import Versions
from .written import forms_of

MIN_LENGTH: Final = 8
"""Characters of a value that is looked for; shorter ones may be equal by chance."""
MAX_BLOBS: Final = 50_000
"""Versions of files searched."""
_ENDINGS: Final = frozenset(
    "cfg cnf conf config env hcl ini json properties settings tf tfstate tfvars toml xml yaml yml".split()
)
_NAMES: Final = lazy(r"^(?:dockerfile|containerfile|\.?env|\.(?:npmrc|pypirc|netrc|pgpass|htpasswd))(?:[._-]|$)")
_TEMPLATE_ENDINGS: Final = lazy(r"(?:\.(?:j2|tmpl|tpl|template|sample|example|dist|bak|old|orig))+$")
_NOTHING: Final[frozenset[bytes]] = frozenset()


def is_like_configuration(path: str) -> bool:
    """Tell by its name whether older versions of a file are searched."""
    name = _TEMPLATE_ENDINGS.sub("", path.rpartition("/")[2].lower())
    return name.rpartition(".")[2] in _ENDINGS or _NAMES.match(name) is not None


class Removals:
    """Looks for the values of `secrets` in versions of files that no longer hold them; `found` is all there is now."""

    def __init__(
        self,
        found: Iterable[Credential],
        secrets: Sequence[Credential],
        files: Files,
        versions: Versions,
        prefix: str,
    ) -> None:
        self._versions = versions
        self._prefix = prefix
        self._now = {(prefix + item.at.path, item.secret.digest) for item in found if item.is_written}
        self._holders = {path for path, _ in self._now}
        self._wanted: set[bytes] = set()
        forms: set[bytes] = set()
        for secret in secrets:
            if secret.form is SecretForm.LITERAL and secret.secret.length >= MIN_LENGTH:
                self._wanted.add(secret.secret.digest)
                forms |= forms_of(secret, files)
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        self._pattern = re.compile(b"|".join(map(re.escape, ordered))) if ordered else None
        self._found: dict[bytes, frozenset[bytes]] = {}
        self._removed: dict[bytes, dict[str, Step]] = {}

    @property
    def is_open(self) -> bool:
        """Whether older commits can tell more."""
        return self._pattern is not None

    def give_up(self) -> None:
        """Look at no further commits."""
        self._pattern = None

    def of(self, secret: Credential) -> list[tuple[str, Step]]:
        """Return the files, other than its own, that the value was taken out of, and the commit that did."""
        removed = self._removed.get(secret.secret.digest, {}) if secret.form is SecretForm.LITERAL else {}
        return [(path, removed[path]) for path in sorted(removed) if path != secret.at.path]

    def go_back(self, step: Step) -> None:
        """Take a commit into account.

        A value that one file lost and another gained with the same commit was moved: nobody meant to give it up.

        Raises:
            ObjectError: a version cannot be read, or no more of them are.
        """
        if self._pattern is None:
            return
        # Only where a text vanished a value may have; reading versions costs much, searching their text little.
        changes = [change for change in step.changes if self._searches(change.path)]
        changes = [change for change in changes if self._texts(change.before) != self._texts(change.after)]
        if all(self._texts(change.before) <= self._texts(change.after) for change in changes):
            return
        lost: list[tuple[str, bytes]] = []
        gained: set[bytes] = set()
        for change in changes:
            before, after = self._digests(change.path, change.before), self._digests(change.path, change.after)
            lost += [(change.path, digest) for digest in before - after]
            gained |= after - before
        for path, digest in lost:
            if digest not in gained and (path, digest) not in self._now and path.startswith(self._prefix):
                self._removed.setdefault(digest, {}).setdefault(path.removeprefix(self._prefix), step)

    def _searches(self, path: str) -> bool:
        return is_like_configuration(path) or path in self._holders

    def _texts(self, blob: bytes | None) -> frozenset[bytes]:
        """Return which of the values a version has as text, wherever they stand."""
        if blob is None or self._pattern is None:
            return _NOTHING
        found = self._found.get(blob)
        if found is None:
            if len(self._found) >= MAX_BLOBS:
                raise LimitError(f"the history has more than {MAX_BLOBS} versions of configuration files")
            found = frozenset(self._pattern.findall(self._versions.data(blob) or b"")) or _NOTHING
            self._found[blob] = found
        return found

    def _digests(self, path: str, blob: bytes | None) -> frozenset[bytes]:
        """Return which of the values a version holds at a key that names a secret."""
        if blob is None or not self._texts(blob):
            return _NOTHING
        slots = self._versions.slots(path, blob) or frozenset()
        return frozenset(digest for _, digest in slots if digest in self._wanted)
