"""Our walk through a history against git's own, and which histories are not read at all."""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.unknown import Unknown
from auditor.sources.git import GitFacts
from auditor.sources.git_objects import Allowance
from auditor.sources.git_objects_error import LimitError, ObjectError
from auditor.sources.history import Change, History, Step
from auditor.sources.history_memory import MemoryObjects
from auditor.sources.history_opening import open_history
from tests.sources.git_repositories import DAY, FIRST, Made, git, line_of, make


def opened(root: Path) -> History:
    found = open_history(GitFacts.open(root))
    assert isinstance(found, History), found
    return found


def reason(root: Path) -> str:
    found = open_history(GitFacts.open(root))
    assert isinstance(found, Unknown)
    return found.reason


def steps_of(root: Path) -> list[Step]:
    with closing(opened(root)) as found:
        return list(found.steps())


def steps_by_git(root: Path) -> list[Step]:
    """Return what `git log --first-parent` tells."""
    listing = git(
        root,
        "log",
        "--first-parent",
        "-m",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--root",
        "-z",
        "--format=%x01%H %ct",
    )
    steps: list[Step] = []
    for part in listing.split(b"\x01")[1:]:
        head, _, rest = part.partition(b"\0")
        commit, time = head.decode().split()
        fields = rest.lstrip(b"\n").split(b"\0")
        changes: list[Change] = []
        for place in range(0, len(fields) - 1, 2):
            _, _, before, after, _ = fields[place].decode().split(" ")
            ids = [bytes.fromhex(name) if name.strip("0") else None for name in (before, after)]
            changes.append(Change(fields[place + 1].decode(), *ids))
        steps.append(Step(commit, int(time), tuple(sorted(changes, key=lambda change: change.path.encode()))))
    return steps


PATHS = st.sampled_from(["a", "b", "dir/a", "dir/b", "dir/deep/a", "dir.x", "dir-y", "größe", "x/dir/a"])
FILES = st.dictionaries(PATHS, st.binary(max_size=3), max_size=6)


@st.composite
def histories(draw: st.DrawFn) -> list[Made]:
    """Commits with one to three parents each, none of them in the order of their making."""
    commits = [Made(draw(FILES))]
    for number in range(1, draw(st.integers(1, 12))):
        parents = draw(st.lists(st.integers(max(0, number - 4), number - 1), min_size=1, max_size=3, unique=True))
        commits.append(Made(draw(FILES), parents))
    return commits


@settings(
    max_examples=int(os.environ.get("AUDITOR_ORACLE_CASES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(commits=histories(), packed=st.booleans(), hashed=st.sampled_from(["sha1", "sha256"]))
def test_generated_histories_agree_with_git(
    tmp_path_factory: pytest.TempPathFactory, commits: list[Made], packed: bool, hashed: str
) -> None:
    root = tmp_path_factory.mktemp("r")
    make(root, commits, f"--object-format={hashed}", checkout=False)
    if packed:
        git(root, "gc", "-q")
    assert steps_of(root) == steps_by_git(root)
    shutil.rmtree(root)


def test_committed_files_and_a_scanned_folder_below_the_root(tmp_path: Path) -> None:
    make(tmp_path, line_of([{"a": b"1", "sub/deep/b": b"2"}]))
    (tmp_path / "sub/new").write_text("3")
    with closing(opened(tmp_path / "sub")) as found:
        assert found.prefix == "sub/"
        blob = found.committed("sub/deep/b")
        assert blob is not None
        assert found.blob(blob) == b"2"
        assert [found.committed(path) for path in ("sub/deep", "sub/new", "a/b", "none/b", "")] == [None] * 5


def test_links_and_submodules_are_no_files(tmp_path: Path) -> None:
    make(tmp_path, line_of([{"a": b"1"}]))
    (tmp_path / "link").symlink_to("a")
    git(tmp_path, "add", "link")
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
    git(tmp_path, "commit", "-qm", "x")
    assert steps_of(tmp_path)[0].changes == ()


def test_a_linked_worktree_is_read(tmp_path: Path) -> None:
    ids = make(tmp_path / "main", line_of([{"a": b"1"}, {"a": b"2"}]))
    git(tmp_path / "main", "worktree", "add", "-q", "-b", "other", str(tmp_path / "other"))
    assert [step.commit for step in steps_of(tmp_path / "other")] == ids[::-1]


def test_packed_references(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of([{"a": b"1"}]))
    git(tmp_path, "pack-refs", "--all", "--prune")
    assert not (tmp_path / ".git/refs/heads/main").exists()
    assert [step.commit for step in steps_of(tmp_path)] == ids


def test_a_repository_named_by_a_foreign_folder(tmp_path: Path) -> None:
    """A file `.git` must not have any repository on the machine searched."""
    make(tmp_path / "victim", line_of([{"a": b"1"}]))
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil/.git").write_text(f"gitdir: {tmp_path}/victim/.git\n")
    assert "does not name the folder" in reason(tmp_path / "evil")
    git(tmp_path / "victim", "worktree", "add", "-q", "-b", "other", str(tmp_path / "other"))
    (tmp_path / "evil/.git").write_text(f"gitdir: {tmp_path}/victim/.git/worktrees/other\n")
    assert "does not name the folder" in reason(tmp_path / "evil")
    own = tmp_path / "own/.git"
    own.mkdir(parents=True)
    (own / "HEAD").write_text("ref: refs/heads/main\n")
    (own / "commondir").write_text(f"{tmp_path}/victim/.git\n")
    assert "does not name the folder" in reason(tmp_path / "own")


def test_a_linked_git_folder_is_none(tmp_path: Path) -> None:
    make(tmp_path / "victim", line_of([{"a": b"1"}]))
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil/.git").symlink_to(tmp_path / "victim/.git")
    assert "in no git repository" in reason(tmp_path / "evil")


def test_linked_objects_are_not_read(tmp_path: Path) -> None:
    make(tmp_path / "victim", line_of([{"a": b"1"}]))
    make(tmp_path / "evil", line_of([{"a": b"1"}]))
    shutil.rmtree(tmp_path / "evil/.git/objects")
    (tmp_path / "evil/.git/objects").symlink_to(tmp_path / "victim/.git/objects")
    assert "symbolic link" in reason(tmp_path / "evil")


def test_a_shallow_clone(tmp_path: Path) -> None:
    make(tmp_path / "whole", line_of([{"a": b"1"}, {"a": b"2"}]))
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{tmp_path}/whole", "shallow")
    assert "shallow clone" in reason(tmp_path / "shallow")


def test_a_clone_without_blobs(tmp_path: Path) -> None:
    make(tmp_path / "whole", line_of([{"a": b"1"}, {"a": b"2"}]))
    git(tmp_path / "whole", "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{tmp_path}/whole", "partial")
    with closing(opened(tmp_path / "partial")) as found:
        old = next(found.steps()).changes[0].before
        assert old is not None
        with pytest.raises(ObjectError, match="not in this copy"):
            found.blob(old)


def test_no_commit_and_no_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "empty")
    assert "no commit yet" in reason(tmp_path / "empty")
    (tmp_path / "plain").mkdir()
    assert "in no git repository" in reason(tmp_path / "plain")
    git(tmp_path, "init", "-q", "--bare", "bare")
    assert "in no git repository" in reason(tmp_path / "bare")


def test_references_in_a_reftable(tmp_path: Path) -> None:
    """Git 2.45 makes such repositories: HEAD is a stub, the references are in the folder `reftable`."""
    make(tmp_path, line_of([{"a": b"1"}]))
    (tmp_path / ".git/reftable").mkdir()
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/.invalid\n")
    assert "reftable" in reason(tmp_path)


def test_a_repository_of_another_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, line_of([{"a": b"1"}]))
    own = os.geteuid()
    monkeypatch.setattr("auditor.sources.history_opening.os.geteuid", lambda: own + 1)
    assert "another user" in reason(tmp_path)
    monkeypatch.setattr("auditor.sources.history_opening.os.geteuid", lambda: 0)
    monkeypatch.setenv("SUDO_UID", str(own))
    opened(tmp_path).close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
@pytest.mark.parametrize("place", ["", ".git"])
def test_a_repository_given_to_another_user(tmp_path: Path, place: str) -> None:
    make(tmp_path, line_of([{"a": b"1"}]))
    os.chown(tmp_path / place, 12345, 12345)
    assert "another user" in reason(tmp_path)
    done = subprocess.run(["git", "log"], cwd=tmp_path, capture_output=True, check=False)
    assert b"dubious ownership" in done.stderr


def test_more_commits_than_are_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, line_of([{"a": b"%d" % number} for number in range(5)]))
    monkeypatch.setattr("auditor.sources.history.MAX_COMMITS", 3)
    walk = opened(tmp_path).steps()
    assert [step.time for step in (next(walk), next(walk), next(walk))] == [FIRST + n * DAY for n in (4, 3, 2)]
    with pytest.raises(LimitError, match="more than 3 commits"):
        next(walk)


def test_a_commit_that_is_its_own_parent() -> None:
    """Ids are not verified: a forged history can be a circle."""
    name = b"\x11" * 20
    text = f"tree {'22' * 20}\nparent {'11' * 20}\ncommitter A <a> 1 +0000\n\nx"
    objects = MemoryObjects({name: ("commit", text.encode()), b"\x22" * 20: ("tree", b"")})
    with pytest.raises(LimitError, match="commits"):
        list(History(objects, name).steps())


def test_a_folder_in_itself_many_times() -> None:
    entries = b"".join(b"40000 %d\0" % number + b"\x22" * 20 for number in range(10))
    text = f"tree {'22' * 20}\ncommitter A <a> 1 +0000\n\nx"
    objects = MemoryObjects({b"\x11" * 20: ("commit", text.encode()), b"\x22" * 20: ("tree", entries)})
    with pytest.raises(LimitError, match="more files"):
        list(History(objects, b"\x11" * 20).steps())


@pytest.mark.parametrize("files", [b"", b"x"])
def test_a_wide_forged_folder_ends(files: bytes) -> None:
    """Ten folders, each of them ten times the next: ten thousand million files in eleven objects."""
    objects = MemoryObjects()
    below = objects.add("tree", b"100644 f\0" + objects.add("blob", files) if files else b"")
    for _ in range(10):
        below = objects.add("tree", b"".join(b"40000 %d\0" % number + below for number in range(10)))
    commit = objects.add("commit", f"tree {below.hex()}\ncommitter A <a> 1 +0000\n\nx".encode())
    with pytest.raises(LimitError, match="more files"):
        list(History(objects, commit).steps())


@pytest.mark.parametrize(
    "text",
    ["", "tree zz\n", "tree 1234\ncommitter A <a> 1 +0000\n\n", f"tree {'22' * 20}\n\ncommitter A <a> 1 +0000\n"],
)
def test_a_damaged_commit(text: str) -> None:
    objects = MemoryObjects()
    with pytest.raises(ObjectError, match="damaged"):
        list(History(objects, objects.add("commit", text.encode())).steps())


def test_an_allowance_is_passed_on(tmp_path: Path) -> None:
    make(tmp_path, line_of([{"a": b"1"}]))
    found = open_history(GitFacts.open(tmp_path), Allowance(bytes=10))
    assert isinstance(found, History)
    with pytest.raises(LimitError):
        list(found.steps())
