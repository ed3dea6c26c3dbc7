"""Repositories that git makes for a test, in a clean environment, and what git says of them."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CLEAN = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}
DAY = 86_400
FIRST = 1_600_000_000
"""When the first commit is made, in seconds since 1970; each further one is made a day later."""


@dataclass(frozen=True)
class Made:
    """A commit to make: all files it has, and the numbers of its parents in the list of commits."""

    files: Mapping[str, bytes]
    parents: Sequence[int] = ()


def git(folder: Path, *arguments: str, stdin: bytes = b"", when: int = FIRST) -> bytes:
    dates = {"GIT_AUTHOR_DATE": f"{when} +0000", "GIT_COMMITTER_DATE": f"{when} +0000"}
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=folder, input=stdin, env=CLEAN | dates, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def make(root: Path, commits: Sequence[Made], *options: str, checkout: bool = True) -> list[str]:
    """Make a repository at `root` with the commits, the last one checked out, and return their ids."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q", "-b", "main", *options)
    stream: list[bytes] = []
    for number, commit in enumerate(commits):
        stream.append(b"commit refs/heads/made-%d\nmark :%d\n" % (number, number + 1))
        stream.append(b"committer A <a@example.org> %d +0000\ndata 1\nx\n" % (FIRST + number * DAY))
        for order, parent in enumerate(commit.parents):
            stream.append(b"%s :%d\n" % (b"merge" if order else b"from", parent + 1))
        stream.append(b"deleteall\n")
        for path, content in sorted(commit.files.items()):
            stream.append(b'M 100644 inline "%s"\ndata %d\n%s\n' % (path.encode(), len(content), content))
    git(root, "fast-import", "--quiet", "--export-marks=.git/marks", stdin=b"".join(stream))
    marks = dict(line.split() for line in (root / ".git/marks").read_text().splitlines())
    ids = [marks[f":{number + 1}"] for number in range(len(commits))]
    git(root, "update-ref", "refs/heads/main", ids[-1])
    if checkout:
        git(root, "reset", "-q", "--hard")
    return ids


def line_of(files: Sequence[Mapping[str, bytes]]) -> list[Made]:
    """Return commits one after the other, each with all its files."""
    return [Made(content, (number - 1,) if number else ()) for number, content in enumerate(files)]
