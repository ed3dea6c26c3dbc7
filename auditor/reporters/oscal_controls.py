"""The control matrix in OSCAL: paragraphs that were assessed are findings, the others are excluded with a reason.

OSCAL knows "satisfied" and "not-satisfied" only. A paragraph without a deviation is written as satisfied; one whose
deviations are all set aside is not-satisfied with the reason "other".
"""

from typing import Any, Final

from auditor.model.evidence import ControlStatus, MatrixRow
from auditor.model.report import Report

from .oscal_records import Records
from .oscal_terms import NAMESPACE, control_id, line, properties, run_id, subject_id

_STATES: Final[dict[ControlStatus, tuple[str, str]]] = {
    "not satisfied": ("not-satisfied", "fail"),
    "no deviation detected": ("satisfied", "pass"),
    "exception": ("not-satisfied", "other"),
}


def reviewed(report: Report) -> dict[str, Any]:
    """Return the `reviewed-controls`; the reason for each exclusion is the remark of a property."""
    included = [row for row in report.matrix if row.status in _STATES]
    excluded = [row for row in report.matrix if row.status not in _STATES]
    selection: dict[str, Any] = (
        {"include-controls": [{"control-id": control_id(row.id)} for row in included]}
        if included
        else {"include-all": {}}
    )
    selection["exclude-controls"] = [{"control-id": control_id(row.id)} for row in excluded]
    selection["props"] = [_exclusion(row) for row in excluded]
    summary = report.summary
    share = f"{summary.assessed} of {summary.assessable} assessable paragraphs were assessed"
    return {
        "props": properties(regulation=report.regulation.citation, edition=report.regulation.edition),
        "control-selections": [selection],
        "remarks": f"{share}. What is excluded was not assessed or does not apply; properties give the reasons.",
    }


def _exclusion(row: MatrixRow) -> dict[str, Any]:
    return {
        "name": row.status.replace(" ", "-"),
        "ns": NAMESPACE,
        "value": control_id(row.id),
        "class": row.why and row.why.replace(" ", "-"),
        "remarks": line(row.reason or row.status),
    }


def findings(report: Report, records: Records) -> list[dict[str, Any]]:
    """Return a `finding` for each paragraph that was assessed, with the observations and risks that bear on it."""
    return [_finding(row, report, records) for row in report.matrix if row.status in _STATES]


def _finding(row: MatrixRow, report: Report, records: Records) -> dict[str, Any]:
    state, reason = _STATES[row.status]
    cited = [f.fingerprint for f in report.findings if any(citation.id == row.id for citation in f.citations)]
    observations = [{"observation-uuid": run_id(report, "observation", fingerprint)} for fingerprint in cited]
    risks = [{"risk-uuid": subject_id(report, "risk", fingerprint)} for fingerprint in cited]
    return {
        "uuid": run_id(report, "finding", row.id),
        "title": line(f"{row.id} {row.title}"),
        "description": line(f"{row.status}. {row.reason}"),
        "props": properties(
            paragraph=row.id,
            designation=row.designation,
            status=row.status,
            answers_passed=row.passed,
            answers_failed=row.failed,
            answers_not_evaluated=row.not_evaluated,
            open_findings=row.findings,
            excepted_findings=row.excepted,
        ),
        "origins": records.origins,
        "target": {
            "type": "statement-id",
            "target-id": f"{control_id(row.id)}_smt",
            "title": line(row.title),
            "status": {"state": state, "reason": reason, "remarks": line(row.status)},
        },
        "related-observations": observations,
        "related-risks": risks,
    }
