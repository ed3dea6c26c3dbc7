"""Exceptions and the cover from the command line: options, auditor.toml, `auditor waivers check`, `auditor init`."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_cli import BAD, auditor, write
from tests.exceptions.files import entry, written

NOVEMBER = {"SOURCE_DATE_EPOCH": "1795305600"}  # 2026-11-22
WAIVED = written(entry(), entry(id="EX-2", check="redis-no-authentication"))


def scan(root: Path, *arguments: str | Path, env: dict[str, str] = NOVEMBER) -> dict[str, Any]:
    result = auditor("scan", root, "--format", "json", *arguments, env=env)
    assert result.returncode in {0, 1}, result.stderr
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def statuses(report: dict[str, Any]) -> set[str]:
    return {finding["status"] for finding in report["findings"]}


def test_exceptions_of_the_option_make_the_scan_pass(tmp_path: Path) -> None:
    write(tmp_path / "tree", BAD)
    (tmp_path / "waivers.yaml").write_text(WAIVED)
    assert auditor("scan", tmp_path / "tree", env=NOVEMBER).returncode == 1
    assert auditor("scan", tmp_path / "tree", "--waivers", tmp_path / "waivers.yaml", env=NOVEMBER).returncode == 0
    report = scan(tmp_path / "tree", "--waivers", tmp_path / "waivers.yaml")
    assert statuses(report) == {"waived"}
    assert [row["path"] for row in report["exceptions"]] == ["../waivers.yaml", "../waivers.yaml"]


def test_exceptions_of_the_configuration_are_beside_it(tmp_path: Path) -> None:
    config = '[scan]\nwaivers = "policy/waivers.yaml"\n'
    write(tmp_path, {**BAD, "auditor.toml": config, "policy/waivers.yaml": WAIVED})
    report = scan(tmp_path)
    assert statuses(report) == {"waived"}
    assert {row["path"] for row in report["exceptions"]} == {"policy/waivers.yaml"}


def test_the_option_wins_over_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, {**BAD, "auditor.toml": '[scan]\nwaivers = "none.yaml"\n', "other.yaml": "exceptions: []\n"})
    assert auditor("scan", tmp_path).returncode == 2
    assert scan(tmp_path, "--waivers", tmp_path / "other.yaml")["exceptions"] == []


def test_a_wrong_file_stops_the_scan_before_it_begins(tmp_path: Path) -> None:
    write(tmp_path, {**BAD, "waivers.yaml": written(entry(owner="Sam"), entry(id="EX-2", without=["expires"]))})
    file, out = tmp_path / "waivers.yaml", tmp_path / "out.json"
    result = auditor("scan", tmp_path, "--waivers", file, "--format", f"json={out}")
    assert (result.returncode, result.stdout, out.exists()) == (2, "", False)
    assert result.stderr.splitlines() == [
        f"{file}:7: owner: expected a name and a role, such as `Sam Example, Platform engineer`",
        f"{file}:11: expected `expires`",
    ]


@pytest.mark.parametrize("name", ["absent.yaml", "folder"])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    for command in (["scan", tmp_path, "--waivers"], ["waivers", "check"]):
        result = auditor(*command, tmp_path / name)
        assert result.returncode == 2
        assert name in result.stderr.replace("\n│", "").replace(" ", "")
        assert "Traceback" not in result.stderr


def test_no_ignores_shows_everything_and_lists_what_it_leaves_without_effect(tmp_path: Path) -> None:
    config = "# auditor:ignore redis-no-tls closed network\n" + BAD["redis/redis.conf"]
    write(tmp_path, {"redis/redis.conf": config, "w.yaml": written(entry(check="redis-no-authentication"))})
    arguments = ("--waivers", tmp_path / "w.yaml")
    assert statuses(scan(tmp_path, *arguments)) == {"waived"}
    report = scan(tmp_path, *arguments, "--no-ignores")
    assert statuses(report) == {"open"}
    assert [row["type"] for row in report["exceptions"]] == ["risk-accepted", "inline"]


class TestCheck:
    def test_a_valid_file(self, tmp_path: Path) -> None:
        (tmp_path / "w.yaml").write_text(WAIVED)
        result = auditor("waivers", "check", tmp_path / "w.yaml", env=NOVEMBER)
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout == "exceptions: 2; not in force: 0; expiring within 30 days: 0\n"

    def test_every_error_is_named(self, tmp_path: Path) -> None:
        file = tmp_path / "w.yaml"
        file.write_text(written(entry(check="no-such-check", type="waiver"), entry(without=["owner"])))
        result = auditor("waivers", "check", file)
        assert (result.returncode, result.stdout) == (2, "")
        assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == [
            f"{file}:3",
            f"{file}:5",
            f"{file}:11",
            f"{file}:11",
        ]

    def test_what_has_expired_or_soon_will(self, tmp_path: Path) -> None:
        file = tmp_path / "w.yaml"
        ends = {"A": "2026-11-21", "B": "2026-11-22", "C": "2026-12-22", "D": "2026-12-23", "E": "never"}
        file.write_text(written(*(entry(id=name, expires=day) for name, day in ends.items())))
        result = auditor("waivers", "check", file, env=NOVEMBER)
        assert result.returncode == 0
        assert result.stdout.splitlines() == [
            f"{file}:2: A (redis-no-tls) is not in force: it expired on 2026-11-21",
            f"{file}:38: E (redis-no-tls) is not in force: its expiry is no date (YYYY-MM-DD), which counts as expired",
            f"{file}:11: B (redis-no-tls) expires on 2026-11-22",
            f"{file}:20: C (redis-no-tls) expires on 2026-12-22",
            "exceptions: 5; not in force: 2; expiring within 30 days: 2",
        ]

    def test_checks_of_ones_own(self, tmp_path: Path) -> None:
        check = (
            '"""Own."""\nfrom auditor.api import LOW, Control, Workload, check\n\n'
            '@check("own-check", severity=LOW, control=Control.PRIVILEGE)\n'
            "def own_check(workload: Workload) -> list[object]:\n    return []\n"
        )
        write(tmp_path, {"pack/own_check.py": check, "w.yaml": written(entry(check="own-check"))})
        result = auditor("waivers", "check", tmp_path / "w.yaml", "--checks-dir", tmp_path / "pack")
        assert result.returncode == 0, result.stderr

    def test_an_unknown_profile(self, tmp_path: Path) -> None:
        (tmp_path / "w.yaml").write_text(WAIVED)
        assert auditor("waivers", "check", tmp_path / "w.yaml", "--profile", "gdpr").returncode == 2


class TestInit:
    def test_it_writes_files_that_a_scan_takes(self, tmp_path: Path) -> None:
        assert auditor("init", tmp_path).returncode == 0
        assert {path.name for path in tmp_path.iterdir()} == {
            "auditor.toml",
            ".auditorignore",
            "auditor-exceptions.yaml",
        }
        report = scan(write(tmp_path, BAD))
        assert report["exceptions"] == []
        assert report["integrity"]["exceptions"] is not None

    def test_its_example_is_valid_once_it_is_uncommented(self, tmp_path: Path) -> None:
        auditor("init", tmp_path)
        file = tmp_path / "auditor-exceptions.yaml"
        head, _, example = file.read_text().partition("exceptions: []\n")
        file.write_text(head + "".join(line[2:] for line in example.splitlines(keepends=True)))
        result = auditor("waivers", "check", file, env=NOVEMBER)
        assert result.stdout == "exceptions: 1; not in force: 0; expiring within 30 days: 0\n"
        config = tmp_path / "auditor.toml"
        head, table, report_table = config.read_text().partition("[report]\n")
        config.write_text(head + table + re.sub(r'^# (?=\w+ = |")', "", report_table, flags=re.M))
        report = scan(write(tmp_path, BAD))
        assert (report["cover"]["organisation"], report["cover"]["next_review"]) == ("Example Clinic", "2027-02-01")

    def test_it_never_writes_over_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "auditor-exceptions.yaml").write_text("exceptions: []\n")
        assert "left as it is" in auditor("init", tmp_path).stdout
        assert (tmp_path / "auditor-exceptions.yaml").read_text() == "exceptions: []\n"


class TestReportTable:
    def test_the_cover(self, tmp_path: Path) -> None:
        names = ("organisation", "system", "period", "prepared_by", "technical_reviewer", "security_official")
        lines = [f'{name} = "The {name}"\n' for name in names]
        write(tmp_path, {**BAD, "auditor.toml": "[report]\nnext_review = 2027-02-01\n" + "".join(lines)})
        cover = scan(tmp_path)["cover"]
        assert cover == {**{name: f"The {name}" for name in names}, "next_review": "2027-02-01"}

    def test_what_does_not_apply(self, tmp_path: Path) -> None:
        table = (
            '[report.not_applicable]\n"164.308(a)(4)(ii)(A)" = "No clearinghouse."\n"164.308(b)" = "No associate."\n'
        )
        write(tmp_path, {**BAD, "auditor.toml": table})
        rows = {row["id"]: row for row in scan(tmp_path)["matrix"]}
        clearinghouse = rows["164.308(a)(4)(ii)(A)"]
        assert (clearinghouse["status"], clearinghouse["reason"]) == ("not applicable", "No clearinghouse.")
        assert rows["164.308(b)(1)"]["reason"] == "No associate.", "another way to cite it"

    @pytest.mark.parametrize(
        ("table", "words"),
        [
            ('[report.not_applicable]\n"164.999" = "x"\n', "'164.999' is no paragraph"),
            ('[report.not_applicable]\n"164.312(b)" = " "\n', "a reason is expected for 164.312(b)"),
            ('[report]\nnext_review = "May"\n', "next_review"),
            ('[report]\norganization = "x"\n', "organization"),
            ("[scan]\nwaivers = 1\n", "waivers"),
        ],
    )
    def test_what_is_wrong_is_named(self, tmp_path: Path, table: str, words: str) -> None:
        write(tmp_path, {**BAD, "auditor.toml": table})
        result = auditor("scan", tmp_path)
        assert result.returncode == 2
        assert words in " ".join(result.stderr.replace("│", " ").split())
        assert "Traceback" not in result.stderr


def test_the_documentation_shows_tables_that_a_scan_takes(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "exceptions.md").read_text("utf-8")
    tables = re.findall(r"^```toml\n(.*?)^```", page, re.M | re.S)
    assert len(tables) == 2
    write(tmp_path, {**BAD, "auditor.toml": "".join(tables), "auditor-exceptions.yaml": WAIVED})
    report = scan(tmp_path)
    assert report["cover"]["system"] == "Patient records"
    assert statuses(report) == {"waived"}
