"""The answers of checks with the exceptions taken into account."""

from collections.abc import Iterator
from typing import Literal

from auditor.model.evidence import ReportedException
from auditor.model.report import Finding, Report, Result
from auditor.records import dataclass

Answer = Literal["pass", "fail", "excepted", "not_evaluated"]
Latitude = Literal["none", "specifications", "full"]
"""How far a paragraph leaves room for decisions (45 CFR 164.306(d)): a required specification or a standard that stands
alone leaves none, a standard with addressable specifications in these, an addressable specification in full."""
_MISTAKES = frozenset({"false-positive", "not-applicable"})
_ALTERNATIVES = frozenset({"alternative-measure", "not-reasonable-documented"})


@dataclass(frozen=True)
class Answers:
    """Every result with its findings and the exceptions of the report by id."""

    rows: tuple[tuple[Result, tuple[Finding, ...]], ...]
    exceptions: dict[str, ReportedException]

    def answer(self, result: Result, findings: tuple[Finding, ...], latitude: Latitude) -> Answer:
        """Return what a result counts as for a paragraph of this latitude.

        A failure is excepted if every one of its findings is. A finding of the baseline is none the less open.
        """
        if result.status != "fail":
            return result.status
        return "excepted" if findings and all(self.is_excepted(f, latitude) for f in findings) else "fail"

    def is_excepted(self, finding: Finding, latitude: Latitude) -> bool:
        """Tell whether an exception settles the finding.

        What is no deviation at all is settled everywhere. An alternative needs a paragraph with addressable
        specifications, an accepted risk an addressable specification itself; a comment beside the line, which has
        no owner and no end, settles nothing.
        """
        exception = self.exceptions.get(finding.exception or "")
        if finding.status != "waived" or exception is None:
            return False
        if exception.type in _ALTERNATIVES:
            return latitude != "none"
        return exception.type in _MISTAKES or (exception.type == "risk-accepted" and latitude == "full")


def answers_of(report: Report) -> Answers:
    """Bring each result together with its findings."""
    findings: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault((finding.check_id, finding.component or finding.path), []).append(finding)
    return Answers(tuple(_rows(report, findings)), {exception.id: exception for exception in report.exceptions})


def _rows(
    report: Report, findings: dict[tuple[str, str], list[Finding]]
) -> Iterator[tuple[Result, tuple[Finding, ...]]]:
    of_check: dict[str, list[Finding]] = {}
    for (check_id, _), group in findings.items():
        of_check.setdefault(check_id, []).extend(group)
    for result in report.results:
        if result.component == "*":  # a check over the whole estate
            yield result, tuple(of_check.get(result.check_id, ()))
        else:
            yield result, tuple(findings.get((result.check_id, result.component), ()))
