"""The command line as a person uses it: in a process of its own, with its streams and exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

BAD = {"redis/redis.conf": "bind 0.0.0.0\nprotected-mode no\n"}


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def auditor(
    *arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command: Sequence[str] = [sys.executable, "-m", "auditor", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **(env or {})}
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment, check=False, timeout=60)


def test_version() -> None:
    assert auditor("--version").stdout.startswith("auditor 0.")


def test_findings_exit_1_and_text_on_standard_output(tmp_path: Path) -> None:
    result = auditor("scan", write(tmp_path, BAD))
    assert result.returncode == 1
    assert "redis.conf" in result.stdout
    assert result.stderr == ""
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "\x1b" not in result.stdout


def test_never_failing_exit_0(tmp_path: Path) -> None:
    assert auditor("scan", write(tmp_path, BAD), "--fail-on", "never").returncode == 0


def test_nothing_to_audit_exit_3_and_the_report_is_written(tmp_path: Path) -> None:
    write(tmp_path, {"notes.cfg": "just words\n"})
    result = auditor("scan", tmp_path, "--format", f"json={tmp_path / 'out.json'}")
    assert result.returncode == 3
    assert json.loads((tmp_path / "out.json").read_text())["schema_version"] == "1"


def test_incomplete_exit_4_and_the_rest_is_scanned(tmp_path: Path) -> None:
    write(tmp_path, {**BAD, "k8s/pod.yaml": "apiVersion: v1\nkind: Pod\n  bad: [indent\n"})
    result = auditor("scan", tmp_path, "--format", "json")
    report = json.loads(result.stdout)
    assert result.returncode == 4
    assert report["findings"]
    assert [(d["path"], d["kind"]) for d in report["diagnostics"]] == [("k8s/pod.yaml", "parse-error")]
    assert report["diagnostics"][0]["line"] == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["scan"], "PATH"),
        (["scan", "/nowhere/at/all"], "does not exist"),
        (["scan", ".", "--format", "docx"], "no format"),
        (["scan", ".", "--format", "text", "--format", "json"], "at most one format"),
        (["scan", ".", "--format", "json="], "file name"),
        (["scan", ".", "--format", "json=/nowhere/x.json"], "no folder"),
        (["scan", ".", "--fail-on", "terrible"], "terrible"),
        (["scan", ".", "--select", "no-such-check"], "no-such-check"),
        (["scan", ".", "--profile", "gdpr"], "gdpr"),
        (["explain", "no-such-check"], "no-such-check"),
        (["report", "/nowhere.json"], "nowhere"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_wrong_usage_exit_2_and_says_what(arguments: list[str], words: str, tmp_path: Path) -> None:
    result = auditor(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_device_stays_a_device(tmp_path: Path) -> None:
    result = auditor("scan", write(tmp_path, BAD), "--format", "json=/dev/null")
    assert (result.returncode, result.stdout) == (1, "")
    assert Path("/dev/null").is_char_device()


def test_a_report_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("x" * 100_000)
    out.chmod(0o640)
    auditor("scan", write(tmp_path / "tree", BAD), "--format", f"json={out}")
    json.loads(out.read_text())
    assert out.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_report_can_be_rebuilt_from_the_json(tmp_path: Path) -> None:
    environment = {"SOURCE_DATE_EPOCH": "1700000000"}
    html, again, result = tmp_path / "a.html", tmp_path / "b.html", tmp_path / "r.json"
    tree = write(tmp_path / "tree", BAD)
    auditor("scan", tree, "--format", f"json={result}", "--format", f"html={html}", env=environment)
    assert auditor("report", result, "--format", f"html={again}").returncode == 0
    assert html.read_bytes() == again.read_bytes()


def test_one_file_and_several_targets(tmp_path: Path) -> None:
    write(tmp_path, {**BAD, "other/redis.conf": "bind 0.0.0.0\nprotected-mode no\n", "third/redis.conf": "port 1\n"})
    one = json.loads(auditor("scan", tmp_path / "redis" / "redis.conf", "--format", "json").stdout)
    assert [file["path"] for file in one["coverage"]["files"]] == ["redis.conf"]
    two = json.loads(auditor("scan", tmp_path / "redis", tmp_path / "other", "--format", "json").stdout)
    assert [file["path"] for file in two["coverage"]["files"]] == ["other/redis.conf", "redis/redis.conf"]


def test_the_configuration_file_tunes_and_the_command_line_wins(tmp_path: Path) -> None:
    write(tmp_path, {**BAD, "auditor.toml": '[scan]\nfail_on = "never"\n'})
    assert auditor("scan", tmp_path).returncode == 0
    assert auditor("scan", tmp_path, "--fail-on", "low").returncode == 1


def test_a_wrong_configuration_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, {**BAD, "auditor.toml": "[scan]\nfail_one = 1\n"})
    result = auditor("scan", tmp_path)
    assert result.returncode == 2
    assert "auditor.toml" in result.stderr
    assert "fail_one" in result.stderr


def test_exclude_and_the_ignore_file(tmp_path: Path) -> None:
    write(tmp_path, {**BAD, "old/redis.conf": "port 1\n", ".auditorignore": "old/\n"})
    report = json.loads(auditor("scan", tmp_path, "--format", "json", "--exclude", "redis/**").stdout)
    assert [file["path"] for file in report["coverage"]["files"]] == [".auditorignore"]


def test_explain_files_says_why(tmp_path: Path) -> None:
    result = auditor("scan", write(tmp_path, BAD), "--explain-files", "--format", "json=/dev/null")
    assert "redis/redis.conf: redis (" in result.stderr


def test_init_leaves_what_exists(tmp_path: Path) -> None:
    assert auditor("init", tmp_path).returncode == 0
    (tmp_path / "auditor.toml").write_text("[scan]\n")
    second = auditor("init", tmp_path)
    assert "left as it is" in second.stdout
    assert (tmp_path / "auditor.toml").read_text() == "[scan]\n"
    assert auditor("scan", write(tmp_path, BAD)).returncode == 1


def test_explain_a_check_and_a_component(tmp_path: Path) -> None:
    assert "## Fix" in auditor("explain", "secret-plaintext").stdout
    assert "An exception has expired" in auditor("explain", "exception-expired").stdout
    shown = auditor("explain", write(tmp_path, BAD), "--component", "redis/redis.conf").stdout
    assert "protected-mode" in shown
    assert "redis/redis.conf:2" in shown


def test_no_colour(tmp_path: Path) -> None:
    result = auditor("scan", write(tmp_path, BAD), env={"NO_COLOR": "1"})
    assert "\x1b" not in result.stdout
