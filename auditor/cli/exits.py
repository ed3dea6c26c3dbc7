"""Exit codes, and how a result decides on one."""

from enum import IntEnum

from auditor.model.report import Finding, Report
from auditor.model.severity import Severity
from auditor.records import dataclass


class Exit(IntEnum):
    """What the process returns; precedence 2, 130, 4, 1, 3, 0."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    NOTHING = 3
    INCOMPLETE = 4
    INTERRUPTED = 130


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What fails a run.

    `fail_on` is the lowest severity that does, None for none. With `new_only` a finding counts only if it is new or
    reopened; where there is no former run to compare with, all are new. `coverage` is the least percentage of
    assessable paragraphs that must have been assessed.
    """

    fail_on: Severity | None
    new_only: bool = False
    coverage: int = 0

    def fails(self, finding: Finding) -> bool:
        """Tell whether the finding fails the run."""
        return (
            self.fail_on is not None
            and finding.status == "open"
            and Severity(finding.severity) >= self.fail_on
            and finding.confidence != "low"
            and (not self.new_only or finding.change in {None, "new", "reopened"})
        )


def exit_code(report: Report, gate: Gate) -> Exit:
    """Return the exit code of a finished scan."""
    if (
        any(diagnostic.kind == "check-error" for diagnostic in report.diagnostics)
        or any(file.status == "unreadable" for file in report.coverage.files)
        or report.summary.coverage_percent < gate.coverage
    ):
        return Exit.INCOMPLETE
    if any(gate.fails(finding) for finding in report.findings):
        return Exit.FINDINGS
    if not any(file.status in {"parsed", "partial"} for file in report.coverage.files):
        return Exit.NOTHING
    return Exit.CLEAN
