"""Open the history of the repository around a scanned folder, where its dates can be relied on."""

import os
from pathlib import Path
from typing import Final

from auditor.model.secret_history import NO_REPOSITORY
from auditor.model.unknown import Unknown

from .git import GitFacts
from .git_objects import Allowance, RepositoryObjects
from .history import History
from .regular_file import read_regular

_MAX_LINE: Final = 4096
"""Bytes of a file that holds one path."""


def open_history(git: GitFacts | None, allowance: Allowance | None = None) -> History | Unknown:
    """Return the history of a repository, Unknown with the reason where it is not read.

    As git itself refuses to work in a repository of another user (git-config(1), `safe.directory`), it is not
    read: what somebody else can write is no evidence.
    """
    if git is None:
        return NO_REPOSITORY
    if not _is_own(git.worktree, git.worktree / ".git", git.git_dir, git.common_dir):
        return Unknown("the git repository belongs to another user")
    if not _belongs(git):
        return Unknown("the folder's git repository lies elsewhere and does not name the folder as its own")
    if os.path.lexists(git.common_dir / "reftable"):
        return Unknown("the git repository keeps its references in a form that is not read (reftable)")
    if os.path.lexists(git.common_dir / "shallow"):
        return Unknown("the git repository is a shallow clone, without its older commits")
    if git.commit is None:
        return Unknown("the git repository has no commit yet, or its current one cannot be told")
    objects = git.common_dir / "objects"
    if objects.resolve() != git.common_dir.resolve() / "objects":
        return Unknown("the folder of git's objects is a symbolic link")
    head = bytes.fromhex(git.commit)
    return History(RepositoryObjects(objects, len(head), allowance or Allowance()), head, git.prefix)


def _is_own(*paths: Path) -> bool:
    """Tell whether the user who runs the program owns the paths; behind sudo also the one who called it."""
    users = {os.geteuid()}
    caller = os.environ.get("SUDO_UID", "")
    if os.geteuid() == 0 and caller.isdecimal():
        users.add(int(caller))
    try:
        return all(path.lstat().st_uid in users for path in paths)
    except OSError:
        return False


def _belongs(git: GitFacts) -> bool:
    """Tell whether the repository lies in its working tree, or names it as one of its linked ones.

    Otherwise a file `.git` in a hostile folder could have any repository on the machine searched.
    """
    entry, git_dir, common = git.worktree.resolve() / ".git", git.git_dir.resolve(), git.common_dir.resolve()
    if git_dir == entry == common:
        return True
    named = os.fsdecode(read_regular(git_dir / "gitdir", _MAX_LINE).rstrip(b"\r\n"))
    if not named or "\0" in named:
        return False
    return git_dir.parent.parent == common and (git_dir / named).parent.resolve() / ".git" == entry
