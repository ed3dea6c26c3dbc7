"""A tree of files to scan, whatever holds it."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from auditor.records import dataclass


class ReadError(Exception):
    """A file cannot be read; the text is the reason in words."""


@dataclass(frozen=True)
class Entry:
    """One file of the tree. `path` is relative with `/`; `size` is in bytes; `skipped` says why it is not read."""

    path: str
    size: int
    skipped: str = ""
    unreadable: str = ""


class Tree(Protocol):
    """Files by relative path."""

    def entries(self) -> Iterator[Entry]:
        """Yield every file in path order, pruned folders left out."""
        ...

    def read(self, path: str, limit: int) -> bytes:
        """Return the first `limit` bytes of a file.

        Raises:
            ReadError: it is not there, not a regular file inside the tree, or the system refuses.
        """
        ...

    def exists(self, path: str) -> bool:
        """Tell whether a readable file stands at `path`."""
        ...


class MemoryTree:
    """A tree held in memory: the examples of checks, and text handed over by a caller."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {
            path: content.encode() if isinstance(content, str) else content for path, content in files.items()
        }

    def entries(self) -> Iterator[Entry]:
        for path in sorted(self._files):
            yield Entry(path, len(self._files[path]))

    def read(self, path: str, limit: int) -> bytes:
        try:
            return self._files[path][:limit]
        except KeyError:
            raise ReadError("there is no such file") from None

    def exists(self, path: str) -> bool:
        return path in self._files
