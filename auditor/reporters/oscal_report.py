"""The result as OSCAL assessment results (NIST, 1.2.1), for governance tools and auditors."""

from typing import Any

from auditor.model.report import Report, ScanDiagnostic

from . import json_report, oscal_controls
from .oscal_records import Records
from .oscal_terms import address, document, line, metadata, plain, properties, reference, run_id, time
from .view import DIAGNOSTIC_KINDS, LIMITS


def render(report: Report) -> str:
    """Return the document: every finding an observation and a risk, every assessed paragraph a finding."""
    records = Records(report)
    return document(
        "assessment-results",
        {
            "uuid": run_id(report, "assessment-results"),
            "metadata": {**metadata(report, "Configuration audit: assessment results"), "remarks": LIMITS},
            "import-ap": {"href": f"#{run_id(report, 'plan')}"},
            "results": [_result(report, records)],
            "back-matter": {"resources": [_plan(report), *_inputs(report)]},
        },
    )


def _result(report: Report, records: Records) -> dict[str, Any]:
    gone = report.changes.gone if report.changes else ()
    log = [_entry(number, diagnostic, report) for number, diagnostic in enumerate(report.diagnostics)]
    summary = report.summary
    return {
        "uuid": run_id(report, "result"),
        "title": "Settings found in configuration files",
        "description": "What reading the configuration files showed, by paragraph of the Security Rule.",
        "start": time(report.scan.started),
        "end": time(report.scan.finished),
        "props": properties(
            profile=report.scan.profile,
            score=summary.score,
            coverage_percent=summary.coverage_percent,
            result_sha256=json_report.digest(report),
            inputs_sha256=report.integrity.inputs,
            profile_sha256=report.integrity.profile,
            exceptions_sha256=report.integrity.exceptions,
        ),
        "local-definitions": records.definitions(),
        "reviewed-controls": oscal_controls.reviewed(report),
        "assessment-log": {"entries": log} if log else None,
        "observations": [records.observation(finding) for finding in report.findings],
        "risks": [*map(records.risk, report.findings), *map(records.ended_risk, gone)],
        "findings": oscal_controls.findings(report, records),
    }


def _entry(number: int, diagnostic: ScanDiagnostic, report: Report) -> dict[str, Any]:
    """Return something that went wrong as an entry of the log."""
    path, row = diagnostic.path, diagnostic.line
    place = address(path) if row is None else reference(path, row)
    return {
        "uuid": run_id(report, "diagnostic", str(number)),
        "title": DIAGNOSTIC_KINDS[diagnostic.kind],
        "description": line(f"{diagnostic.path}: {diagnostic.message}"),
        "start": time(report.scan.finished),
        "links": [{"href": place, "rel": "reference"}],
    }


def _plan(report: Report) -> dict[str, Any]:
    """Return the resource that stands for the assessment plan, which OSCAL demands."""
    return {
        "uuid": run_id(report, "plan"),
        "title": "Assessment plan: static analysis of configuration files",
        "description": (
            "Every configuration file below the targets is read; each check compares the settings in force of every "
            "component it is about. Nothing is executed, and no running system is asked."
        ),
        "props": properties(profile=report.scan.profile, targets=", ".join(report.scan.targets)),
    }


def _inputs(report: Report) -> list[dict[str, Any]]:
    """Return the resource that names every file read with its digest, if there are any."""
    files = [
        {
            "href": address(file.path),
            "hashes": [{"algorithm": "SHA-256", "value": plain(file.sha256)}],
        }
        for file in report.coverage.files
        if file.sha256 is not None
    ]
    if not files:
        return []
    return [{"uuid": run_id(report, "inputs"), "title": "Files of the scan", "rlinks": files}]
