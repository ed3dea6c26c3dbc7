"""The open findings in GitLab's Code Quality format (a subset of the Code Climate engine specification)."""

from collections.abc import Mapping
from typing import Final

from auditor.model.report import Report, SeverityName

from .encode import as_json
from .plain import one_line
from .view import open_findings

# The format has no word for a finding that was accepted, so those under an exception or in the baseline are left out.
_SEVERITIES: Final[Mapping[SeverityName, str]] = {
    "critical": "blocker",
    "high": "critical",
    "medium": "major",
    "low": "minor",
    "info": "info",
}


def render(report: Report) -> str:
    """Return a JSON array with one object per open finding, most urgent first."""
    return as_json(
        [
            {
                "description": one_line(f"{finding.title}: {finding.message}"),
                "check_name": finding.check_id,
                "fingerprint": finding.fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": {"path": finding.path, "lines": {"begin": finding.line}},
            }
            for finding in open_findings(report)
        ]
    )
