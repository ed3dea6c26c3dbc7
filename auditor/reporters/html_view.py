"""What the HTML templates show, put in order before they see it: groups, bars, anchors."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from auditor.model.report import (
    CategoryInfo,
    CheckInfo,
    ComponentSetting,
    CoveredFile,
    Finding,
    Report,
    ReportedComponent,
    SeverityName,
)

from .plain import visible
from .view import FILE_STATUSES, SEVERITIES, open_findings

PRIORITIES: Final = 5
SKIPPED_SHOWN: Final = 20
_BAR: Final = 100


@dataclass(frozen=True)
class Segment:
    """A part of a bar that is 100 units wide."""

    kind: str
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """A labelled row of a chart; the segments' lengths are relative to the longest bar."""

    id: str
    title: str
    total: int
    segments: Sequence[Segment]

    @property
    def described(self) -> str:
        """The bar in words, for who cannot see it."""
        parts = ", ".join(f"{segment.count} {segment.kind}" for segment in self.segments)
        return f"{self.title}: {parts or 'none'}"


@dataclass(frozen=True)
class CheckGroup:
    """The findings of one check within one category; `check` is None if the result does not describe it."""

    check_id: str
    title: str
    check: CheckInfo | None
    findings: Sequence[Finding]

    @property
    def remedies(self) -> Sequence[str]:
        """Remediation texts of the findings that the check's own fix does not already give."""
        known = " ".join(self.check.fix.split()) if self.check else ""
        texts = dict.fromkeys(finding.remediation.strip() for finding in self.findings)
        return [text for text in texts if " ".join(text.split()) not in known]


@dataclass(frozen=True)
class CategorySection:
    """The findings whose primary category this is."""

    info: CategoryInfo
    groups: Sequence[CheckGroup]

    @property
    def count(self) -> int:
        """Number of findings."""
        return sum(len(group.findings) for group in self.groups)


@dataclass(frozen=True)
class Priority:
    """The most urgent finding of a check, and how many more that check has."""

    finding: Finding
    others: int


@dataclass(frozen=True)
class SkippedFiles:
    """Files left out for one reason; `paths` are the first of them."""

    reason: str
    count: int
    paths: Sequence[str]


@dataclass(frozen=True)
class Judged:
    """A component with how many checks passed, failed and could not be evaluated."""

    component: ReportedComponent
    passed: int
    failed: int
    undecided: int

    @property
    def settings(self) -> Sequence[ComponentSetting]:
        """The settings that a file, the environment or the command line sets, then the defaults."""
        return sorted(self.component.settings, key=lambda setting: setting.path is None)


def anchor(text: str) -> str:
    """Return `text` as an element's id: a fingerprint is its own id unless it holds blanks or invisible signs."""
    return "_".join(visible(text).split())


def severity_bars(report: Report) -> list[Bar]:
    """Return one bar per severity, from the report's own counts."""
    counts = report.summary.by_severity
    longest = max([1, *counts.values()])
    return [Bar(s, s.title(), counts.get(s, 0), _segments({s: counts.get(s, 0)}, longest)) for s in SEVERITIES]


def category_bars(sections: Iterable[CategorySection]) -> list[Bar]:
    """Return one bar per category, divided by severity."""
    rows = [(section, Counter(f.severity for g in section.groups for f in g.findings)) for section in sections]
    longest = max([1, *(counts.total() for _, counts in rows)])
    return [
        Bar(
            section.info.id,
            section.info.title,
            counts.total(),
            _segments({severity: counts[severity] for severity in SEVERITIES}, longest),
        )
        for section, counts in rows
    ]


def coverage_bar(report: Report) -> Bar:
    """Return the files by status in one bar."""
    counts = {status: report.summary.files.get(status, 0) for status in FILE_STATUSES}
    total = sum(counts.values())
    return Bar("coverage", "Files", total, _segments(counts, max(1, total)))


def _segments(counts: Mapping[str, int] | Mapping[SeverityName, int], longest: int) -> list[Segment]:
    segments: list[Segment] = []
    x = 0.0
    for kind, count in counts.items():
        if count:
            width = round(_BAR * count / longest, 2)
            segments.append(Segment(kind, count, round(x, 2), width))
            x += width
    return segments


def sections(report: Report) -> list[CategorySection]:
    """Group the open findings by primary category in the profile's order, and by check within it."""
    checks = {check.id: check for check in report.checks}
    infos = {category.id: category for category in report.categories}
    grouped: dict[str, dict[str, list[Finding]]] = {category: {} for category in infos}
    for finding in open_findings(report):
        grouped.setdefault(finding.category, {}).setdefault(finding.check_id, []).append(finding)
    return [
        CategorySection(
            infos.get(category, CategoryInfo(id=category, title=category, definition="")),
            [
                CheckGroup(check_id, findings[0].title, checks.get(check_id), findings)
                for check_id, findings in groups.items()
            ],
        )
        for category, groups in grouped.items()
    ]


def priorities(report: Report) -> list[Priority]:
    """Return the most urgent findings, one per check."""
    first: dict[str, Finding] = {}
    found = open_findings(report)
    for finding in found:
        first.setdefault(finding.check_id, finding)
    counts = Counter(finding.check_id for finding in found)
    return [Priority(f, counts[f.check_id] - 1) for f in list(first.values())[:PRIORITIES]]


def listed_files(report: Report) -> list[CoveredFile]:
    """Return the files that belong to a technology or could not be read, those with problems first."""
    order = ("unreadable", "partial", "parsed", "skipped")
    files = [file for file in report.coverage.files if file.status != "skipped" or file.technology]
    return sorted(files, key=lambda file: (order.index(file.status), file.path))


def skipped_files(report: Report) -> list[SkippedFiles]:
    """Return the other files by the reason for leaving them out, the most frequent reason first."""
    groups: dict[str, list[str]] = {}
    for file in report.coverage.files:
        if file.status == "skipped" and not file.technology:
            groups.setdefault(file.reason, []).append(file.path)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return [SkippedFiles(reason, len(paths), sorted(paths)[:SKIPPED_SHOWN]) for reason, paths in ordered]


def judged(report: Report) -> list[Judged]:
    """Return the components with what the checks said of them."""
    counts = Counter((result.component, result.status) for result in report.results)
    return [
        Judged(c, counts[c.id, "pass"], counts[c.id, "fail"], counts[c.id, "not_evaluated"]) for c in report.components
    ]
