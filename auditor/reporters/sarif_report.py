"""The findings as SARIF 2.1.0 (OASIS standard), for code scanning and editors."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from auditor.model.report import CheckInfo, Finding, Report, ScanDiagnostic, SeverityName

from .encode import as_json
from .plain import first_sentence
from .sarif_taxonomies import Taxonomies
from .view import DIAGNOSTIC_KINDS, LIMITS

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final[Mapping[SeverityName, str]] = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
    "info": "note",
}
# Middle of the ranges by which GitHub names a score: over 9.0 critical, from 7.0 high, from 4.0 medium.
_SCORES: Final[Mapping[SeverityName, str]] = {
    "critical": "9.5",
    "high": "8.0",
    "medium": "5.5",
    "low": "2.0",
    "info": "0.1",
}
_STRAY: Final = re.compile("[\ud800-\udfff]")
_LINK: Final = re.compile(r"\](?=\()")


def render(report: Report) -> str:
    """Return the SARIF log: one run, every finding one result; waived ones and those of the baseline suppressed."""
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(report).run()]})


class _Run:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._taxonomies = Taxonomies(report)
        self._rules = {check.id: place for place, check in enumerate(report.checks)}
        found = {finding.path for finding in report.findings}
        self._files = [
            file for file in report.coverage.files if file.status in {"parsed", "partial"} or file.path in found
        ]
        self._artifacts = {file.path: place for place, file in enumerate(self._files)}

    def run(self) -> dict[str, Any]:
        report = self._report
        return {
            "tool": {
                "driver": {
                    "name": report.tool.name,
                    "version": report.tool.version,
                    "fullDescription": {"text": LIMITS},
                    "supportedTaxonomies": self._taxonomies.supported(),
                    "rules": [self._rule(check) for check in report.checks],
                    "notifications": [
                        {"id": kind, "shortDescription": {"text": text}} for kind, text in DIAGNOSTIC_KINDS.items()
                    ],
                    "properties": {"checksDigest": report.tool.checks_digest},
                }
            },
            "taxonomies": self._taxonomies.components(),
            "invocations": [self._invocation()],
            "columnKind": "unicodeCodePoints",
            "artifacts": [
                {
                    "location": {"uri": _uri(file.path)},
                    "length": file.bytes,
                    **({"hashes": {"sha-256": file.sha256}} if file.sha256 else {}),
                }
                for file in self._files
            ],
            "results": [self._result(finding) for finding in report.findings],
            "properties": {
                "profile": report.scan.profile,
                "targets": list(report.scan.targets),
                "coveragePercent": report.summary.coverage_percent,
            },
        }

    def _rule(self, check: CheckInfo) -> dict[str, Any]:
        parts = [check.why, f"## Fix\n\n{check.fix}" if check.fix else ""]
        if check.references:
            parts.append("\n".join(["## References", "", *(f"- {reference}" for reference in check.references)]))
        help_text = "\n\n".join(part for part in parts if part) or check.title
        return {
            "id": check.id,
            "name": "".join(word.capitalize() for word in check.id.split("-")),
            "shortDescription": {"text": _message(check.title)},
            "fullDescription": {"text": _message(first_sentence(check.why) or check.title)},
            "help": {"text": help_text, "markdown": help_text},
            "defaultConfiguration": {"level": _LEVELS[check.severity]},
            "relationships": self._taxonomies.relationships(check.category, check.citations),
            "properties": {
                "tags": list(dict.fromkeys(["security", check.category, check.control])),
                "security-severity": _SCORES[check.severity],
            },
        }

    def _result(self, finding: Finding) -> dict[str, Any]:
        rule = self._rules.get(finding.check_id)
        suppressed = [] if finding.status == "open" else [{"kind": "external", "justification": finding.status}]
        return {
            "ruleId": finding.check_id,
            **({"ruleIndex": rule} if rule is not None else {}),
            "level": _LEVELS[finding.severity],
            "message": {"text": _message(finding.message)},
            "locations": [self._location(finding.path, _region(finding))],
            "relatedLocations": [
                {
                    "id": number,
                    **self._location(at.path, {"startLine": at.line}),
                    "message": {"text": _message(at.message)},
                }
                for number, at in enumerate(finding.related, 1)
            ],
            "partialFingerprints": {"auditor/v1": finding.fingerprint},
            "suppressions": suppressed,
            "taxa": self._taxonomies.taxa(finding),
            "properties": {
                "severity": finding.severity,
                "confidence": finding.confidence,
                "category": finding.category,
                "component": finding.component,
                "expected": finding.expected,
                "cwe": finding.cwe,
                "citations": [
                    {"id": citation.id, "designation": citation.designation, "strength": citation.strength}
                    for citation in finding.citations
                ],
            },
        }

    def _location(self, path: str, region: Mapping[str, int] | None) -> dict[str, Any]:
        place = self._artifacts.get(path)
        artifact = {"uri": _uri(path), **({"index": place} if place is not None else {})}
        return {"physicalLocation": {"artifactLocation": artifact, **({"region": region} if region else {})}}

    def _invocation(self) -> dict[str, Any]:
        report = self._report
        complete = all(diagnostic.kind != "check-error" for diagnostic in report.diagnostics) and all(
            file.status != "unreadable" for file in report.coverage.files
        )
        return {
            "executionSuccessful": complete,
            "startTimeUtc": report.scan.started,
            "endTimeUtc": report.scan.finished,
            "toolExecutionNotifications": [self._notification(diagnostic) for diagnostic in report.diagnostics],
        }

    def _notification(self, diagnostic: ScanDiagnostic) -> dict[str, Any]:
        region = None if diagnostic.line is None else {"startLine": diagnostic.line}
        kinds = list(DIAGNOSTIC_KINDS)
        return {
            "descriptor": {"id": diagnostic.kind, "index": kinds.index(diagnostic.kind)},
            "level": "warning" if diagnostic.kind == "limit" else "error",
            "message": {"text": _message(f"{DIAGNOSTIC_KINDS[diagnostic.kind]}: {diagnostic.message}")},
            "locations": [self._location(diagnostic.path, region)],
        }


def _region(finding: Finding) -> dict[str, int]:
    """Return the place; SARIF's end column is the one after the last character."""
    region = {"startLine": finding.line, "startColumn": finding.column}
    if finding.end_line and finding.end_column:
        region |= {"endLine": finding.end_line, "endColumn": finding.end_column + 1}
    return region


def _uri(path: str) -> str:
    """Return a relative reference; a stray byte of a name is written out, as in the JSON result."""
    return quote(_STRAY.sub(lambda match: f"\\u{ord(match[0]):04x}", path))


def _message(text: str) -> str:
    """Return text in which no viewer finds an embedded link (`[text](target)`, SARIF 2.1.0 §3.11.6)."""
    return _LINK.sub(r"] ", text)
