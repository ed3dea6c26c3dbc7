"""The results of a SARIF run: a finding each, and one each for what is gone since the run compared with."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from auditor.model.evidence import FindingChange, GoneFinding, ReportedException
from auditor.model.report import Finding, Report, SeverityName
from auditor.patterns import lazy

from .plain import utc_time
from .sarif_taxonomies import Taxonomies
from .view import urgency

MAX_RESULTS: Final = 25_000
"""GitHub refuses a run with more results ("SARIF support for code scanning", read in November 2026)."""
MAX_PLACES: Final = 1_000
"""GitHub refuses a result with more locations (the same page); the finding's own place is one of them."""
LEVELS: Final[Mapping[SeverityName, str]] = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
    "info": "note",
}
# SARIF has no word for a finding that came back: it was not in the run compared with, so it is new to it.
_BASELINE_STATES: Final[Mapping[FindingChange, str]] = {
    "new": "new",
    "new by rule change": "new",
    "reopened": "new",
    "unchanged": "unchanged",
    "updated": "updated",
}
_STRAY: Final = lazy("[\ud800-\udfff]")
_LINK: Final = lazy(r"\](?=\()")


class Results:
    """The results of a report in the order of its findings, then what is gone, as many as GitHub takes.

    `left_out` counts the findings beyond that, the least urgent ones.
    """

    def __init__(self, report: Report, taxonomies: Taxonomies, artifacts: Mapping[str, int]) -> None:
        self._taxonomies = taxonomies
        self._artifacts = artifacts
        self._rules = {check.id: place for place, check in enumerate(report.checks)}
        self._exceptions = {exception.id: exception for exception in report.exceptions}
        order = sorted(range(len(report.findings)), key=lambda place: urgency(report.findings[place]))
        self._findings = [report.findings[place] for place in sorted(order[:MAX_RESULTS])]
        self._gone = report.changes.gone[: MAX_RESULTS - len(self._findings)] if report.changes else ()
        self.left_out = len(report.findings) - len(self._findings)

    def all(self) -> list[dict[str, Any]]:
        """Return the `results` of the run."""
        return [*map(self._of_finding, self._findings), *map(self._of_gone, self._gone)]

    def location(self, path: str, region: Mapping[str, int] | None) -> dict[str, Any]:
        """Return a `location`, with the index of its file among the artifacts if it is one of them."""
        place = self._artifacts.get(path)
        artifact = {"uri": uri(path), **({"index": place} if place is not None else {})}
        return {"physicalLocation": {"artifactLocation": artifact, **({"region": region} if region else {})}}

    def _of_finding(self, finding: Finding) -> dict[str, Any]:
        shown = finding.related[: MAX_PLACES - 1]
        first_seen = utc_time(finding.first_seen)
        return {
            **self._head(finding, message(finding.message)),
            "locations": [self.location(finding.path, _region(finding))],
            "relatedLocations": [
                {
                    "id": number,
                    **self.location(at.path, {"startLine": at.line}),
                    "message": {"text": message(at.message)},
                }
                for number, at in enumerate(shown, 1)
            ],
            **({"baselineState": _BASELINE_STATES[finding.change]} if finding.change else {}),
            **({"provenance": {"firstDetectionTimeUtc": first_seen}} if first_seen else {}),
            "suppressions": self._suppressions(finding),
            "taxa": self._taxonomies.taxa(finding),
            "properties": {
                "severity": finding.severity,
                "confidence": finding.confidence,
                "status": finding.status,
                "category": finding.category,
                "component": finding.component,
                "expected": finding.expected,
                "cwe": finding.cwe,
                "citations": [
                    {"id": citation.id, "designation": citation.designation, "strength": citation.strength}
                    for citation in finding.citations
                ],
                **({"change": finding.change} if finding.change else {}),
                **({"relatedLeftOut": len(finding.related) - len(shown)} if len(finding.related) > len(shown) else {}),
            },
        }

    def _of_gone(self, gone: GoneFinding) -> dict[str, Any]:
        first_seen = utc_time(gone.first_seen)
        return {
            **self._head(gone, message(f"No longer found ({gone.gone}): {gone.title}")),
            "locations": [self.location(gone.path, {"startLine": gone.line})],
            "baselineState": "absent",
            **({"provenance": {"firstDetectionTimeUtc": first_seen}} if first_seen else {}),
            "properties": {"severity": gone.severity, "component": gone.component, "gone": gone.gone},
        }

    def _head(self, about: Finding | GoneFinding, text: str) -> dict[str, Any]:
        rule = self._rules.get(about.check_id)
        return {
            "ruleId": about.check_id,
            **({"ruleIndex": rule} if rule is not None else {}),
            "level": LEVELS[about.severity],
            "message": {"text": text},
            "partialFingerprints": {"auditor/v1": about.fingerprint},
        }

    def _suppressions(self, finding: Finding) -> list[dict[str, Any]]:
        if finding.status == "open":
            return []
        exception = self._exceptions.get(finding.exception or "")
        if exception is None:
            why = "in the baseline" if finding.status == "baseline" else "set aside"
            return [{"kind": "external", "status": "accepted", "justification": why}]
        return [self._suppression(exception)]

    def _suppression(self, exception: ReportedException) -> dict[str, Any]:
        told = (
            "id",
            "type",
            "owner",
            "approver",
            "measure",
            "alternative_considered",
            "ticket",
            "created",
            "expires",
            "note",
        )
        return {
            "kind": "inSource" if exception.type == "inline" else "external",
            "status": "accepted" if exception.status == "active" else "underReview",
            "justification": exception.justification,
            "location": self.location(exception.path, {"startLine": exception.line}),
            "properties": {name: value for name in told if (value := getattr(exception, name))},
        }


def _region(finding: Finding) -> dict[str, int]:
    """Return the place; SARIF's end column is the one after the last character."""
    region = {"startLine": finding.line, "startColumn": finding.column}
    if finding.end_line and finding.end_column:
        region |= {"endLine": finding.end_line, "endColumn": finding.end_column + 1}
    return region


def uri(path: str) -> str:
    """Return a relative reference; a stray byte of a name is written out, as in the JSON result."""
    return quote(_STRAY.sub(lambda match: f"\\u{ord(match[0]):04x}", path))


def message(text: str) -> str:
    """Return text in which no viewer finds an embedded link (`[text](target)`, SARIF 2.1.0 §3.11.6)."""
    return _LINK.sub(r"] ", text)
