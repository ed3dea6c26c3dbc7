"""Exit codes, and how a result decides on one."""

from enum import IntEnum

from auditor.model.report import Report
from auditor.model.severity import Severity


class Exit(IntEnum):
    """What the process returns; precedence 2, 130, 4, 1, 3, 0."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    NOTHING = 3
    INCOMPLETE = 4
    INTERRUPTED = 130


def exit_code(report: Report, fail_on: Severity | None) -> Exit:
    """Return the exit code of a finished scan; `fail_on` None: findings never fail it."""
    if any(diagnostic.kind == "check-error" for diagnostic in report.diagnostics) or any(
        file.status == "unreadable" for file in report.coverage.files
    ):
        return Exit.INCOMPLETE
    if fail_on is not None and any(
        finding.status == "open" and Severity(finding.severity) >= fail_on and finding.confidence != "low"
        for finding in report.findings
    ):
        return Exit.FINDINGS
    if not any(file.status in {"parsed", "partial"} for file in report.coverage.files):
        return Exit.NOTHING
    return Exit.CLEAN
