"""What git knows of the scanned files, read from its own files.

Git itself is not run: in a hostile repository even `git status` starts programs named by its configuration
(`core.fsmonitor`, filters). Rules outside the repository (`core.excludesFile`, global attributes) are not read.
"""

import hashlib
import os
import re
import stat
from dataclasses import field
from pathlib import Path
from typing import Final, Literal

from auditor.patterns import lazy
from auditor.records import dataclass

from .git_index import Index, IndexFormatError, parse_index
from .gitignore import Pattern, parse_patterns
from .regular_file import read_regular

GitStatus = Literal["tracked", "ignored", "untracked", "none"]

_MAX_INDEX: Final = 64 * 1024 * 1024
"""Bytes. The index of the Linux kernel, with 85,000 files, has 9 MiB."""
_MAX_TEXT: Final = 4 * 1024 * 1024
"""Bytes of any other file read; more means it is not what its name says."""
_MAX_LINKS: Final = 5
"""Symbolic references followed from HEAD, as git does."""
_COMMIT: Final = lazy(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REFERENCE: Final = lazy(r"refs/[^\0-\x20\x7f~^:?*\[\\]+")
_CONVERTED: Final = lazy(r"(?:^|\s)!?-?(?:filter|ident|working-tree-encoding)\b", re.MULTILINE)


@dataclass
class _Folder:
    """A folder of the working tree: its patterns, and whether git looks at what lies below."""

    patterns: tuple[Pattern, ...]
    is_ignored: bool
    is_foreign: bool
    """It belongs to another repository: a submodule or a clone inside this one."""
    may_convert: bool
    """An attributes file here or above names a filter, so bytes on disk may differ from the blob's."""


@dataclass
class GitFacts:
    """The repository around a scanned folder. Paths given to its methods are relative to that folder, with `/`."""

    commit: str | None
    """The commit checked out, None before the first or if it cannot be read."""
    worktree: Path
    prefix: str
    """The path of the scanned folder in the working tree: "", or with `/` at its end."""
    git_dir: Path
    common_dir: Path
    """The directory that linked working trees share; `git_dir` itself where there are none."""
    _index: Index | None
    _exclude: tuple[Pattern, ...]
    _hash: str
    _folders: dict[str, _Folder] = field(default_factory=dict[str, _Folder], repr=False)

    @classmethod
    def open(cls, root: Path) -> "GitFacts | None":
        """Return the facts of the repository that `root` lies in, None if it lies in none."""
        root = root.resolve()
        for worktree in (root, *root.parents):
            git_dir = _git_dir(worktree)
            if git_dir is not None:
                break
        else:
            return None
        common = _common_dir(git_dir)
        is_sha256 = re.search(r"^\s*objectformat\s*=\s*sha256\s*$", _text(common / "config"), re.M | re.I) is not None
        exclude = parse_patterns(_text(common / "info" / "exclude"))
        prefix = "" if root == worktree else root.relative_to(worktree).as_posix() + "/"
        commit = _commit(git_dir, common)
        index = _index(git_dir, is_sha256)
        hashed = "sha256" if is_sha256 else "sha1"
        facts = cls(commit, worktree, prefix, git_dir, common, index, exclude, hashed)
        may_convert = _CONVERTED.search(_text(common / "info" / "attributes")) is not None
        facts._folders[""] = facts._read_folder("", is_ignored=False, is_foreign=False, may_convert=may_convert)
        return facts

    def status(self, path: str) -> GitStatus:
        """Tell what git would do with a file; "none" if another repository has it or the index cannot be read."""
        full = self.prefix + path
        parent = self._folder(full.rpartition("/")[0])
        if self._index is None or parent.is_foreign:
            return "none"
        if full in self._index.blobs:
            return "tracked"
        if parent.is_ignored or self._ignores(full, is_directory=False):
            return "ignored"
        return "untracked"

    def is_modified(self, path: str, data: bytes) -> bool | None:
        """Tell whether a tracked file with the content `data` differs from the index.

        Returns:
            None where it cannot be told: not tracked, a merge conflict, or git may convert the file (line ends,
            filters) between the working tree and the index.
        """
        full = self.prefix + path
        blob = self._index.blobs.get(full) if self._index is not None else None
        if blob is None:
            return None
        if self._blob_id(data) == blob:
            return False
        if b"\r\n" in data and self._blob_id(data.replace(b"\r\n", b"\n")) == blob:
            return None
        return None if self._folder(full.rpartition("/")[0]).may_convert else True

    def _blob_id(self, data: bytes) -> str:
        digest = hashlib.new(self._hash, b"blob %d\0" % len(data), usedforsecurity=False)
        digest.update(data)
        return digest.hexdigest()

    def _folder(self, path: str) -> _Folder:
        """Return the facts of a folder of the working tree, read once."""
        known = self._folders[""]
        for end in [index for index, char in enumerate(path) if char == "/"] + [len(path)]:
            above, here = known, path[:end]
            cached = self._folders.get(here)
            if cached is None:
                cached = self._read_folder(
                    here,
                    is_ignored=above.is_ignored or self._ignores(here, is_directory=True),
                    is_foreign=above.is_foreign or self._is_foreign(here),
                    may_convert=above.may_convert,
                )
                self._folders[here] = cached
            known = cached
        return known

    def _is_foreign(self, path: str) -> bool:
        is_submodule = self._index is not None and path in self._index.folders
        return is_submodule or _git_dir(self.worktree / path) is not None

    def _read_folder(self, path: str, *, is_ignored: bool, is_foreign: bool, may_convert: bool) -> _Folder:
        folder = self.worktree / path
        patterns = () if is_ignored or is_foreign else parse_patterns(_text(folder / ".gitignore"))
        converts = may_convert or _CONVERTED.search(_text(folder / ".gitattributes")) is not None
        return _Folder(patterns, is_ignored, is_foreign, converts)

    def _ignores(self, path: str, *, is_directory: bool) -> bool:
        """Tell what the last pattern says that names `path`, the nearest ignore file first, then info/exclude."""
        name = path.rpartition("/")[2]
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            relative = path[len(folder) + 1 :] if folder else path
            for pattern in reversed(self._folder(folder).patterns):
                if pattern.matches(relative, name, is_directory):
                    return not pattern.is_negated
        for pattern in reversed(self._exclude):
            if pattern.matches(path, name, is_directory):
                return not pattern.is_negated
        return False


def _text(path: Path) -> str:
    return read_regular(path, _MAX_TEXT).decode("utf-8", "surrogateescape")


def _git_dir(worktree: Path) -> Path | None:
    """Return the git directory of a working tree: `.git`, or what the file `.git` names (worktrees, submodules)."""
    candidate = worktree / ".git"
    try:
        mode = candidate.lstat().st_mode
        if stat.S_ISREG(mode):
            line = _text(candidate).rstrip("\r\n")
            if not line.startswith("gitdir: ") or "\n" in line or "\0" in line:
                return None
            candidate = worktree / line.removeprefix("gitdir: ")
        elif not stat.S_ISDIR(mode):
            return None
        return candidate if stat.S_ISREG((candidate / "HEAD").lstat().st_mode) else None
    except (OSError, ValueError):
        return None


def _common_dir(git_dir: Path) -> Path:
    """Return the directory that worktrees share (gitrepository-layout(5), `commondir`)."""
    named = _text(git_dir / "commondir").strip()
    return git_dir / named if named and "\0" not in named else git_dir


def _commit(git_dir: Path, common: Path) -> str | None:
    text = _text(git_dir / "HEAD").strip()
    for _ in range(_MAX_LINKS):
        if _COMMIT.fullmatch(text):
            return text
        name = text.removeprefix("ref: ").strip()
        if not text.startswith("ref: ") or ".." in name or not _REFERENCE.fullmatch(name):
            return None
        text = (_text(git_dir / name) or _text(common / name)).strip() or _packed(common, name)
    return None


def _packed(common: Path, name: str) -> str:
    for line in _text(common / "packed-refs").splitlines():
        commit, _, reference = line.partition(" ")
        if reference == name:
            return commit
    return ""


def _index(git_dir: Path, is_sha256: bool) -> Index | None:
    path = git_dir / "index"
    if not os.path.lexists(path):
        return Index({}, frozenset())
    try:
        return parse_index(read_regular(path, _MAX_INDEX), 32 if is_sha256 else 20)
    except IndexFormatError:
        return None
