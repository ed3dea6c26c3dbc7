"""A history held in memory, for the examples of checks: the objects that git would store."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from auditor.records import dataclass

from .git_objects import Kind
from .git_objects_error import ObjectError
from .history import History


@dataclass(frozen=True)
class Version:
    """A file as it was committed `days` ago; an empty text means that it was removed."""

    days: int
    path: str
    text: str


class MemoryObjects:
    """Objects by the ids that git gives them."""

    def __init__(self, objects: Mapping[bytes, tuple[Kind, bytes]] | None = None) -> None:
        self._objects = dict(objects or {})

    def read(self, name: bytes) -> tuple[Kind, bytes]:
        try:
            return self._objects[name]
        except KeyError:
            raise ObjectError("an object of the history is not in this copy of the repository") from None

    def close(self) -> None:
        """Nothing is open."""

    def add(self, kind: Kind, content: bytes) -> bytes:
        """Store an object and return its id."""
        stored = f"{kind} {len(content)}\0".encode() + content
        name = hashlib.sha1(stored, usedforsecurity=False).digest()
        self._objects[name] = (kind, content)
        return name

    def add_tree(self, files: Mapping[str, bytes]) -> bytes:
        """Store a folder with its files (content by path) and return its id."""
        blobs = {path: content for path, content in files.items() if "/" not in path}
        folders: dict[str, dict[str, bytes]] = {}
        for path, content in files.items():
            folder, slash, rest = path.partition("/")
            if slash:
                folders.setdefault(folder, {})[rest] = content
        entries = [(path, b"100644", self.add("blob", content)) for path, content in blobs.items()]
        entries += [(folder + "/", b"40000", self.add_tree(below)) for folder, below in folders.items()]
        parts = [mode + b" " + path.rstrip("/").encode() + b"\0" + name for path, mode, name in sorted(entries)]
        return self.add("tree", b"".join(parts))

    def add_commit(self, files: Mapping[str, bytes], time: int, parents: Sequence[bytes] = ()) -> bytes:
        """Store a commit made at `time`, in seconds since 1970, and return its id."""
        lines = [f"tree {self.add_tree(files).hex()}", *(f"parent {parent.hex()}" for parent in parents)]
        lines += [f"{role} Nobody <nobody@example.org> {time} +0000" for role in ("author", "committer")]
        return self.add("commit", ("\n".join(lines) + "\n\nA version\n").encode())


def history_of(versions: Iterable[Version], now: datetime) -> History:
    """Return the history of the versions, one commit for each age."""
    objects = MemoryObjects()
    files: dict[str, bytes] = {}
    heads: list[bytes] = []
    by_age: dict[int, list[Version]] = {}
    for version in versions:
        by_age.setdefault(version.days, []).append(version)
    for days in sorted(by_age, reverse=True):
        files |= {version.path: version.text.encode() for version in by_age[days]}
        files = {path: content for path, content in files.items() if content}
        heads.append(objects.add_commit(files, int(now.timestamp()) - days * 86_400, heads[-1:]))
    return History(objects, heads[-1])


def last_committed(versions: Iterable[Version]) -> dict[str, str]:
    """Return the text of every file that the newest commit has."""
    files = {version.path: version.text for version in sorted(versions, key=lambda version: -version.days)}
    return {path: text for path, text in files.items() if text}
