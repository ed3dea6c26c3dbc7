"""Values that older versions of other files hold and that are still in use."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.inventory.secret_history import secret_histories
from auditor.inventory.secret_history.removals import is_like_configuration
from auditor.model.secret_history import Removal, SecretHistory
from auditor.scan import take_estate
from auditor.sources.directory import DirectoryTree
from auditor.sources.git import GitFacts
from auditor.sources.history_opening import open_history
from tests.sources.git_repositories import DAY, FIRST, git, line_of, make

PASSWORD = "Rm7-quiet-Harbor-41"
LIVE = f"DB_PASSWORD={PASSWORD}\n".encode()
NONE = b"DB_PASSWORD=${DB_PASSWORD}\n"
OTHER = b"DB_PASSWORD=Wd5-amber-Quill-73\n"


def pasts(root: Path) -> dict[str, SecretHistory]:
    estate = take_estate(DirectoryTree(root))
    now = datetime.fromtimestamp(FIRST + 100 * DAY, UTC)
    found = secret_histories(estate.facts, estate.files, lambda: open_history(GitFacts.open(root)), now=now)
    return {past.at.path: past for past in found}


def removed(root: Path, path: str = "live.env") -> list[tuple[str, str, int]]:
    return [(found.path, found.commit, found.days) for found in pasts(root)[path].removals]


def untracked(root: Path, content: bytes = LIVE) -> None:
    (root / "live.env").write_bytes(content)


def test_taken_out_of_a_file_and_kept_outside_git(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of([{"a.env": LIVE}, {"a.env": LIVE, "x": b"1"}, {"a.env": NONE}, {"a.env": OTHER}]))
    untracked(tmp_path)
    assert removed(tmp_path) == [("a.env", ids[2], 98)]
    assert pasts(tmp_path)["live.env"].is_committed is False
    assert pasts(tmp_path)["a.env"].removals == ()


def test_a_deleted_file(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of([{"a.env": LIVE, "x": b"1"}, {"x": b"1"}]))
    untracked(tmp_path)
    assert removed(tmp_path) == [("a.env", ids[1], 99)]


def test_a_tracked_file_that_had_it_all_along(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of([{"a.env": LIVE, "b.env": LIVE}, {"a.env": NONE, "b.env": LIVE}]))
    assert removed(tmp_path, "b.env") == [("a.env", ids[1], 99)]
    assert pasts(tmp_path)["b.env"].is_committed is True


def test_the_newest_of_several_removals_counts(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of([{"a.env": content} for content in (LIVE, NONE, LIVE, OTHER)]))
    untracked(tmp_path)
    assert removed(tmp_path) == [("a.env", ids[3], 97)]


@pytest.mark.parametrize(
    "commits",
    [
        [{"a.env": LIVE}, {"b.env": LIVE}],
        [{"a.env": LIVE}, {"a.env": NONE, "b.env": b"# x\n" + LIVE}],
        [{"a.env": LIVE, "b.env": NONE}, {"a.env": NONE, "b.env": LIVE}],
        [{"a.env": LIVE, "x": b"1"}, {"c.env": LIVE, "x": b"1"}, {"b.env": LIVE, "x": b"1"}],
    ],
    ids=["renamed", "moved", "exchanged", "renamed-twice"],
)
def test_a_move_is_no_removal(tmp_path: Path, commits: list[dict[str, bytes]]) -> None:
    make(tmp_path, line_of(commits))
    assert removed(tmp_path, "b.env") == []


def test_put_back_is_not_removed(tmp_path: Path) -> None:
    make(tmp_path, line_of([{"a.env": content, "b.env": LIVE} for content in (LIVE, NONE, LIVE)]))
    assert removed(tmp_path, "b.env") == []


def test_moved_into_code(tmp_path: Path) -> None:
    code = f'DB_PASSWORD = "{PASSWORD}"\n'.encode()
    make(tmp_path, line_of([{"a.env": LIVE}, {"settings.py": code}]))
    assert removed(tmp_path, "settings.py") == []


def test_a_changed_value_is_not_in_use(tmp_path: Path) -> None:
    make(tmp_path, line_of([{"a.env": LIVE}, {"a.env": NONE}]))
    untracked(tmp_path, OTHER)
    assert removed(tmp_path) == []


def test_encoded_here_and_plain_there(tmp_path: Path) -> None:
    secret = b"apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\ndata:\n  password: Um03LXF1aWV0LUhhcmJvci00MQ==\n"
    ids = make(tmp_path / "a", line_of([{"s.yaml": secret, "x": b"1"}, {"x": b"1"}]))
    untracked(tmp_path / "a")
    assert removed(tmp_path / "a") == [("s.yaml", ids[1], 99)]
    ids = make(tmp_path / "b", line_of([{"a.env": LIVE, "x": b"1"}, {"x": b"1"}]))
    (tmp_path / "b/s.yaml").write_bytes(secret)
    assert removed(tmp_path / "b", "s.yaml") == [("a.env", ids[1], 99)]


def test_a_value_where_no_key_names_a_secret(tmp_path: Path) -> None:
    make(tmp_path, line_of([{"a.env": f"GREETING={PASSWORD}\n".encode(), "x": b"1"}, {"x": b"1"}]))
    untracked(tmp_path)
    assert removed(tmp_path) == []


def test_short_and_default_values_are_not_looked_for(tmp_path: Path) -> None:
    for name, value in (("short", b"DB_PASSWORD=k7#Zq2\n"), ("default", b"DB_PASSWORD=postgres\n")):
        make(tmp_path / name, line_of([{"a.env": value, "x": b"1"}, {"x": b"1"}]))
        untracked(tmp_path / name, value)
        assert removed(tmp_path / name) == []


def test_merged_branches_count_where_they_are_merged(tmp_path: Path) -> None:
    make(tmp_path, line_of([{"a.env": LIVE, "x": b"1"}]))
    git(tmp_path, "checkout", "-q", "-b", "other")
    git(tmp_path, "rm", "-q", "a.env")
    git(tmp_path, "commit", "-qm", "x")
    git(tmp_path, "checkout", "-q", "main")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "x", "other", when=FIRST + 10 * DAY)
    merge = git(tmp_path, "rev-parse", "HEAD").decode().strip()
    untracked(tmp_path)
    assert removed(tmp_path) == [("a.env", merge, 90)]


def test_a_scanned_folder_below_the_root(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of([{"sub/a.env": LIVE, "b.env": LIVE}, {"sub/x": b"1"}]))
    (tmp_path / "sub/live.env").write_bytes(LIVE)
    assert pasts(tmp_path / "sub")["live.env"].removals == (Removal("a.env", ids[1], 99),)


def test_older_versions_that_are_not_there(tmp_path: Path) -> None:
    make(tmp_path / "whole", line_of([{"a.env": LIVE}, {"a.env": NONE}]))
    git(tmp_path / "whole", "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{tmp_path}/whole", "partial")
    untracked(tmp_path / "partial")
    past = pasts(tmp_path / "partial")["live.env"]
    assert (past.removals, past.unread) == ((), "an object of the history is not in this copy of the repository")


def test_more_versions_than_are_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, line_of([{"a.env": b"A=%d\n" % number} for number in range(5)]))
    monkeypatch.setattr("auditor.inventory.secret_history.removals.MAX_BLOBS", 3)
    untracked(tmp_path)
    past = pasts(tmp_path)["live.env"]
    assert past.unread == "the history has more than 3 versions of configuration files"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("deploy/compose.yaml", True),
        (".env", True),
        (".env.production", True),
        ("app/.env.example", True),
        ("env.sh", True),
        ("Dockerfile.dev", True),
        ("redis.conf.j2", True),
        (".npmrc", True),
        ("settings.py", False),
        ("README.md", False),
        ("environment", False),
        ("logo.png", False),
    ],
)
def test_names_of_configuration_files(path: str, expected: bool) -> None:
    assert is_like_configuration(path) is expected
