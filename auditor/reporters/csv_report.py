"""The findings as a table for a spreadsheet: RFC 4180, UTF-8, one row per finding."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from typing import Final

from auditor.model.report import Finding, Report

from .plain import visible
from .view import open_findings, set_aside

# What makes a spreadsheet take a cell for a formula; the full-width forms count too in some.
_FORMULA: Final = re.compile("[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")

_COLUMNS: Final[Mapping[str, Callable[[Finding], object]]] = {
    "fingerprint": lambda finding: finding.fingerprint,
    "status": lambda finding: finding.status,
    "severity": lambda finding: finding.severity,
    "confidence": lambda finding: finding.confidence,
    "check_id": lambda finding: finding.check_id,
    "title": lambda finding: finding.title,
    "component": lambda finding: finding.component,
    "technology": lambda finding: finding.technology,
    "path": lambda finding: finding.path,
    "line": lambda finding: finding.line,
    "column": lambda finding: finding.column,
    "message": lambda finding: finding.message,
    "expected": lambda finding: finding.expected,
    "remediation": lambda finding: finding.remediation,
    "category": lambda finding: finding.category,
    "also_categories": lambda finding: "; ".join(finding.also_categories),
    "citations": lambda finding: "; ".join(f"{c.id} ({c.designation}, {c.strength})" for c in finding.citations),
    "cwe": lambda finding: finding.cwe and f"CWE-{finding.cwe}",
    "first_seen": lambda finding: finding.first_seen,
}


def render(report: Report) -> str:
    """Return a header and one row per finding, open ones first; a cell that looks like a formula gets an apostrophe."""
    table = io.StringIO(newline="")
    rows = csv.writer(table, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for finding in (*open_findings(report), *set_aside(report)):
        rows.writerow(_cell(value(finding)) for value in _COLUMNS.values())
    return table.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    return visible(f"'{value}" if _FORMULA.match(value) else value)
