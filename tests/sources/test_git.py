"""Our reading of a repository's files against what git itself says of repositories made here."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditor.sources.git import GitFacts
from auditor.sources.git_index import IndexFormatError, parse_index

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(folder: Path, *arguments: str, stdin: bytes = b"", ok: tuple[int, ...] = (0,)) -> bytes:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=stdin, env=ENVIRONMENT, capture_output=True, check=False
    )
    assert done.returncode in ok, done.stderr
    return done.stdout


def write(root: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def repository(root: Path, files: dict[str, str | bytes], *options: str) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q", "-b", "main", *options)
    write(root, files)
    return root


def commit(root: Path, *paths: str) -> str:
    git(root, "add", "-f", "--", *paths)
    git(root, "commit", "-q", "-m", "x")
    return git(root, "rev-parse", "HEAD").decode().strip()


def facts_of(root: Path) -> GitFacts:
    facts = GitFacts.open(root)
    assert facts is not None
    return facts


def statuses_by_git(root: Path) -> dict[str, str]:
    listed = {
        "tracked": ["ls-files", "-z", "--cached"],
        "untracked": ["ls-files", "-z", "--others", "--exclude-standard"],
        "ignored": ["ls-files", "-z", "--others", "--ignored", "--exclude-standard"],
    }
    return {
        os.fsdecode(name): status
        for status, arguments in listed.items()
        for name in git(root, *arguments).split(b"\0")
        if name and not name.endswith(b"/")
    }


def assert_agrees(root: Path) -> dict[str, str]:
    expected = statuses_by_git(root)
    facts = facts_of(root)
    assert {name: facts.status(name) for name in expected} == expected
    return expected


TREE: dict[str, str | bytes] = {
    ".gitignore": "*.log\n/build/\n!keep.log\nsecrets/**\n!secrets/readme\ndocs/*.txt\n**/cache\n# note\n\\#hash\ntrail \\ \n",
    "a.log": "1",
    "keep.log": "1",
    "build/x/y": "1",
    "sub/build/x": "1",
    "secrets/a/b": "1",
    "secrets/readme": "1",
    "docs/a.txt": "1",
    "docs/deep/a.txt": "1",
    "x/y/cache/z": "1",
    "#hash": "1",
    "sub/.gitignore": "!a.log\nonly-here\r\n/anchored\n",
    "sub/a.log": "1",
    "sub/only-here": "1",
    "only-here": "1",
    "sub/anchored": "1",
    "sub/more/anchored": "1",
    "tracked.log": "1",
    "local-only": "1",
    "größe.conf": "1",
}


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_status_agrees_with_git(tmp_path: Path, version: str) -> None:
    root = repository(tmp_path, TREE)
    (root / ".git/info/exclude").write_text("local-*\n")
    commit(root, "tracked.log", "größe.conf", "docs", "sub/.gitignore", "sub/build")
    git(root, "update-index", f"--index-version={version}")
    if version == "3":
        git(root, "add", "-N", "only-here")
    expected = assert_agrees(root)
    assert set(expected.values()) == {"tracked", "ignored", "untracked"}
    if version != "2":
        assert (root / ".git/index").read_bytes()[7] == int(version)


def test_a_scanned_folder_below_the_root(tmp_path: Path) -> None:
    root = repository(tmp_path, TREE)
    head = commit(root, "sub/.gitignore")
    facts = facts_of(root / "sub")
    assert facts.commit == head
    assert [facts.status(name) for name in (".gitignore", "a.log", "only-here", "more/anchored", "build/x")] == [
        "tracked",
        "untracked",
        "ignored",
        "untracked",
        "untracked",
    ]


NAMES = st.sampled_from(["a", "b", "ab", "a.b", "c]", "[x]", "a b", "b ", "-", "aab", "A"])
PATTERN = st.lists(
    st.sampled_from(
        [
            "a",
            "b",
            "*",
            "**",
            "/",
            "?",
            "!",
            "\\",
            "[ab]",
            "[!a]",
            "[a-c]",
            "[]x]",
            "[",
            "]",
            ".",
            " ",
            "[[:alpha:]]",
            "#",
        ]
    ),
    min_size=1,
    max_size=6,
).map("".join)


@example(patterns=[("", "/a**"), ("", "!a/")], files=["a/a", "b"])
@example(patterns=[("", "***/a")], files=["a", "b"])
@example(patterns=[("", "a**/b")], files=["ab", "a/b", "ax/y/b", "b"])
@settings(
    max_examples=int(os.environ.get("AUDITOR_ORACLE_CASES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    patterns=st.lists(st.tuples(st.sampled_from(["", "", "a/", "a/b/"]), PATTERN), min_size=1, max_size=6),
    files=st.lists(st.lists(NAMES, min_size=1, max_size=4).map("/".join), min_size=2, max_size=10, unique=True),
)
def test_generated_patterns_agree_with_git(
    tmp_path_factory: pytest.TempPathFactory, patterns: list[tuple[str, str]], files: list[str]
) -> None:
    root = repository(tmp_path_factory.mktemp("r"), {})
    lines: dict[str, str] = {}
    for folder, pattern in patterns:
        lines[folder + ".gitignore"] = lines.get(folder + ".gitignore", "") + pattern + "\n"
    for name in files:
        if any((root / parent).is_file() for parent in Path(name).parents) or (root / name).exists():
            continue
        write(root, {name: "x"})
    for name, text in lines.items():
        if not any((root / parent).is_file() for parent in Path(name).parents):
            write(root, {name: text})
    assert_agrees(root)


def test_a_pattern_of_many_stars_ends(tmp_path: Path) -> None:
    name = "a" * 200
    root = repository(tmp_path, {".gitignore": "*a" * 60 + "*b\n" + "**/a/" * 60 + "**/b\n", name: "1"})
    assert facts_of(root).status(name) == "untracked"
    assert facts_of(root).status("a/" * 200 + "c") == "untracked"


def test_commit_from_loose_packed_and_detached_references(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a": "1"})
    assert facts_of(root).commit is None
    head = commit(root, "a")
    assert facts_of(root).commit == head
    git(root, "pack-refs", "--all")
    assert not (root / ".git/refs/heads/main").exists()
    assert facts_of(root).commit == head
    git(root, "checkout", "-q", "--detach")
    assert facts_of(root).commit == head


def test_a_linked_worktree(tmp_path: Path) -> None:
    root = repository(tmp_path / "main", {"a": "1", "b.log": "1"})
    head = commit(root, "a")
    git(root, "worktree", "add", "-q", "-b", "other", str(tmp_path / "other"))
    (root / ".git/info/exclude").write_text("*.log\n")
    write(tmp_path / "other", {"b.log": "1"})
    facts = facts_of(tmp_path / "other")
    assert (facts.commit, facts.status("a"), facts.status("b.log")) == (head, "tracked", "ignored")


def test_files_of_other_repositories_are_none_of_this_ones(tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner", {"a": "1"})
    commit(inner, "a")
    root = repository(tmp_path / "outer", {"own": "1"})
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "module")
    repository(root / "clone", {"c": "1"})
    facts = facts_of(root)
    assert [facts.status(name) for name in ("own", "module/a", "clone/c")] == ["untracked", "none", "none"]
    assert facts_of(root / "module").status("a") == "tracked"


def test_sha256_repository(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a": "1", "b": "2"}, "--object-format=sha256")
    head = commit(root, "a")
    facts = facts_of(root)
    assert (facts.commit, facts.status("a"), facts.status("b")) == (head, "tracked", "untracked")
    assert (facts.is_modified("a", b"1"), facts.is_modified("a", b"2")) == (False, True)


def test_modified(tmp_path: Path) -> None:
    root = repository(
        tmp_path, {"a": "1\n", "b": "2\n", "link": "", "conv/.gitattributes": "*.x filter=f\n", "conv/c.x": "1\n"}
    )
    (root / "link").unlink()
    (root / "link").symlink_to("a")
    commit(root, "a", "link", "conv")
    facts = facts_of(root)
    assert facts.is_modified("a", b"1\n") is False
    assert facts.is_modified("a", b"1") is True
    assert facts.is_modified("a", b"1\r\n") is None, "core.autocrlf may make them equal"
    assert facts.is_modified("a", b"2\r\n") is True
    assert facts.is_modified("b", b"2\n") is None, "not tracked"
    assert facts.is_modified("link", b"1\n") is None
    assert facts.is_modified("conv/c.x", b"1\n") is False
    assert facts.is_modified("conv/c.x", b"9\n") is None, "a filter may make them equal"


def test_a_merge_conflict_is_tracked_and_not_judged(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a": "1\n"})
    commit(root, "a")
    git(root, "checkout", "-q", "-b", "other")
    write(root, {"a": "2\n"})
    commit(root, "a")
    git(root, "checkout", "-q", "main")
    write(root, {"a": "3\n"})
    commit(root, "a")
    git(root, "merge", "-q", "other", ok=(1,))
    facts = facts_of(root)
    assert (facts.status("a"), facts.is_modified("a", b"3\n")) == ("tracked", None)


def test_a_split_index_is_not_relied_on(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a": "1"})
    head = commit(root, "a")
    git(root, "update-index", "--split-index")
    facts = facts_of(root)
    assert (facts.commit, facts.status("a"), facts.is_modified("a", b"2")) == (head, "none", None)


def test_a_sparse_index(tmp_path: Path) -> None:
    root = repository(tmp_path, {"in/a": "1", "out/b": "1"})
    commit(root, "in", "out")
    git(root, "sparse-checkout", "set", "--cone", "--sparse-index", "in")
    facts = facts_of(root)
    assert (facts.status("in/a"), facts.status("out/b")) == ("tracked", "none")


def test_no_repository(tmp_path: Path) -> None:
    assert GitFacts.open(tmp_path) is None
    (tmp_path / ".git").mkdir()
    assert GitFacts.open(tmp_path) is None, "a folder of that name alone is no repository"
    (tmp_path / ".git").rmdir()
    for content in ("gitdir: /nonexistent\n", "gitdir: " + "x" * 5000, "nonsense", "gitdir: a\0b"):
        (tmp_path / ".git").write_text(content)
        assert GitFacts.open(tmp_path) is None


@pytest.mark.parametrize(
    "head", ["ref: ../../../etc/passwd", "ref: refs/heads/../../x", "ref: HEAD", "zz", "", "ref: refs/heads/loop"]
)
def test_hostile_head(tmp_path: Path, head: str) -> None:
    root = repository(tmp_path, {})
    (root / ".git/HEAD").write_text(head + "\n")
    (root / ".git/refs/heads/loop").write_text("ref: refs/heads/loop\n")
    assert facts_of(root).commit is None


def test_ignore_files_that_are_no_regular_files(tmp_path: Path) -> None:
    outside = tmp_path / "patterns"
    outside.write_text("*\n")
    root = repository(tmp_path / "r", {"a": "1", "b/c": "1", "d/e": "1"})
    (root / ".gitignore").symlink_to(outside)
    os.mkfifo(root / "b/.gitignore")
    (root / "d/.gitignore").mkdir()
    assert {facts_of(root).status(name) for name in ("a", "b/c", "d/e")} == {"untracked"}


@settings(deadline=None)
@given(data=st.data())
def test_a_damaged_index_is_refused_or_read(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    good = _an_index(tmp_path_factory)
    cut = data.draw(st.integers(0, len(good)))
    broken = bytearray(good[:cut])
    for place in data.draw(st.lists(st.integers(0, max(cut - 1, 0)), max_size=5)):
        if broken:
            broken[place] ^= data.draw(st.integers(1, 255))
    try:
        parse_index(bytes(broken))
    except IndexFormatError:
        return


_indexes: list[bytes] = []


def _an_index(factory: pytest.TempPathFactory) -> bytes:
    if not _indexes:
        root = repository(factory.mktemp("index"), {"a/b": "1", "a/c": "2", "d": "3"})
        commit(root, "a", "d")
        git(root, "update-index", "--index-version=4")
        _indexes.append((root / ".git/index").read_bytes())
    return _indexes[0]


def test_a_damaged_index_leaves_the_commit(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a": "1"})
    head = commit(root, "a")
    (root / ".git/index").write_bytes(b"DIRC\0\0\0\2\xff\xff\xff\xff")
    facts = facts_of(root)
    assert (facts.commit, facts.status("a")) == (head, "none")
