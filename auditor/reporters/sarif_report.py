"""The findings as SARIF 2.1.0 (OASIS standard), for code scanning and editors."""

from collections.abc import Mapping
from typing import Any, Final

from auditor.model.report import CheckInfo, Report, ScanDiagnostic, SeverityName
from auditor.patterns import lazy

from .encode import as_json
from .plain import first_sentence, utc_time
from .sarif_results import LEVELS, MAX_RESULTS, Results, message, uri
from .sarif_taxonomies import Taxonomies
from .view import DIAGNOSTIC_KINDS, LIMITS, plural

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# Middle of the ranges by which GitHub names a score: over 9.0 critical, from 7.0 high, from 4.0 medium.
_SCORES: Final[Mapping[SeverityName, str]] = {
    "critical": "9.5",
    "high": "8.0",
    "medium": "5.5",
    "low": "2.0",
    "info": "0.1",
}
_LEFT_OUT: Final = "left-out"
_NOTIFICATIONS: Final[Mapping[str, str]] = {**DIAGNOSTIC_KINDS, _LEFT_OUT: "Findings were left out of this file"}
_GUID: Final = lazy(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def render(report: Report) -> str:
    """Return the SARIF log: one run, every finding one result; those set aside are suppressed.

    What is gone since the run compared with is a result too, with the state `absent`.
    """
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(report).run()]})


class _Run:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._taxonomies = Taxonomies(report)
        found = {finding.path for finding in report.findings}
        self._files = [
            file for file in report.coverage.files if file.status in {"parsed", "partial"} or file.path in found
        ]
        artifacts = {file.path: place for place, file in enumerate(self._files)}
        self._results = Results(report, self._taxonomies, artifacts)

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
                        {"id": kind, "shortDescription": {"text": text}} for kind, text in _NOTIFICATIONS.items()
                    ],
                    "properties": {"checksDigest": report.tool.checks_digest},
                }
            },
            "taxonomies": self._taxonomies.components(),
            **self._identity(),
            "invocations": [self._invocation()],
            "columnKind": "unicodeCodePoints",
            "artifacts": [
                {
                    "location": {"uri": uri(file.path)},
                    "length": file.bytes,
                    **({"hashes": {"sha-256": file.sha256}} if file.sha256 else {}),
                }
                for file in self._files
            ],
            "results": self._results.all(),
            "properties": self._properties(),
        }

    def _identity(self) -> dict[str, Any]:
        """Name the run and the one compared with; GitHub takes the text before the last slash for a category."""
        report = self._report
        scan = report.scan
        place = "/".join(part for part in (report.tool.name, scan.profile, scan.environment) if part)
        guid = {"guid": report.report_id} if _GUID.fullmatch(report.report_id) else {}
        compared = report.changes.report_id if report.changes else ""
        return {
            "automationDetails": {"id": f"{place}/{report.report_id}", **guid},
            **({"baselineGuid": compared} if _GUID.fullmatch(compared) else {}),
        }

    def _properties(self) -> dict[str, Any]:
        report, summary = self._report, self._report.summary
        return {
            "reportId": report.report_id,
            "profile": report.scan.profile,
            "targets": list(report.scan.targets),
            "score": summary.score,
            "scoreEarned": summary.earned,
            "scorePossible": summary.possible,
            "coveragePercent": summary.coverage_percent,
            "paragraphsAssessed": summary.assessed,
            "paragraphsAssessable": summary.assessable,
            "inputsDigest": report.integrity.inputs,
            "profileDigest": report.integrity.profile,
            "exceptionsDigest": report.integrity.exceptions,
        }

    def _rule(self, check: CheckInfo) -> dict[str, Any]:
        parts = [check.why, f"## Fix\n\n{check.fix}" if check.fix else ""]
        if check.references:
            parts.append("\n".join(["## References", "", *(f"- {reference}" for reference in check.references)]))
        help_text = "\n\n".join(part for part in parts if part) or check.title
        tags = ["security", check.category, check.control]
        if check.cwe is not None:
            tags.append(f"external/cwe/cwe-{check.cwe:03}")  # the form from which GitHub makes a link
        return {
            "id": check.id,
            "name": "".join(word.capitalize() for word in check.id.split("-")),
            "shortDescription": {"text": message(check.title)},
            "fullDescription": {"text": message(first_sentence(check.why) or check.title)},
            "help": {"text": help_text, "markdown": help_text},
            "defaultConfiguration": {"level": LEVELS[check.severity]},
            "relationships": self._taxonomies.relationships(check),
            "properties": {"tags": list(dict.fromkeys(tags)), "security-severity": _SCORES[check.severity]},
        }

    def _invocation(self) -> dict[str, Any]:
        report = self._report
        complete = all(diagnostic.kind != "check-error" for diagnostic in report.diagnostics) and all(
            file.status != "unreadable" for file in report.coverage.files
        )
        times = {"startTimeUtc": utc_time(report.scan.started), "endTimeUtc": utc_time(report.scan.finished)}
        notifications = [self._notification(diagnostic) for diagnostic in report.diagnostics]
        if self._results.left_out:
            text = (
                f"{plural(self._results.left_out, 'finding')} of the lowest urgency are left out: code scanning takes "
                f"{MAX_RESULTS:,} results of a run. The JSON result has all of them."
            )
            notifications.append({"descriptor": _descriptor(_LEFT_OUT), "level": "warning", "message": {"text": text}})
        return {
            "executionSuccessful": complete,
            **{name: time for name, time in times.items() if time},
            "toolExecutionNotifications": notifications,
        }

    def _notification(self, diagnostic: ScanDiagnostic) -> dict[str, Any]:
        region = None if diagnostic.line is None else {"startLine": diagnostic.line}
        return {
            "descriptor": _descriptor(diagnostic.kind),
            "level": "warning" if diagnostic.kind == "limit" else "error",
            "message": {"text": message(f"{DIAGNOSTIC_KINDS[diagnostic.kind]}: {diagnostic.message}")},
            "locations": [self._results.location(diagnostic.path, region)],
        }


def _descriptor(kind: str) -> dict[str, Any]:
    return {"id": kind, "index": list(_NOTIFICATIONS).index(kind)}
