"""What every output for people shows alike: names, orders and groups."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from auditor.model.report import Finding, Report, ReportedComponent, Result, SeverityName
from auditor.records import dataclass

SEVERITIES: Final[tuple[SeverityName, ...]] = ("critical", "high", "medium", "low", "info")
FILE_STATUSES: Final = ("parsed", "partial", "unreadable", "skipped")
DIAGNOSTIC_KINDS: Final[Mapping[str, str]] = {
    "parse-error": "Could not be read",
    "check-error": "A check failed",
    "limit": "A limit was reached",
}
_CONFIDENCES: Final = ("high", "medium", "low")
LIMITS: Final = (
    "This report lists settings found by reading configuration files at the time shown. It is not a HIPAA risk "
    "analysis, a legal opinion, an audit opinion or a certification, and it does not state that an organisation or "
    "system complies with the HIPAA Rules. That nothing was found is not evidence of compliance. What is marked "
    "not evaluated or not assessed, or is not listed, was not examined."
)


def urgency(finding: Finding) -> tuple[int, int, str, int, str]:
    """Sort key: most severe first, then most certain, then by place."""
    return (
        SEVERITIES.index(finding.severity),
        _CONFIDENCES.index(finding.confidence),
        finding.path,
        finding.line,
        finding.fingerprint,
    )


def open_findings(report: Report) -> list[Finding]:
    """Return the findings that are neither waived nor in the baseline, most urgent first."""
    return sorted((f for f in report.findings if f.status == "open"), key=urgency)


def set_aside(report: Report) -> list[Finding]:
    """Return the waived findings and those of the baseline, most urgent first."""
    return sorted((f for f in report.findings if f.status != "open"), key=urgency)


@dataclass(frozen=True)
class ComponentFindings:
    """The findings of one component; `component` is None for findings that belong to a file only."""

    name: str
    component: ReportedComponent | None
    findings: Sequence[Finding]


def by_component(report: Report) -> list[ComponentFindings]:
    """Group the open findings by component, the component with the most urgent finding first."""
    known = {component.id: component for component in report.components}
    groups: dict[tuple[bool, str], list[Finding]] = {}
    for finding in open_findings(report):
        owner = finding.component
        groups.setdefault((owner is not None, owner or finding.path), []).append(finding)
    return [
        ComponentFindings(name, known.get(name) if owned else None, findings)
        for (owned, name), findings in groups.items()
    ]


@dataclass(frozen=True)
class Unevaluated:
    """Checks of one component that could not be decided for one reason."""

    component: str
    reason: str
    checks: Sequence[str]


def not_evaluated(results: Iterable[Result]) -> list[Unevaluated]:
    """Group what was not evaluated by component and reason, in the order of the results."""
    groups: dict[tuple[str, str], list[str]] = {}
    for result in results:
        if result.status == "not_evaluated":
            groups.setdefault((result.component, result.reason), []).append(result.check_id)
    return [Unevaluated(component, reason, checks) for (component, reason), checks in groups.items()]


def score_line(report: Report) -> str:
    """Return the score, which never stands without its coverage, or that nothing was tested."""
    summary = report.summary
    share = f"{summary.assessed} of {summary.assessable} assessable paragraphs ({summary.coverage_percent} %)"
    if summary.score is None:
        return f"none: nothing was tested; coverage {share}"
    return f"{summary.score} of 100 over {share}"


def plural(count: int, noun: str) -> str:
    """Return for example "1 file" or "2 files"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
