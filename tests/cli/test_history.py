"""Baseline, history and gates as a person uses them, over a changed copy of the sample."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from auditor.reporters import REPORTERS
from tests.cli.test_cli import auditor, write
from tests.comparison.test_aliases import pack

SAMPLE = Path(__file__).parents[2] / "samples" / "clinic-insecure"
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = ({"SOURCE_DATE_EPOCH": str(1_767_600_000 + 86_400 * n)} for n in range(4))
SERVER = "server/etc"


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "clinic"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def scan(tree: Path, when: dict[str, str], *options: str | Path) -> dict[str, Any]:
    done = auditor("scan", tree, "--format", "json", "--fail-on", "never", *options, env=when)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def by_change(report: dict[str, Any]) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for finding in report["findings"]:
        found.setdefault(finding["change"], set()).add((finding["check_id"], finding["path"]))
    return found


def gone(report: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(row["check_id"], row["path"], row["gone"]) for row in report["changes"]["gone"]}


def test_a_changed_sample_over_four_days(clinic: Path, tmp_path: Path) -> None:
    history = ("--history", tmp_path / "history.db")
    first = scan(clinic, MONDAY, *history)
    assert (first["changes"], first["trend"]["runs"]) == (None, 1)
    assert {f["first_seen"] for f in first["findings"]} == {"2026-01-05T08:00:00Z"}

    # Lines move; one thing is fixed.
    mongod = clinic / SERVER / "mongod.conf"
    mongod.write_text("# A comment.\n# Another.\n" + mongod.read_text())
    variables = clinic / "terraform" / "terraform.tfvars"
    edit(variables, "publicly_accessible = true", "publicly_accessible = false")
    second = scan(clinic, TUESDAY, *history)
    assert gone(second) == {("aws-rds-public", "terraform/data.tf", "fixed")}
    changes = by_change(second)
    assert set(changes) == {"unchanged", "updated"}
    assert {path for _, path in changes["updated"]} == {f"{SERVER}/mongod.conf"}
    assert len(second["findings"]) == len(first["findings"]) - 1

    # A file that stands alone is renamed, another is new.
    moved = "server/opt/mongod.conf"
    (clinic / moved).parent.mkdir()
    mongod.rename(clinic / moved)
    write(clinic, {"lab/redis.conf": "bind 0.0.0.0\nprotected-mode no\n"})
    third = scan(clinic, WEDNESDAY, *history)
    changes = by_change(third)
    assert gone(third) == set()
    assert {path for _, path in changes["new"]} == {"lab/redis.conf"}
    assert {path for _, path in changes["updated"]} == {moved}
    assert {f["first_seen"] for f in third["findings"] if f["path"] == moved} == {"2026-01-05T08:00:00Z"}

    # What was fixed is back, what was new is gone.
    edit(variables, "publicly_accessible = false", "publicly_accessible = true")
    shutil.rmtree(clinic / "lab")
    fourth = scan(clinic, THURSDAY, *history)
    assert by_change(fourth)["reopened"] == {("aws-rds-public", "terraform/data.tf")}
    assert "new" not in by_change(fourth)
    assert {row[1:] for row in gone(fourth)} == {("lab/redis.conf", "fixed")}
    points = fourth["trend"]["points"]
    lab = len([f for f in third["findings"] if f["path"] == "lab/redis.conf"])
    assert [(point["new"], point["fixed"]) for point in points] == [(0, 0), (0, 1), (lab, 0), (1, lab)]
    assert fourth["trend"]["mean_days_to_fix"] == 1.0


def test_a_renamed_check_and_a_changed_pack(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"redis.conf": "port 6379\n"})
    before, after = pack(tmp_path / "a", "example-port"), pack(tmp_path / "b", "example-listener", "example-port")
    without = pack(tmp_path / "c", "example-other")
    history = ("--history", tmp_path / "history.db", "--checks-dir")
    scan(tree, MONDAY, *history, before)
    renamed = scan(tree, TUESDAY, *history, after)
    assert gone(renamed) == set()
    assert set(by_change(renamed)) == {"unchanged"}
    other = scan(tree, WEDNESDAY, *history, without)
    assert other["changes"]["checks_changed"]
    assert gone(other) == {("example-listener", "redis.conf", "rule change")}
    assert by_change(other)["new by rule change"] == {("example-other", "redis.conf")}
    assert [(p["new"], p["fixed"]) for p in other["trend"]["points"]] == [(0, 0)] * 3


def test_a_baseline_sets_known_findings_aside(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"redis.conf": "bind 0.0.0.0\nprotected-mode no\n"})
    baseline = tmp_path / "baseline.json"
    auditor("scan", tree, "--format", f"json={baseline}")
    assert auditor("scan", tree, "--baseline", baseline).returncode == 0
    report = scan(tree, MONDAY, "--baseline", baseline)
    assert {f["status"] for f in report["findings"]} == {"baseline"}
    assert report["changes"]["reference"] == "baseline"
    assert any(row["status"] == "not satisfied" for row in report["matrix"])
    write(tree, {"other/redis.conf": "bind 0.0.0.0\nprotected-mode no\n"})
    assert auditor("scan", tree, "--baseline", baseline).returncode == 1
    assert auditor("scan", tree, "--baseline", baseline, "--fail-on-new").returncode == 1
    (tree / "auditor.toml").write_text('[scan]\nbaseline = "known.json"\n')
    shutil.copy(baseline, tree / "known.json")
    again = scan(tree, MONDAY)
    assert {f["status"] for f in again["findings"] if f["path"] == "redis.conf"} == {"baseline"}


def test_only_new_findings_fail_the_run(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"redis.conf": "bind 0.0.0.0\nprotected-mode no\n"})
    words = ("scan", tree, "--history", tmp_path / "history.db", "--fail-on-new", "--format", "json=/dev/null")
    assert auditor(*words, env=MONDAY).returncode == 1, "nothing to compare with: all are new"
    assert auditor(*words, env=TUESDAY).returncode == 0
    text = (tree / "redis.conf").read_text()
    (tree / "redis.conf").write_text("bind 127.0.0.1\nport 6379\n")
    assert auditor(*words, env=WEDNESDAY).returncode == 0
    (tree / "redis.conf").write_text(text)
    assert auditor(*words, env=THURSDAY).returncode == 1, "reopened"


def test_little_coverage_is_an_incomplete_run(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"redis.conf": "bind 127.0.0.1\n"})
    covered = scan(tree, MONDAY)["summary"]["coverage_percent"]
    words = ("scan", tree, "--fail-on", "never", "--format", "json=/dev/null", "--fail-coverage-below")
    assert auditor(*words, str(covered)).returncode == 0
    less = auditor(*words, str(covered + 1))
    assert less.returncode == 4
    assert f"{covered} % of the assessable paragraphs" in less.stderr
    (tree / "auditor.toml").write_text(f"[scan]\nfail_coverage_below = {covered + 1}\n")
    assert auditor(*words[:-1]).returncode == 4
    assert auditor(*words, "0").returncode == 0


def test_every_format_is_rebuilt_from_a_stored_run(clinic: Path, tmp_path: Path) -> None:
    history = tmp_path / "history.db"
    scan(clinic, MONDAY, "--history", history)
    (clinic / "redis" / "users.acl").unlink()
    made = [f"--format={name}={tmp_path / f'scan.{name}'}" for name in REPORTERS]
    again = [f"--format={name}={tmp_path / f'again.{name}'}" for name in REPORTERS]
    assert auditor("scan", clinic, "--history", history, *made, env=TUESDAY).returncode == 1
    run = json.loads((tmp_path / "scan.json").read_text())["report_id"]
    scan(clinic, WEDNESDAY, "--history", history)
    assert auditor("report", "--history", history, "--run", run[:8], *again).returncode == 0
    for name in REPORTERS:
        assert (tmp_path / f"scan.{name}").read_bytes() == (tmp_path / f"again.{name}").read_bytes(), name
    latest = json.loads(auditor("report", "--history", history, "--format", "json").stdout)
    assert latest["scan"]["finished"] == "2026-01-07T08:00:00Z"


def test_a_scan_repeated_is_one_run_with_the_same_bytes(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"redis.conf": "bind 0.0.0.0\n"})
    history = ("--history", tmp_path / "history.db")
    scan(tree, MONDAY, *history)
    assert scan(tree, TUESDAY, *history) == scan(tree, TUESDAY, *history)
    listed = json.loads(auditor("history", tmp_path / "history.db", "--format", "json").stdout)
    assert [run["finished"] for run in listed["runs"]] == ["2026-01-06T08:00:00Z", "2026-01-05T08:00:00Z"]


def test_other_exceptions_or_another_baseline_make_another_run(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"redis.conf": "bind 0.0.0.0 # auditor:ignore redis-bind-all lab\n"})
    baseline = tmp_path / "baseline.json"
    auditor("scan", tree, "--format", f"json={baseline}", env=MONDAY)
    history = ("--history", tmp_path / "history.db")
    ids = {
        scan(tree, TUESDAY, *history, *options)["report_id"]
        for options in ((), ("--baseline", baseline), ("--no-ignores",), ("--no-ignores", "--baseline", baseline))
    }
    assert len(ids) == 4


def test_the_list_of_runs_fits_80_columns(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"redis.conf": "bind 0.0.0.0\n"})
    (tree / "auditor.toml").write_text(f'[report]\nsystem = "Patient records \\u001b[31m{"x" * 100}"\n')
    history = tmp_path / "history.db"
    scan(tree, MONDAY, "--history", history)
    scan(tree, TUESDAY, "--history", history, "--environment", "production")
    scan(tree, WEDNESDAY, "--history", history)
    lines = auditor("history", history).stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line[12:28] for line in lines if line.startswith("  ") and "RUN" not in line] == [
        "2026-01-07 08:00",
        "2026-01-05 08:00",
        "2026-01-06 08:00",
    ]
    assert len([line for line in lines if line.startswith(r"Patient records \x1b[31m")]) == 2
    assert len(auditor("history", history, "--limit", "1").stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["scan", ".", "--fail-on-new"], "--history or --baseline"),
        (["scan", ".", "--baseline", "none.json"], "No such file"),
        (["scan", ".", "--baseline", "words.txt"], "not a result"),
        (["scan", ".", "--history", "words.txt"], "not a database"),
        (["scan", ".", "--history", "nosuch://host/db"], "driver for nosuch is missing"),
        (["scan", ".", "--fail-coverage-below", "101"], "101"),
        (["history", "none.db"], "no such file"),
        (["report"], "--history is expected"),
        (["report", "words.txt", "--history", "none.db"], "--history is expected"),
        (["report", "--history", "none.db"], "no such file"),
    ],
)
def test_wrong_usage_exits_2_and_says_what(arguments: list[str], words: str, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("just words, and more of them to be no database\n" * 20)
    result = auditor(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert words in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_configuration_cannot_name_a_history(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"auditor.toml": '[scan]\nhistory = "postgresql://host/db"\n'})
    result = auditor("scan", tree)
    assert result.returncode == 2
    assert "history" in result.stderr


def test_a_run_that_cannot_be_stored_is_incomplete_and_its_outputs_are_written(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"redis.conf": "bind 0.0.0.0\n"})
    history, out = tmp_path / "history.db", tmp_path / "out.json"
    scan(tree, MONDAY, "--history", history)
    # The same run of another organisation is another result with the same id.
    other = write(tmp_path, {"other.toml": '[report]\norganisation = "Example Clinic"\n'}) / "other.toml"
    result = auditor("scan", tree, "--history", history, "--config", other, "-f", f"json={out}", env=MONDAY)
    assert result.returncode == 4
    assert "the run is not stored" in result.stderr
    assert json.loads(out.read_text())["findings"]


def test_without_a_history_the_database_library_is_not_imported(tmp_path: Path) -> None:
    write(tmp_path, {"redis.conf": "bind 0.0.0.0\n"})
    code = (
        "import sys\nfrom auditor.cli import main\nsys.argv = ['auditor', 'scan', sys.argv[1]]\n"
        "try:\n    main()\nfinally:\n    print('sqlalchemy' in sys.modules, 'sqlite3' in sys.modules)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, cwd=root, check=False
    )
    assert done.stdout.splitlines()[-1] == "False False"
