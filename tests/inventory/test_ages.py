"""Since when secrets are the same: against `git blame`, and against every version of generated histories."""

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.inventory.secret_history import secret_histories
from auditor.model.secret_history import SecretHistory, Unchanged
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.directory import DirectoryTree
from auditor.sources.git import GitFacts
from auditor.sources.git_objects import Kind
from auditor.sources.history import History
from auditor.sources.history_memory import MemoryObjects
from auditor.sources.history_opening import open_history
from auditor.sources.tree import MemoryTree
from tests.sources.git_repositories import DAY, FIRST, Made, git, line_of, make

ORACLE = settings(
    max_examples=int(os.environ.get("AUDITOR_ORACLE_CASES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
VALUES = [f"Rm{number}-quiet-Harbor-{number * 7919 % 90 + 10}" for number in range(6)]
KEYS = ["DB_PASSWORD", "JWT_SECRET", "SMTP_PASSWORD"]


def pasts(root: Path, days: int = 1000) -> list[SecretHistory]:
    estate = take_estate(DirectoryTree(root))
    now = datetime.fromtimestamp(FIRST + days * DAY, UTC)
    return list(secret_histories(estate.facts, estate.files, lambda: open_history(GitFacts.open(root)), now=now))


def unchanged(root: Path, days: int = 1000) -> dict[str, Unchanged | Unknown]:
    return {past.credential.key: past.unchanged for past in pasts(root, days)}


def commits_of(root: Path) -> dict[str, str]:
    """Return the commit that brought each value, each of them known exactly."""
    found: dict[str, str] = {}
    for key, age in unchanged(root).items():
        assert isinstance(age, Unchanged), age
        assert not age.may_be_older
        found[key] = age.commit
    return found


def env(values: Mapping[str, int], comments: int = 0) -> bytes:
    lines = [f"{key}={VALUES[number]}" for key, number in sorted(values.items())]
    for number in range(comments):
        lines.insert(number * 2, f"# note {number}")
    return ("\n".join(lines) + "\n").encode()


ENV = st.builds(env, st.fixed_dictionaries({key: st.integers(0, 2) for key in KEYS}), comments=st.integers(0, 2))


@st.composite
def branched(draw: st.DrawFn) -> list[Made]:
    """Histories with merges of one file, whose name changes while its content does not."""
    commits = [Made({".env": draw(ENV)})]
    for number in range(1, draw(st.integers(2, 10))):
        parents = draw(st.lists(st.integers(max(0, number - 3), number - 1), min_size=1, max_size=2, unique=True))
        ((path, content),) = commits[parents[0]].files.items()
        if draw(st.integers(0, 4)) == 0:
            commits.append(Made({draw(st.sampled_from([".env", "app.env", "deploy/.env"])): content}, parents))
        else:
            commits.append(Made({path: draw(ENV)}, parents))
    return commits


def by_blame(root: Path) -> dict[str, str]:
    (path,) = git(root, "ls-files", "-z").decode().rstrip("\0").split("\0")
    blamed = git(root, "blame", "--first-parent", "--line-porcelain", path).decode()
    found: dict[str, str] = {}
    commit = ""
    for line in blamed.split("\n"):
        if match := re.match(r"([0-9a-f]{40}) \d+ \d+", line):
            commit = match[1]
        elif line.startswith("\t") and "=" in line:
            found[line[1:].partition("=")[0]] = commit
    return found


@ORACLE
@given(commits=branched(), packed=st.booleans())
def test_generated_histories_agree_with_git_blame(
    tmp_path_factory: pytest.TempPathFactory, commits: list[Made], packed: bool
) -> None:
    root = tmp_path_factory.mktemp("r")
    make(root, commits)
    if packed:
        git(root, "gc", "-q")
    assert commits_of(root) == by_blame(root)
    shutil.rmtree(root)


def dotenv(values: Sequence[tuple[str, int, str]]) -> str:
    return "".join(
        f"{'# ' if quote == '#' else ''}{key}={quote.strip('#')}{VALUES[n]}{quote.strip('#')}\n"
        for key, n, quote in values
    )


def compose(values: Sequence[tuple[str, int, str]], indent: str, as_list: bool) -> str:
    lines = ["services:", f"{indent}api:", f"{indent * 2}image: clinic/api:1", f"{indent * 2}environment:"]
    for key, number, quote in values:
        mark = "# " if quote == "#" else ""
        quoted = quote.strip("#")
        if as_list:
            lines.append(f"{indent * 3}{mark}- {quoted}{key}={VALUES[number]}{quoted}")
        else:
            lines.append(f"{indent * 3}{mark}{key}: {quoted}{VALUES[number]}{quoted}")
    return "\n".join([*lines, ""])


ASSIGNED = st.lists(
    st.tuples(st.sampled_from(KEYS), st.integers(0, 1), st.sampled_from(["", "", '"', "'", "#"])),
    min_size=1,
    max_size=3,
    unique_by=lambda item: item[0],
)
VERSION = st.one_of(
    st.tuples(st.just(".env"), st.builds(dotenv, ASSIGNED)),
    st.tuples(
        st.just("compose.yaml"),
        st.builds(compose, ASSIGNED, st.sampled_from(["  ", "    "]), st.booleans()),
    ),
)
_ASSIGNMENT = re.compile(r"""^\s*(?:-\s*)?["']?([A-Z_]+)(?:=|:\s*)["']?([\w-]+)["']?$""", re.M)


def written(content: bytes) -> set[tuple[str, str]]:
    return set(_ASSIGNMENT.findall(content.decode()))


def by_versions(root: Path, path: str) -> dict[str, str]:
    """Go through the versions that `git log` lists, from the newest, as long as a key has its present value."""
    present = dict(written((root / path).read_bytes()))
    found: dict[str, str] = {}
    for commit in git(root, "log", "--first-parent", "--format=%H").decode().split():
        listed = git(root, "ls-tree", "--name-only", commit, path).decode().strip()
        held = written(git(root, "show", f"{commit}:{path}")) if listed else set[tuple[str, str]]()
        present = {key: value for key, value in present.items() if (key, value) in held}
        found |= dict.fromkeys(present, commit)
    return found


@ORACLE
@given(versions=st.lists(st.lists(VERSION, min_size=1, max_size=2), min_size=1, max_size=8), packed=st.booleans())
def test_generated_reformatting_agrees_with_every_version(
    tmp_path_factory: pytest.TempPathFactory, versions: list[list[tuple[str, str]]], packed: bool
) -> None:
    root = tmp_path_factory.mktemp("r")
    files = [{"README": b"%d" % n, **{path: text.encode() for path, text in v}} for n, v in enumerate(versions)]
    make(root, line_of(files))
    if packed:
        git(root, "gc", "-q")
    found: dict[str, dict[str, str]] = {}
    for past in pasts(root):
        age = past.unchanged
        assert isinstance(age, Unchanged)
        found.setdefault(past.at.path, {})[past.credential.key] = age.commit
    assert found == {path: ages for path, _ in versions[-1] if (ages := by_versions(root, path))}
    shutil.rmtree(root)


PASSWORD = "Rm7-quiet-Harbor-41"
OLD = f"DB_PASSWORD={PASSWORD}\nDB_HOST=db.internal\nDB_NAME=clinic\n".encode()
NEW = b"DB_PASSWORD=Wd5-amber-Quill-73\n"


def the_age(root: Path, days: int = 1000) -> Unchanged | Unknown:
    (age,) = unchanged(root, days).values()
    return age


def reason_of(root: Path) -> str:
    age = the_age(root)
    assert isinstance(age, Unknown)
    return age.reason


def test_days_are_whole_days_since_the_commit(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of([{".env": NEW}, {".env": OLD}, {".env": OLD, "other": b"1"}]))
    assert the_age(tmp_path, days=100) == Unchanged(ids[1], 99)
    assert the_age(tmp_path, days=1) == Unchanged(ids[1], 0)


def test_a_commit_dated_after_the_scan_tells_nothing(tmp_path: Path) -> None:
    make(tmp_path, line_of([{"other": b"1"}, {".env": OLD}]))
    age = the_age(tmp_path, days=-10)
    assert isinstance(age, Unknown)
    assert "after the scan" in age.reason


def test_a_value_that_came_back_is_as_old_as_its_return(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of([{".env": OLD}, {".env": NEW}, {".env": OLD}]))
    assert commits_of(tmp_path) == {"DB_PASSWORD": ids[2]}


def test_a_file_renamed_and_edited_at_once(tmp_path: Path) -> None:
    edited = b"# production\n" + OLD.replace(b"clinic", b"portal")
    ids = make(
        tmp_path,
        line_of([{"a/app.env": OLD, "x": b"1"}, {"b/production.env": edited, "x": b"1"}, {"b/production.env": edited}]),
    )
    assert commits_of(tmp_path) == {"DB_PASSWORD": ids[0]}


def test_a_folder_renamed(tmp_path: Path) -> None:
    files = {f"old/{n}.env": OLD.replace(b"41", b"%d" % (50 + n)) for n in range(4)}
    moved = {path.replace("old/", "new/sub/"): content for path, content in files.items()}
    ids = make(tmp_path, line_of([files, moved, {**moved, "x": b"1"}]))
    assert {past.unchanged.commit for past in pasts(tmp_path) if isinstance(past.unchanged, Unchanged)} == {ids[0]}


def test_a_new_file_is_new_whatever_vanished_with_its_commit(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of([{"a.env": NEW, "b.env": b"DB_HOST=x\n"}, {"c.env": OLD}]))
    assert commits_of(tmp_path) == {"DB_PASSWORD": ids[1]}


def test_a_version_that_cannot_be_read_leaves_a_lower_bound(tmp_path: Path) -> None:
    def compose_of(value: str) -> bytes:
        return f"services:\n  api:\n    image: a/b:1\n    environment:\n      DB_PASSWORD: {value}\n".encode()

    broken = b"services:\n  api: [\n"
    same, other = compose_of(PASSWORD), compose_of("Wd5-amber-Quill-73")
    ids = make(tmp_path / "same", line_of([{"compose.yaml": c} for c in (same, broken, broken, same)]))
    assert commits_of(tmp_path / "same") == {"DB_PASSWORD": ids[0]}
    ids = make(tmp_path / "other", line_of([{"compose.yaml": c} for c in (other, broken, broken, same)]))
    assert the_age(tmp_path / "other") == Unchanged(ids[3], 997, "a version of the file in between cannot be read")
    ids = make(tmp_path / "first", line_of([{"compose.yaml": c} for c in (broken, same)]))
    assert the_age(tmp_path / "first") == Unchanged(ids[1], 999, "a version of the file in between cannot be read")


def test_more_commits_than_are_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = make(tmp_path, line_of([{".env": OLD, "x": b"%d" % number} for number in range(5)]))
    monkeypatch.setattr("auditor.sources.history.MAX_COMMITS", 3)
    assert the_age(tmp_path) == Unchanged(ids[2], 998, "the history has more than 3 commits")


def test_what_git_does_not_hold_is_not_dated(tmp_path: Path) -> None:
    make(tmp_path, line_of([{"x": b"1"}]))
    (tmp_path / ".env").write_bytes(OLD)
    assert reason_of(tmp_path) == "git has no committed version of the file"
    git(tmp_path, "add", ".env")
    assert reason_of(tmp_path) == "git has no committed version of the file"
    git(tmp_path, "commit", "-qm", "x")
    assert isinstance(the_age(tmp_path), Unchanged)
    (tmp_path / ".env").write_bytes(NEW)
    assert reason_of(tmp_path) == "the value is not in the commit that is checked out"


def test_a_file_that_git_keeps_encrypted(tmp_path: Path) -> None:
    make(tmp_path, line_of([{".env": b"\0GITCRYPT\0" + bytes(range(200))}]))
    (tmp_path / ".env").write_bytes(OLD)
    assert reason_of(tmp_path) == "the committed version of the file cannot be read as what it is"


def test_line_ends_are_no_change(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of([{".env": OLD}, {".env": OLD.replace(b"\n", b"\r\n")}]))
    assert commits_of(tmp_path) == {"DB_PASSWORD": ids[0]}


def test_a_clone_without_blobs_leaves_a_lower_bound(tmp_path: Path) -> None:
    ids = make(tmp_path / "whole", line_of([{".env": OLD}, {".env": b"# note\n" + OLD}]))
    git(tmp_path / "whole", "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{tmp_path}/whole", "partial")
    reason = "an object of the history is not in this copy of the repository"
    assert the_age(tmp_path / "partial") == Unchanged(ids[1], 999, reason)


def test_a_private_key_and_a_base64_secret(tmp_path: Path) -> None:
    body = "\n".join("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIB" + str(n) * 16 for n in range(8))
    key = f"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n".encode()
    secret = b"apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\n%s:\n  password: %s\n"
    encoded = secret % (b"data", b"Um03LXF1aWV0LUhhcmJvci00MQ==")
    plain = secret % (b"stringData", PASSWORD.encode())
    ids = make(
        tmp_path,
        line_of([{"s.yaml": plain}, {"s.yaml": plain, "tls.key": key}, {"s.yaml": encoded, "tls.key": b"\n" + key}]),
    )
    found = {past.at.path: past for past in pasts(tmp_path)}
    ages = {path: past.unchanged for path, past in found.items()}
    assert ages == {"s.yaml": Unchanged(ids[0], 1000), "tls.key": Unchanged(ids[1], 999)}
    assert (found["s.yaml"].allowed_days, found["tls.key"].allowed_days) == (90, 365)


def test_tests_and_templates_are_not_dated(tmp_path: Path) -> None:
    make(tmp_path, line_of([{".env.example": OLD, "tests/app.env": OLD, "x.env": b"DB_PASSWORD=${DB_PASSWORD}\n"}]))
    assert pasts(tmp_path) == []


def test_history_is_not_opened_without_a_secret(tmp_path: Path) -> None:
    (tmp_path / "redis.conf").write_text("port 6379\n")
    estate = take_estate(DirectoryTree(tmp_path))

    def refuse() -> Unknown:
        raise AssertionError("the history is opened")

    assert list(secret_histories(estate.facts, estate.files, refuse, now=datetime.now(UTC))) == []


def test_no_value_is_shown(tmp_path: Path) -> None:
    make(tmp_path, line_of([{".env": OLD}]))
    shown = repr(pasts(tmp_path))
    assert PASSWORD not in shown
    assert "quiet" not in shown


def test_files_are_closed(tmp_path: Path) -> None:
    make(tmp_path, line_of([{".env": OLD}, {".env": NEW}]))
    git(tmp_path, "gc", "-q")
    before = len(list(Path("/proc/self/fd").iterdir()))
    pasts(tmp_path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def of_memory(objects: MemoryObjects, head: bytes) -> list[SecretHistory]:
    estate = take_estate(MemoryTree({".env": OLD}))
    now = datetime.fromtimestamp(FIRST + 1000 * DAY, UTC)
    return list(secret_histories(estate.facts, estate.files, lambda: History(objects, head), now=now))


def test_a_folder_with_one_name_twice() -> None:
    """No git writes such a folder; a forged one must not end the scan."""
    objects = MemoryObjects()
    entries = sorted(b"100644 .env\0" + objects.add("blob", content) for content in (OLD, b"# x\n" + OLD))
    commit = f"tree {objects.add('tree', b''.join(entries)).hex()}\ncommitter A <a> {FIRST} +0000\n\nx"
    (past,) = of_memory(objects, objects.add("commit", commit.encode()))
    assert isinstance(past.unchanged, Unchanged)


class Damaged(MemoryObjects):
    """Objects of which some bytes are others, or that are of another kind or missing."""

    def __init__(self, damage: st.DataObject) -> None:
        super().__init__()
        self._damage = damage

    def read(self, name: bytes) -> tuple[Kind, bytes]:
        kind, content = super().read(name)
        draw = self._damage.draw
        for _ in range(draw(st.integers(0, 2))):
            if content:
                place = draw(st.integers(0, len(content) - 1))
                content = content[:place] + draw(st.binary(max_size=2)) + content[place + 1 :]
        return draw(st.sampled_from([kind, kind, kind, kind, "blob"])), content


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_damaged_history_ends_in_an_answer(data: st.DataObject) -> None:
    objects = Damaged(data)
    head: list[bytes] = []
    for number, files in enumerate([{"a/b.env": OLD}, {".env": OLD, "x": b"1"}, {".env": b"# x\n" + OLD}]):
        head = [objects.add_commit(files, FIRST + number * DAY, head)]
    (past,) = of_memory(objects, head[0])
    assert isinstance(past.unchanged, Unchanged | Unknown)
