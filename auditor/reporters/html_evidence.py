"""What the HTML report files as evidence: changes, control matrix, exceptions, plan, what was not assessed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from auditor.model.evidence import ControlStatus, GoneFinding, MatrixRow, NotAssessed, ReportedException
from auditor.model.report import Citation, Finding, Report, SeverityName
from auditor.records import dataclass

from .html_findings import component_of
from .view import open_findings

_SOON: Final = 30
STATUS_WORDS: Final[dict[ControlStatus, str]] = {
    "not satisfied": "An open finding bears on the paragraph, or on one of its implementation specifications.",
    "exception": "Every deviation found is set aside by a recorded exception.",
    "no deviation detected": "At least one check tested the very mechanism and none of the checks found a deviation. "
    "It is no statement that the paragraph is met.",
    "not assessed": "Nothing can be said: no check bears on it, nothing that was scanned is what the checks look at, "
    "or configuration files cannot show it.",
    "not applicable": "The organisation recorded a reason why the paragraph does not apply to it.",
}
WHY_WORDS: Final[dict[NotAssessed, tuple[str, str]]] = {
    "no input": (
        "No input",
        "Checks exist, but what was scanned lacks, or does not settle, what they look at.",
    ),
    "no check": ("No check", "No check tests the mechanism that the paragraph asks for."),
    "organisational": ("Organisational", "A matter of people, contracts, premises or policy: needs other evidence."),
}


@dataclass(frozen=True)
class ChangeCounts:
    """How the findings stand to the run compared with; changes of the rules are counted apart."""

    new: int
    reopened: int
    fixed: int
    updated: int
    unchanged: int
    new_by_rule: int
    gone_by_rule: int
    not_evaluated: int
    gone: Sequence[GoneFinding]


@dataclass(frozen=True)
class MatrixSection:
    """The paragraphs of one section of the regulation."""

    id: str
    rows: Sequence[MatrixRow]


@dataclass(frozen=True)
class Exemption:
    """An exception with how long it still holds at the time of the scan (days; None without a readable end)."""

    exception: ReportedException
    days_left: int | None
    findings: Sequence[Finding]

    @property
    def state(self) -> str:
        """The state in words."""
        status, days = self.exception.status, self.days_left
        if status != "active" or days is None:
            return status.capitalize()
        return f"Active, ends in {days} day{'' if days == 1 else 's'}"

    @property
    def ends_soon(self) -> bool:
        """Whether an active exception ends within 30 days."""
        return self.exception.status == "active" and self.days_left is not None and self.days_left <= _SOON


@dataclass(frozen=True)
class Plan:
    """A weakness of the remediation plan: the open findings of one check."""

    check_id: str
    title: str
    severity: SeverityName
    citations: Sequence[Citation]
    assets: Sequence[str]
    count: int
    first_seen: str | None


@dataclass(frozen=True)
class Unassessed:
    """Paragraphs that were not assessed for one reason."""

    title: str
    meaning: str
    reason: str
    rows: Sequence[MatrixRow]


def changes(report: Report) -> ChangeCounts | None:
    """Return what changed since the run compared with, None if there is none."""
    if report.changes is None:
        return None
    here = Counter(finding.change for finding in report.findings)
    gone = Counter(finding.gone for finding in report.changes.gone)
    return ChangeCounts(
        new=here["new"],
        reopened=here["reopened"],
        fixed=gone["fixed"],
        updated=here["updated"],
        unchanged=here["unchanged"],
        new_by_rule=here["new by rule change"],
        gone_by_rule=gone["rule change"],
        not_evaluated=gone["not evaluated"],
        gone=report.changes.gone,
    )


def matrix_sections(report: Report) -> list[MatrixSection]:
    """Return the paragraphs by section (§164.308 and so on) in the order of the regulation."""
    sections: dict[str, list[MatrixRow]] = {}
    for row in report.matrix:
        sections.setdefault(row.id.partition("(")[0], []).append(row)
    return [MatrixSection(section, rows) for section, rows in sections.items()]


def matrix_counts(report: Report) -> list[tuple[str, str, int]]:
    """Return each status with what it means and its number of paragraphs."""
    counts = Counter(row.status for row in report.matrix)
    return [(status, meaning, counts[status]) for status, meaning in STATUS_WORDS.items()]


def exemptions(report: Report) -> list[Exemption]:
    """Return the exceptions, those that need attention first."""
    order = ("expired", "incomplete", "unused", "active")
    findings = {finding.fingerprint: finding for finding in report.findings}
    today = _date(report.scan.finished)
    made: list[Exemption] = []
    for exception in report.exceptions:
        end = _date(exception.expires or "")
        days = (end - today).days if end and today else None
        held = [findings[fingerprint] for fingerprint in exception.findings if fingerprint in findings]
        made.append(Exemption(exception, days, held))
    return sorted(made, key=lambda e: (order.index(e.exception.status), e.exception.expires or "", e.exception.id))


def _date(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def plans(report: Report) -> list[Plan]:
    """Return one row per check with open findings, the most urgent first."""
    found: dict[str, list[Finding]] = {}
    for finding in open_findings(report):
        found.setdefault(finding.check_id, []).append(finding)
    return [
        Plan(
            check_id=check_id,
            title=findings[0].title,
            severity=findings[0].severity,
            citations=list({citation.id: citation for f in findings for citation in f.citations}.values()),
            assets=list(dict.fromkeys(component_of(finding) for finding in findings)),
            count=len(findings),
            first_seen=min((f.first_seen for f in findings if f.first_seen), default=None),
        )
        for check_id, findings in found.items()
    ]


def not_assessed(rows: Sequence[MatrixRow]) -> list[Unassessed]:
    """Return the paragraphs that were not assessed by why and reason, then those that do not apply."""
    made: list[Unassessed] = []
    for why, (title, meaning) in WHY_WORDS.items():
        made += _by_reason(title, meaning, [row for row in rows if row.why == why])
    does_not_apply = [row for row in rows if row.status == "not applicable"]
    return made + _by_reason("Not applicable", STATUS_WORDS["not applicable"], does_not_apply)


def _by_reason(title: str, meaning: str, rows: Iterable[MatrixRow]) -> list[Unassessed]:
    groups: dict[str, list[MatrixRow]] = {}
    for row in rows:
        groups.setdefault(row.reason, []).append(row)
    return [Unassessed(title, meaning, reason, group) for reason, group in groups.items()]
