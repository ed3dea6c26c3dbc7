"""The history of a repository, along the first parents from the commit that is checked out."""

import re
from collections import OrderedDict
from collections.abc import Iterator
from itertools import chain
from typing import Final

from auditor.records import dataclass

from .git_objects import Kind, Objects
from .git_objects_error import LimitError, ObjectError

MAX_COMMITS: Final = 20_000
"""Commits walked back. Projects of ten years seldom have as many on their main branch."""
_MAX_DEPTH: Final = 200
"""Folders below one another; a path of Linux has room for 2,000, a project for twenty."""
_MAX_CHANGES: Final = 200_000
"""Files and folders changed by one commit; the first commit of the Linux kernel has 17,000."""
_KEPT_TREES: Final = 2048
"""Folders whose listing is kept; a commit changes few of them."""
_COMMITTER: Final = re.compile(rb"^committer [^\n]*> (\d{1,12}) [+-]\d{4}$", re.M)
_Entries = frozenset[tuple[bytes, bytes, bytes]]
"""Mode, name and id of everything in a folder."""
_NO_ENTRIES: Final[_Entries] = frozenset()
_ENTRY: Final = {length: re.compile(rb"([0-7]{5,6}) ([^\0/]+)\0(.{%d})" % length, re.S) for length in (20, 32)}
_FOLDER: Final = b"40000"
_FILES: Final = frozenset({b"100644", b"100755", b"100664"})
"""Modes of regular files; the last is of early versions of git. Links and submodules have others."""


@dataclass(frozen=True)
class Change:
    """A file that a commit changed: the ids of its blob before and after, None where it was not there."""

    path: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True)
class Step:
    """A commit.

    `time` is when it was made by its committer, in seconds since 1970; `changes` are against its first parent, in
    the order of paths.
    """

    commit: str
    time: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class _Commit:
    tree: bytes
    parent: bytes | None
    time: int


class History:
    """The commits that led to `head`. `prefix` is the path of the scanned folder in the repository, "" or with `/`.

    Paths are those of the repository. Methods raise ObjectError where an object cannot be read.
    """

    def __init__(self, objects: Objects, head: bytes, prefix: str = "") -> None:
        self._objects = objects
        self._head = head
        self.prefix = prefix
        self._trees: OrderedDict[bytes, _Entries] = OrderedDict()

    def close(self) -> None:
        """Let go of open files."""
        self._objects.close()

    def committed(self, path: str) -> bytes | None:
        """Return the id of a file's blob in the commit that is checked out, None if the file is not in it."""
        tree = self._commit(self._head).tree
        *folders, name = path.encode("utf-8", "surrogatepass").split(b"/")
        for folder in folders:
            below = next((item for mode, entry, item in self._tree(tree) if entry == folder and mode == _FOLDER), None)
            if below is None:
                return None
            tree = below
        return next((item for mode, entry, item in self._tree(tree) if entry == name and mode in _FILES), None)

    def blob(self, name: bytes) -> bytes:
        """Return the content of a file."""
        return self._read(name, "blob")

    def steps(self) -> Iterator[Step]:
        """Yield the commits, the newest first.

        Raises:
            ObjectError: the next one cannot be read, or there are more than are walked.
        """
        name: bytes | None = self._head
        commit = self._commit(self._head)
        walked = 0
        while name is not None:
            walked += 1
            if walked > MAX_COMMITS:
                raise LimitError(f"the history has more than {MAX_COMMITS} commits")
            parent = self._commit(commit.parent) if commit.parent is not None else None
            changes = tuple(self._changes(parent.tree if parent is not None else None, commit.tree))
            yield Step(name.hex(), commit.time, changes)
            if parent is None:
                return
            name, commit = commit.parent, parent

    def _read(self, name: bytes, kind: Kind) -> bytes:
        found, content = self._objects.read(name)
        if found != kind:
            raise ObjectError("the history is damaged")
        return content

    def _commit(self, name: bytes) -> _Commit:
        header = self._read(name, "commit").partition(b"\n\n")[0]
        time = _COMMITTER.search(header)
        tree, *lines = header.split(b"\n")
        try:
            parents = [bytes.fromhex(line[7:].decode("ascii")) for line in lines if line.startswith(b"parent ")]
            root = bytes.fromhex(tree.removeprefix(b"tree ").decode("ascii"))
        except ValueError:
            raise ObjectError("a commit is damaged") from None
        if time is None or {len(root), *map(len, parents)} != {len(name)}:
            raise ObjectError("a commit is damaged")
        return _Commit(root, parents[0] if parents else None, int(time[1]))

    def _tree(self, name: bytes) -> _Entries:
        known = self._trees.get(name)
        if known is None:
            known = _entries(self._read(name, "tree"), len(name))
            self._trees[name] = known
            if len(self._trees) > _KEPT_TREES:
                self._trees.popitem(last=False)
        else:
            self._trees.move_to_end(name)
        return known

    def _changes(self, before: bytes | None, after: bytes | None) -> Iterator[Change]:
        """Yield the files that differ between two trees; equal folders are not looked into."""
        found: list[Change] = []
        pending: list[tuple[bytes, int, bytes | None, bytes | None]] = [(b"", 0, before, after)]
        folders = 0
        while pending:
            prefix, depth, old_id, new_id = pending.pop()
            if old_id == new_id:
                continue
            folders += 1
            if depth > _MAX_DEPTH or len(found) + folders > _MAX_CHANGES:
                raise LimitError("a commit changes more files than are looked at")
            old = self._tree(old_id) if old_id is not None else _NO_ENTRIES
            new = self._tree(new_id) if new_id is not None else _NO_ENTRIES
            was = {name: (mode, item) for mode, name, item in old - new}
            now = {name: (mode, item) for mode, name, item in new - old}
            for name in was.keys() | now.keys():
                path = prefix + name
                before_it, after_it = was.get(name), now.get(name)
                pending.append((path + b"/", depth + 1, _if_folder(before_it), _if_folder(after_it)))
                change = _change(path, _if_file(before_it), _if_file(after_it))
                if change is not None:
                    found.append(change)
        found.sort(key=lambda change: change.path)
        yield from found


def _if_folder(entry: tuple[bytes, bytes] | None) -> bytes | None:
    return entry[1] if entry is not None and entry[0] == _FOLDER else None


def _if_file(entry: tuple[bytes, bytes] | None) -> bytes | None:
    return entry[1] if entry is not None and entry[0] in _FILES else None


def _change(path: bytes, before: bytes | None, after: bytes | None) -> Change | None:
    if before == after:
        return None
    try:
        return Change(path.decode(), before, after)
    except UnicodeDecodeError:  # such a file is not scanned either
        return None


def _entries(data: bytes, id_length: int) -> _Entries:
    found = _ENTRY[id_length].findall(data)
    if sum(map(len, chain.from_iterable(found))) + 2 * len(found) != len(data):
        raise ObjectError("a folder of the history is damaged")
    return frozenset(found)
