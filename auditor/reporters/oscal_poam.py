"""The findings as an OSCAL plan of action and milestones (NIST, 1.2.1): an item for each finding.

Owners, milestones and dates are for people to fill in. An item's id and its risk's are those of every other run of the
same system, so that what was filled in can be carried over.
"""

from typing import Any, Final

from auditor.model.evidence import GoneFinding
from auditor.model.report import Finding, Report

from .oscal_records import Records
from .oscal_terms import NAMESPACE, document, line, metadata, plain, properties, run_id, subject_id
from .view import LIMITS, open_findings, set_aside

_NOTHING: Final = {
    "title": "Nothing to plan",
    "description": "The scan has no finding. OSCAL demands an item; this one stands for none.",
}


def render(report: Report) -> str:
    """Return the document, open findings first, then those set aside, then what is gone since the last run."""
    records = Records(report)
    findings = [*open_findings(report), *set_aside(report)]
    gone = report.changes.gone if report.changes else ()
    abouts: list[Finding | GoneFinding] = [*findings, *gone]
    items = [_item(about, report, records) for about in abouts]
    system = report.cover.system or ", ".join(report.scan.targets)
    return document(
        "plan-of-action-and-milestones",
        {
            "uuid": run_id(report, "plan-of-action-and-milestones"),
            "metadata": {
                **metadata(report, "Configuration audit: plan of action and milestones"),
                "remarks": LIMITS,
            },
            "system-id": {"identifier-type": NAMESPACE, "id": plain(system)},
            "local-definitions": records.definitions(),
            "observations": [records.observation(finding) for finding in findings],
            "risks": [*map(records.risk, findings), *map(records.ended_risk, gone)],
            "poam-items": items or [{"uuid": run_id(report, "nothing"), **_NOTHING}],
        },
    )


def _item(about: Finding | GoneFinding, report: Report, records: Records) -> dict[str, Any]:
    observation = run_id(report, "observation", about.fingerprint)
    described = about.message if isinstance(about, Finding) else f"No longer found: {about.gone}"
    return {
        "uuid": subject_id(report, "poam-item", about.fingerprint),
        "title": line(about.title),
        "description": line(described),
        "props": properties(
            check_id=about.check_id,
            fingerprint=about.fingerprint,
            severity=about.severity,
            place=f"{about.path}:{about.line}",
            first_seen=about.first_seen,
        ),
        "origins": records.origins,
        "related-observations": [{"observation-uuid": observation}] if isinstance(about, Finding) else [],
        "related-risks": [{"risk-uuid": subject_id(report, "risk", about.fingerprint)}],
    }
