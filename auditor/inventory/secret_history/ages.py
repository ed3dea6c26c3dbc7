"""Since when each secret has been the same at its key: reformatting, moved lines and renamed files change nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from auditor.inventory.files import Files
from auditor.model.credential import Credential
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.sources.git_objects_error import ObjectError
from auditor.sources.history import Change, History, Step

from .versions import Slot, Versions
from .written import lines_of


@dataclass(frozen=True)
class Since:
    """The commit that brought a value; `may_be_older` is why it may have been an earlier one, "" if it was not."""

    step: Step
    may_be_older: str = ""


@dataclass
class _File:
    """A file on the way back: its name and blob in the commit reached, and the secrets still the same there.

    A secret's text is its lines as they are written now, by which most versions need no parsing; "" where they
    do not tell.
    """

    path: str
    blob: bytes
    pending: dict[Slot, str] = field(repr=False)
    last_read: Step | None = None
    """The oldest commit with a version that could be read, where the one reached could not."""


class Ages:
    """Follows every secret of `secrets` back to the commit that brought it."""

    def __init__(self, secrets: Iterable[Credential], files: Files, versions: Versions, history: History) -> None:
        self._versions = versions
        self._since: dict[tuple[str, Slot], Since | Unknown] = {}
        self._committed: set[str] = set()
        self._open: dict[str, list[tuple[str, _File]]] = {}
        by_path: dict[str, list[Credential]] = {}
        for secret in secrets:
            by_path.setdefault(secret.at.path, []).append(secret)
        for path, found in by_path.items():
            self._begin(path, found, files, history)

    def _begin(self, path: str, secrets: Sequence[Credential], files: Files, history: History) -> None:
        full = history.prefix + path
        slots = {_slot(secret): lines_of(secret, files) for secret in secrets}
        file = _File(full, b"", slots)
        try:
            lost = self._lost_in_head(path, file, history)
        except ObjectError as error:
            lost = Unknown(str(error))
        if isinstance(lost, Unknown):
            self._since |= {(path, slot): lost for slot in slots}
            return
        for slot in lost:
            self._since[path, slot] = Unknown("the value is not in the commit that is checked out")
            del file.pending[slot]
        if file.pending:
            self._open.setdefault(full, []).append((path, file))

    def _lost_in_head(self, path: str, file: _File, history: History) -> list[Slot] | Unknown:
        blob = history.committed(file.path)
        if blob is None:
            return Unknown("git has no committed version of the file")
        self._committed.add(path)
        file.blob = blob
        lost = self._lost(file, file.path, blob)
        return lost if lost is not None else Unknown("the committed version of the file cannot be read as what it is")

    @property
    def is_open(self) -> bool:
        """Whether a secret was the same in every commit so far."""
        return bool(self._open)

    def is_committed(self, path: str) -> bool:
        return path in self._committed

    def since(self, secret: Credential) -> Since | Unknown:
        return self._since[secret.at.path, _slot(secret)]

    def go_back(self, step: Step) -> None:
        """Take a commit into account, whose files are the ones reached.

        Raises:
            ObjectError: a version cannot be read; its secrets are open still.
        """
        if self._open.keys().isdisjoint({change.path for change in step.changes}):
            return
        changed = {change.path: change for change in step.changes}
        reached: list[tuple[str, _File]] = []
        try:
            for path in [path for path in self._open if path in changed]:
                files = self._open[path]
                while files:
                    self._compare(*files[-1], step, changed)
                    reached.append(files.pop())
                del self._open[path]
        finally:
            for name, file in reached:
                if file.pending:
                    self._open.setdefault(file.path, []).append((name, file))

    def give_up(self, step: Step | None, reason: str) -> None:
        """End the walk at the last commit that could be read."""
        for files in self._open.values():
            for name, file in files:
                for slot in file.pending:
                    reached = file.last_read or step
                    self._since[name, slot] = Since(reached, reason) if reached is not None else Unknown(reason)
        self._open.clear()

    def _compare(self, name: str, file: _File, step: Step, changed: Mapping[str, Change]) -> None:
        change = changed[file.path]
        origin = (file.path, change.before) if change.before is not None else self._origin(file, changed)
        if origin is None:
            self._close(name, file, list(file.pending), step)
            return
        lost = self._lost(file, *origin)
        file.path, file.blob = origin
        if lost is None:
            file.last_read = file.last_read or step
            return
        self._close(name, file, lost, step)
        file.last_read = None

    def _close(self, name: str, file: _File, slots: Iterable[Slot], step: Step) -> None:
        for slot in slots:
            if file.last_read is not None:
                reason = "a version of the file in between cannot be read"
                self._since[name, slot] = Since(file.last_read, reason)
            else:
                self._since[name, slot] = Since(step)
            del file.pending[slot]

    def _lost(self, file: _File, path: str, blob: bytes) -> list[Slot] | None:
        """Return the pending secrets that a version does not hold, None if it cannot be read."""
        text = self._versions.text(blob)
        if text is None:
            return None
        framed = f"\n{text}\n"
        unclear = [slot for slot, lines in file.pending.items() if not lines or lines not in framed]
        if not unclear:
            return []
        held = self._versions.slots(path, blob)
        return None if held is None else [slot for slot in unclear if slot not in held]

    def _origin(self, file: _File, changed: Mapping[str, Change]) -> tuple[str, bytes] | None:
        """Return the name and blob that a file had before the commit that gave it its name, None if it was new.

        It was renamed from a file that vanished with the commit: one of the same content, else the first of the same
        ending that holds one of its secrets.
        """
        vanished = [(c.path, c.before) for c in changed.values() if c.after is None and c.before is not None]
        for path, blob in vanished:
            if blob == file.blob:
                return path, blob
        name = file.path.rpartition("/")[2]
        similar = [(path, blob) for path, blob in vanished if _ending(path) == _ending(file.path)]
        similar.sort(key=lambda found: (found[0].rpartition("/")[2] != name, found[0]))
        for path, blob in similar[:_MAX_SIMILAR]:
            lost = self._lost(file, path, blob)
            if lost is not None and len(lost) < len(file.pending):
                return path, blob
        return None


_MAX_SIMILAR = 20
"""Vanished files compared with one that appeared; a commit that renames a folder keeps most contents as they are."""


def _ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2]


def _slot(secret: Credential) -> Slot:
    return secret.key, secret.secret.digest
