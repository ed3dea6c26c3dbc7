"""CSV: what a reader of RFC 4180 gets back, and no formula."""

import csv
import io

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.report import Report
from auditor.reporters.csv_report import render
from tests.reporters.reports import FINDINGS, clinic, empty, rewrite


def _rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(report), newline=""), strict=True))


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]) | st.just("\n"), max_size=12))
def test_every_finding_is_one_row(nasty: str) -> None:
    report = rewrite(clinic(), lambda _, text: text + nasty)
    rows = {row["fingerprint"]: row for row in _rows(report)}
    assert len(rows) == len(_rows(report)) == len(report.findings)
    for finding in report.findings:
        row = rows[finding.fingerprint]
        assert (row["path"], row["line"], row["message"]) == (finding.path, str(finding.line), finding.message)
        assert (row["status"], row["severity"], row["check_id"]) == (finding.status, finding.severity, finding.check_id)
        assert row["component"] == (finding.component or "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_is_a_formula(start: str) -> None:
    report = rewrite(clinic(), lambda _, text: f'{start}HYPERLINK("https://example.org";"x"){text}')
    cells = [cell for row in _rows(report) for cell in row.values()]
    assert sum(cell.startswith("'") for cell in cells) >= 10 * len(FINDINGS)
    assert not [cell for cell in cells if cell.startswith(start)]


def test_the_form_is_that_of_rfc_4180() -> None:
    found = msgspec.structs.replace(FINDINGS[0], message='one, "two"\nthree')
    text = render(msgspec.structs.replace(clinic(), findings=(found,)))
    assert text.startswith("fingerprint,status,severity,confidence,check_id,")
    assert ',"one, ""two""\nthree",' in text
    assert text.count("\r\n") == 2
    assert render(empty()).count("\r\n") == 1


def test_open_findings_come_first_and_the_mapping_is_told() -> None:
    rows = _rows(clinic())
    assert [row["status"] for row in rows] == ["open"] * 9 + ["waived"]
    redis = next(row for row in rows if row["cwe"])
    assert redis["cwe"] == "CWE-306"
    assert redis["citations"] == "164.312(d) (standard, direct); 164.312(a)(2)(i) (required, supports)"
    assert redis["first_seen"] == "2026-10-02"
    waived = rows[-1]
    assert (waived["exception"], waived["exception_type"], waived["exception_expires"]) == (
        "EX-1",
        "false-positive",
        "2026-12-31",
    )
