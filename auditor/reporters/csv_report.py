"""The findings as a table for a spreadsheet: RFC 4180, UTF-8, one row per finding."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from auditor.model.evidence import ReportedException
from auditor.model.report import Finding, Report
from auditor.patterns import lazy

from .plain import visible
from .view import open_findings, set_aside

_Row = TypeVar("_Row")
_Pair = tuple[Finding, ReportedException | None]

# What makes a spreadsheet take a cell for a formula; the full-width forms count too in some.
_FORMULA: Final = lazy("[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")

_COLUMNS: Final[Mapping[str, Callable[[_Pair], object]]] = {
    "fingerprint": lambda row: row[0].fingerprint,
    "status": lambda row: row[0].status,
    "severity": lambda row: row[0].severity,
    "confidence": lambda row: row[0].confidence,
    "check_id": lambda row: row[0].check_id,
    "title": lambda row: row[0].title,
    "component": lambda row: row[0].component,
    "technology": lambda row: row[0].technology,
    "path": lambda row: row[0].path,
    "line": lambda row: row[0].line,
    "column": lambda row: row[0].column,
    "message": lambda row: row[0].message,
    "expected": lambda row: row[0].expected,
    "remediation": lambda row: row[0].remediation,
    "category": lambda row: row[0].category,
    "also_categories": lambda row: "; ".join(row[0].also_categories),
    "citations": lambda row: "; ".join(f"{c.id} ({c.designation}, {c.strength})" for c in row[0].citations),
    "cwe": lambda row: row[0].cwe and f"CWE-{row[0].cwe}",
    "first_seen": lambda row: row[0].first_seen,
    "change": lambda row: row[0].change,
    "exception": lambda row: row[0].exception,
    "exception_type": lambda row: row[1] and row[1].type,
    "exception_expires": lambda row: row[1] and row[1].expires,
}


def render(report: Report) -> str:
    """Return a header and one row per finding, open ones first; a cell that looks like a formula gets an apostrophe."""
    exceptions = {exception.id: exception for exception in report.exceptions}
    findings = [*open_findings(report), *set_aside(report)]
    return table(_COLUMNS, [(finding, exceptions.get(finding.exception or "")) for finding in findings])


def table(columns: Mapping[str, Callable[[_Row], object]], rows: Iterable[_Row]) -> str:
    """Return a header and a line for each row, in which no cell is a formula."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(columns)
    for row in rows:
        lines.writerow(_cell(value(row)) for value in columns.values())
    return text.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    return visible(f"'{value}" if _FORMULA.match(value) else value)
