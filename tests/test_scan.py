from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.cli.exits import Exit, Gate, exit_code
from auditor.cli.profiles import find_profile
from auditor.model.report import Report
from auditor.model.severity import Severity
from auditor.packs import load_packs
from auditor.reporters.json_report import render
from auditor.scan import Options, audit, take_estate
from auditor.sources.directory import DirectoryTree
from auditor.sources.tree import Entry, MemoryTree

SAMPLE = Path(__file__).parents[1] / "samples" / "clinic-insecure"


def report_of(files: dict[str, str | bytes], jobs: int = 1) -> Report:
    return audit(MemoryTree(files), Options(pack=load_packs(), profile=find_profile("hipaa"), jobs=jobs)).report


class CountingTree:
    """Counts how often each file is read."""

    def __init__(self, tree: DirectoryTree) -> None:
        self.tree = tree
        self.reads: Counter[str] = Counter()
        self.walks = 0

    def entries(self) -> Iterator[Entry]:
        self.walks += 1
        return self.tree.entries()

    def read(self, path: str, limit: int) -> bytes:
        self.reads[path] += 1
        return self.tree.read(path, limit)

    def exists(self, path: str) -> bool:
        return self.tree.exists(path)


def test_one_walk_and_no_recognised_file_is_read_twice() -> None:
    tree = CountingTree(DirectoryTree(SAMPLE))
    estate = take_estate(tree)
    assert tree.walks == 1
    recognised = {item.entry.path for item in estate.examined if item.technology}
    assert len(recognised) > 10
    assert {path: count for path, count in tree.reads.items() if path in recognised and count > 1} == {}


def test_the_same_bytes_for_any_number_of_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    options = {jobs: Options(pack=load_packs(), profile=find_profile("hipaa"), jobs=jobs) for jobs in (1, 2, 7)}
    results = {render(audit(DirectoryTree(SAMPLE), option).report) for option in options.values()}
    assert len(results) == 1
    assert '"finished":"2023-11-14T22:13:20Z"' in next(iter(results)).replace(": ", ":")


def test_a_finding_below_tests_or_examples_is_medium_at_most_with_low_confidence() -> None:
    secret = "DB_PASSWORD=Rm7-quiet-Harbor-41\n"
    live, side = report_of({"deploy/.env": secret}).findings, report_of({"deploy/examples/.env": secret}).findings
    assert [(finding.severity, finding.confidence) for finding in live] == [("high", "high")]
    assert [(finding.severity, finding.confidence) for finding in side] == [("medium", "low")]


def test_findings_are_sorted_and_fingerprints_are_unique_and_do_not_move_with_lines() -> None:
    text = "A_PASSWORD=Rm7-quiet-Harbor-41\nB_PASSWORD=Zu4-loud-Meadow-93\n"
    before = report_of({".env": text}).findings
    after = report_of({".env": "# a comment\n\n" + text}).findings
    assert [finding.line for finding in before] == [1, 2]
    assert [finding.fingerprint for finding in before] == [finding.fingerprint for finding in after]
    assert len({finding.fingerprint for finding in before}) == 2


def test_every_finding_is_mapped_and_summed_once() -> None:
    report = audit(DirectoryTree(SAMPLE), Options(pack=load_packs(), profile=find_profile("hipaa"))).report
    categories = {category.id for category in report.categories}
    assert all(finding.category in categories and finding.citations for finding in report.findings)
    assert sum(report.summary.by_category.values()) == len(report.findings)
    assert sum(report.summary.by_severity.values()) == len(report.findings)


def test_exit_codes_in_their_order() -> None:
    clean = report_of({"README": "x"})
    assert exit_code(clean, Gate(fail_on=Severity.MEDIUM)) is Exit.NOTHING
    bad = report_of({".env": "DB_PASSWORD=Rm7-quiet-Harbor-41\n"})
    assert exit_code(bad, Gate(fail_on=Severity.HIGH)) is Exit.FINDINGS
    assert exit_code(bad, Gate(fail_on=Severity.CRITICAL)) is Exit.CLEAN
    assert exit_code(bad, Gate(fail_on=None)) is Exit.CLEAN
    low = report_of({"examples/.env": "DB_PASSWORD=Rm7-quiet-Harbor-41\n"})
    assert exit_code(low, Gate(fail_on=Severity.LOW)) is Exit.CLEAN, "low confidence does not fail a build"
    broken = report_of({".env": "DB_PASSWORD=Rm7-quiet-Harbor-41\n", "pod.yaml": "apiVersion: v1\nkind: Pod\n x: ["})
    assert exit_code(broken, Gate(fail_on=Severity.MEDIUM)) is Exit.INCOMPLETE


def test_a_technology_that_fails_costs_its_own_facts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> Iterator[object]:
        if arguments:
            raise RuntimeError("canary")
        yield from arguments

    monkeypatch.setattr("auditor.technologies.compose.Compose.facts", broken)
    report = report_of({"compose.yaml": "services: {a: {image: x}}\n", ".env": "DB_PASSWORD=Rm7-quiet-Harbor-41\n"})
    assert [finding.check_id for finding in report.findings] == ["secret-plaintext"]
    (diagnostic,) = report.diagnostics
    assert diagnostic.kind == "check-error"
    assert "RuntimeError" in diagnostic.message
    assert "canary" not in diagnostic.message
    assert exit_code(report, Gate(fail_on=None)) is Exit.INCOMPLETE


def test_a_parser_that_fails_costs_its_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("canary")

    monkeypatch.setattr("auditor.technologies.compose.Compose.parse", broken)
    report = report_of({"compose.yaml": "services: {a: {image: x}}\n", ".env": "DB_PASSWORD=Rm7-quiet-Harbor-41\n"})
    (diagnostic,) = report.diagnostics
    assert (diagnostic.path, diagnostic.kind) == ("compose.yaml", "parse-error")
    assert "canary" not in diagnostic.message
    assert report.findings
