"""A repository whose git configuration, attributes and hooks name programs: its history is read and nothing runs."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.sources.git_repositories import CLEAN, FIRST, git, line_of, make

CHECKOUT = Path(__file__).parents[2]
SECRET = "Rm7-quiet-Harbor-41"
OLD = f"DB_PASSWORD={SECRET}\n".encode()
GUARDED = """
import os, sys
def refuse(event, arguments):
    if event in {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "socket.connect",
                 "socket.getaddrinfo", "socket.gethostbyname", "ctypes.dlopen"}:
        os.write(2, f"REFUSED {event}".encode())
        os._exit(99)
sys.addaudithook(refuse)
from auditor.cli import main
main()
"""
"""The command line with a guard that ends the program as soon as it starts another or opens a connection."""


def scan(root: Path) -> tuple[dict[str, Any], str]:
    command = [sys.executable, "-c", GUARDED, "scan", str(root), "--format", "json", "--fail-on", "never"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(FIRST + 1000 * 86_400)}
    done = subprocess.run(
        command, cwd=CHECKOUT, capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert "REFUSED" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stdout + done.stderr


def rows(report: dict[str, Any], check: str) -> list[tuple[str, str, str]]:
    found = [(row["component"], row["status"], row["reason"]) for row in report["results"] if row["check_id"] == check]
    return sorted(found)


def programs(canary: Path) -> str:
    run = f'"touch {canary}"'
    return f"""
[core]
\tfsmonitor = {run}
\thooksPath = .githooks
\tpager = {run}
\teditor = {run}
\tsshCommand = {run}
\taskPass = {run}
\tworktree = /
\tattributesFile = /dev/stdin
[alias]
\tlog = !touch {canary}
\tcat-file = !touch {canary}
[diff]
\texternal = {run}
[diff "evil"]
\ttextconv = {run}
\tcommand = {run}
[filter "evil"]
\tclean = {run}
\tsmudge = {run}
\tprocess = {run}
\trequired = true
[credential]
\thelper = "!touch {canary}"
[include]
\tpath = /dev/stdin
[url "ext::sh -c touch% {canary}"]
\tinsteadOf = https://
[remote "origin"]
\turl = ext::sh -c touch% {canary}
\tpromisor = true
\tpartialclonefilter = blob:none
[extensions]
\tpartialClone = origin
[uploadpack]
\tpackObjectsHook = {run}
[gpg]
\tprogram = {run}
[log]
\tshowSignature = true
"""


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[Path, Path]:
    root, canary = tmp_path / "root", tmp_path / "canary"
    make(root, line_of([{".env": OLD}, {".env": OLD, ".gitattributes": b"* filter=evil diff=evil\n"}]))
    git(root, "gc", "-q")
    hooks = root / ".githooks"
    for folder in (hooks, root / ".git/hooks"):
        folder.mkdir(exist_ok=True)
        for name in ("post-checkout", "pre-commit", "fsmonitor-watchman", "post-index-change", "reference-transaction"):
            (folder / name).write_text(f"#!/bin/sh\ntouch {canary}\n")
            (folder / name).chmod(0o755)
    return root, canary


def test_nothing_of_the_configuration_runs(hostile: tuple[Path, Path]) -> None:
    root, canary = hostile
    with (root / ".git/config").open("a") as file:
        file.write(programs(canary))
    report, output = scan(root)
    assert not canary.exists()
    assert SECRET not in output
    (found,) = [found for found in report["findings"] if found["check_id"] == "secret-not-rotated"]
    assert (found["path"], found["line"], found["severity"]) == (".env", 1, "medium")
    assert "1000 days" in found["message"]
    assert "90 are allowed" in found["message"]


def test_git_itself_would_run_it(hostile: tuple[Path, Path]) -> None:
    """The repository above does what it is made for."""
    root, canary = hostile
    with (root / ".git/config").open("a") as file:
        file.write(programs(canary).replace("worktree = /\n", "quotePath = true\n").replace("path = /dev/stdin", ""))
    subprocess.run(["git", "status"], cwd=root, env=CLEAN, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    assert canary.exists()


def test_objects_that_are_not_there_are_not_fetched(hostile: tuple[Path, Path]) -> None:
    root, canary = hostile
    with (root / ".git/config").open("a") as file:
        file.write(programs(canary))
    for pack in (root / ".git/objects/pack").iterdir():
        pack.unlink()
    report, _ = scan(root)
    assert not canary.exists()
    reason = "an object of the history is not in this copy of the repository"
    assert rows(report, "secret-not-rotated") == [(".env", "not_evaluated", reason)]
    assert rows(report, "secret-removed-but-in-use") == [("*", "not_evaluated", reason)]


def test_a_folder_without_history_has_a_row_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(OLD)
    report, _ = scan(tmp_path)
    reason = "the folder is in no git repository, which would tell since when"
    assert rows(report, "secret-not-rotated") == [(".env", "not_evaluated", reason)]


def test_a_shallow_clone_has_a_row_with_the_reason(tmp_path: Path) -> None:
    make(tmp_path / "whole", line_of([{".env": OLD}, {".env": OLD, "x": b"1"}]))
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{tmp_path}/whole", "shallow")
    report, _ = scan(tmp_path / "shallow")
    assert [row[1] for row in rows(report, "secret-not-rotated")] == ["not_evaluated"]
    assert "shallow" in rows(report, "secret-not-rotated")[0][2]


def test_the_days_allowed_come_from_the_configuration(tmp_path: Path) -> None:
    make(tmp_path, line_of([{".env": OLD}]))
    (tmp_path / "auditor.toml").write_text("[scan]\nsecret_max_age_days = 1000\n")
    report, _ = scan(tmp_path)
    assert rows(report, "secret-not-rotated") == [(".env", "pass", "")]
    (tmp_path / "auditor.toml").write_text("[scan]\nsecret_max_age_days = 999\n")
    report, _ = scan(tmp_path)
    assert [row[1] for row in rows(report, "secret-not-rotated")] == ["fail"]


def test_names_in_a_history_are_shown_without_control_characters(tmp_path: Path) -> None:
    make(tmp_path, line_of([{"\x1b[31mred.env": OLD, "x": b"1"}, {"x": b"1"}]))
    (tmp_path / "live.env").write_bytes(OLD)
    command = [sys.executable, "-m", "auditor", "scan", str(tmp_path), "--format", "text", "--verbose"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert "secret-removed-but-in-use" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
