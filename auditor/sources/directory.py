"""A directory on disk: one walk, pruned, without leaving the root."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import pathspec

from .tree import Entry, ReadError

PRUNED = frozenset(
    {
        ".git", ".hg", ".svn", ".terraform", ".terragrunt-cache", ".tox", ".nox", ".venv", "venv", "node_modules",
        "bower_components", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", "site-packages",
    }
)  # fmt: skip
"""Folders that hold downloaded or generated files."""
IGNORE_FILE = ".auditorignore"


class DirectoryTree:
    """The files below `root`. Symbolic links are followed only to regular files inside the root.

    `exclude` are further patterns in gitignore syntax, beside those of `.auditorignore` at the root. `targets` are
    relative paths of the files and folders to walk (none: all); files outside them can be read, not walked.
    """

    def __init__(self, root: Path, exclude: Sequence[str] = (), targets: Sequence[str] = ()) -> None:
        self.root = root.resolve()
        self._targets = tuple(target.strip("/") for target in targets if target not in {"", "."})
        patterns = list(exclude)
        ignore = self.root / IGNORE_FILE
        if ignore.is_file():
            patterns += ignore.read_text("utf-8", "replace").splitlines()
        self._ignored = pathspec.GitIgnoreSpec.from_lines(patterns) if patterns else None

    def entries(self) -> Iterator[Entry]:
        yield from self._walk(str(self.root), "")

    def _walk(self, folder: str, prefix: str) -> Iterator[Entry]:
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
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in PRUNED and not self._excludes(path + "/"):
                    yield from self._walk(entry.path, path + "/")
            elif not self._excludes(path):
                item = self._file(entry, path)
                if item is not None:
                    yield item

    def _wants(self, path: str) -> bool:
        """Tell whether `path` is a target, below one or on the way to one."""
        return not self._targets or any(
            path == target or path.startswith(target + "/") or target.startswith(path + "/") for target in self._targets
        )

    def _excludes(self, path: str) -> bool:
        return self._ignored is not None and self._ignored.match_file(path)

    def _file(self, entry: os.DirEntry[str], path: str) -> Entry | None:
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
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ReadError("not a regular file")
            try:
                return file.read(limit)
            except OSError as error:
                raise ReadError(f"reading it failed ({error.strerror})") from None

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
