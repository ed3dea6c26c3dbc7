"""A directory on disk: one walk, pruned, without leaving the root."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from .gitignore import Pattern, parse_patterns
from .tree import Entry, ReadError

PRUNED = frozenset(
    {
        ".git", ".hg", ".svn", ".terraform", ".terragrunt-cache", ".tox", ".nox", ".venv", "venv", "node_modules",
        "bower_components", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", "site-packages",
    }
)  # fmt: skip
"""Folders that hold downloaded or generated files."""
IGNORE_FILE = ".auditorignore"
_MAX_IGNORE_FILE = 1024 * 1024
"""Bytes of the ignore file that are read."""


class DirectoryTree:
    """The files below `root`. Symbolic links are followed only to regular files inside the root.

    `exclude` are further patterns in gitignore syntax, beside those of `.auditorignore` at the root. `targets` are
    relative paths of the files and folders to walk (none: all); files outside them can be read, not walked.
    """

    def __init__(self, root: Path, exclude: Sequence[str] = (), targets: Sequence[str] = ()) -> None:
        self.root = root.resolve()
        self._targets = tuple(target.strip("/") for target in targets if target not in {"", "."})
        self._ignored = (*self._ignore_file(), *parse_patterns("\n".join(exclude)))

    def _ignore_file(self) -> tuple[Pattern, ...]:
        try:
            return parse_patterns(self.read(IGNORE_FILE, _MAX_IGNORE_FILE).decode("utf-8", "replace"))
        except ReadError:
            return ()

    def entries(self) -> Iterator[Entry]:
        # Not a recursion: a path may have 2,000 folders.
        open_folders = [self._list(str(self.root), "")]
        while open_folders:
            item = next(open_folders[-1], None)
            if item is None:
                open_folders.pop()
            elif isinstance(item, Entry):
                yield item
            else:
                open_folders.append(self._list(*item))

    def _list(self, folder: str, prefix: str) -> Iterator[Entry | tuple[str, str]]:
        """Yield the files of a folder, and its folders as arguments for this method, in order of names."""
        try:
            with os.scandir(folder) as listing:
                found = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Entry(prefix.rstrip("/") or ".", 0, unreadable=f"the folder cannot be listed ({error.strerror})")
            return
        for entry in found:
            path = prefix + entry.name
            try:
                path.encode()
            except UnicodeEncodeError:
                yield Entry(path.encode("utf-8", "replace").decode(), 0, skipped="its name is not valid UTF-8")
                continue
            if not self._wants(path):
                continue
            is_directory = entry.is_dir(follow_symlinks=False)
            if self._excludes(path, entry.name, is_directory):
                continue
            if not is_directory:
                yield self._file(entry, path)
            elif entry.name not in PRUNED:
                yield entry.path, path + "/"

    def _wants(self, path: str) -> bool:
        """Tell whether `path` is a target, below one or on the way to one."""
        return not self._targets or any(
            path == target or path.startswith(target + "/") or target.startswith(path + "/") for target in self._targets
        )

    def _excludes(self, path: str, name: str, is_directory: bool) -> bool:
        """Tell whether the last pattern that names `path` leaves it out; nothing in a folder left out is looked at."""
        for pattern in reversed(self._ignored):
            if pattern.matches(path, name, is_directory):
                return not pattern.is_negated
        return False

    def _file(self, entry: os.DirEntry[str], path: str) -> Entry:
        try:
            if entry.is_symlink():
                target = os.path.realpath(entry.path)
                if target != str(self.root) and not target.startswith(str(self.root) + os.sep):
                    return Entry(path, 0, skipped="a symbolic link that leaves the scanned folder is not followed")
                if Path(target).is_dir():
                    return Entry(path, 0, skipped="a symbolic link to a folder is not followed")
            status = entry.stat()
        except OSError:
            return Entry(path, 0, skipped="a symbolic link that leads nowhere")
        if not stat.S_ISREG(status.st_mode):
            return Entry(path, 0, skipped="not a regular file")
        return Entry(path, status.st_size)

    def read(self, path: str, limit: int) -> bytes:
        full = self._inside(path)
        try:
            # O_NONBLOCK: a FIFO put in place after the walk must not hang the scan.
            descriptor = os.open(full, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise ReadError(f"the system refuses to open it ({error.strerror})") from None
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ReadError("not a regular file")
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                return file.read(limit)
        except OSError as error:
            raise ReadError(f"reading it failed ({error.strerror})") from None
        finally:
            os.close(descriptor)

    def exists(self, path: str) -> bool:
        try:
            return Path(self._inside(path)).is_file()
        except ReadError:
            return False

    def _inside(self, path: str) -> str:
        full = os.path.realpath(self.root / path)
        if not full.startswith(str(self.root) + os.sep):
            raise ReadError("it lies outside the scanned folder")
        return full
