"""The findings as a plan of action and milestones for a spreadsheet: one row per finding, most urgent first.

The columns are those of FedRAMP's POA&M template as far as a scan has something to say or people something to fill in.
The id of a row is the finding's fingerprint, which is the same in every run. Owner, dates and milestones stay blank
until a person fills them in; what an exception says of a finding was filled in by a person.
"""

from collections.abc import Callable, Mapping
from typing import Final

from auditor.model.evidence import ReportedException
from auditor.model.report import Finding, Report

from .csv_report import table
from .plain import SET_ASIDE
from .view import open_findings, set_aside

Row = tuple[Finding, ReportedException | None, Report]


def _blank(_: Row) -> str:
    return ""


def _controls(row: Row) -> str:
    return "; ".join(citation.id for citation in row[0].citations)


def _plan(row: Row) -> str:
    finding, exception, _ = row
    return exception.measure if exception and exception.measure else finding.remediation


def _rationale(row: Row) -> str:
    exception = row[1]
    if exception is None:
        return ""
    considered = f"; considered: {exception.alternative_considered}" if exception.alternative_considered else ""
    return f"{exception.type}: {exception.justification}{considered}"


def _comments(row: Row) -> str:
    finding, exception, _ = row
    parts = [f"expected: {finding.expected}"] if finding.expected else []
    if finding.status == "baseline":
        parts.append(SET_ASIDE[finding.status])
    if finding.change:
        parts.append(f"change: {finding.change}")
    if exception:
        end = f", until {exception.expires}" if exception.expires else ""
        parts.append(f"exception {exception.id}{end} ({exception.status})")
        parts += [f"ticket {exception.ticket}"] if exception.ticket else []
    return "; ".join(parts)


_COLUMNS: Final[Mapping[str, Callable[[Row], object]]] = {
    "POA&M ID": lambda row: row[0].fingerprint,
    "Controls": _controls,
    "Weakness Name": lambda row: row[0].title,
    "Weakness Description": lambda row: row[0].message,
    "Weakness Detector Source": lambda row: f"{row[2].tool.name} {row[2].tool.version}",
    "Weakness Source Identifier": lambda row: row[0].check_id,
    "Asset Identifier": lambda row: f"{row[0].component or ''} {row[0].path}:{row[0].line}".strip(),
    "Point of Contact": lambda row: row[1].owner if row[1] else "",
    "Resources Required": _blank,
    "Overall Remediation Plan": _plan,
    "Original Detection Date": lambda row: (row[0].first_seen or "")[:10],
    "Scheduled Completion Date": _blank,
    "Planned Milestones": _blank,
    "Milestone Changes": _blank,
    "Status Date": lambda row: row[2].scan.finished[:10],
    "Original Risk Rating": lambda row: row[0].severity,
    "Adjusted Risk Rating": _blank,
    "False Positive": lambda row: "Yes" if row[1] and row[1].type == "false-positive" else "No",
    "Operational Requirement": lambda row: "Yes" if row[1] and row[1].type == "not-reasonable-documented" else "No",
    "Deviation Rationale": _rationale,
    "Comments": _comments,
}


def render(report: Report) -> str:
    """Return a header and one row per finding: open ones first, then those that are set aside."""
    exceptions = {exception.id: exception for exception in report.exceptions}
    findings = [*open_findings(report), *set_aside(report)]
    rows: list[Row] = [(finding, exceptions.get(finding.exception or ""), report) for finding in findings]
    return table(_COLUMNS, rows)
