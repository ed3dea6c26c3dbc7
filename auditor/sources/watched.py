"""A tree inside a git working tree: notes while files are read whether they differ from the commit."""

from collections.abc import Iterator

from .git import GitFacts
from .tree import Entry, Tree


class WatchedTree:
    """Passes everything through to `tree`; `dirty` is True once a file read differs from what git has staged.

    `dirty` is None if no file differs for sure and some could not be compared.
    """

    def __init__(self, tree: Tree, git: GitFacts) -> None:
        self._tree = tree
        self._git = git
        self._modified: set[bool | None] = set()

    def entries(self) -> Iterator[Entry]:
        return self._tree.entries()

    def read(self, path: str, limit: int) -> bytes:
        data = self._tree.read(path, limit)
        if len(data) < limit and self._git.status(path) == "tracked":
            self._modified.add(self._git.is_modified(path, data))
        return data

    def exists(self, path: str) -> bool:
        return self._tree.exists(path)

    @property
    def dirty(self) -> bool | None:
        if True in self._modified:
            return True
        return None if None in self._modified else False
