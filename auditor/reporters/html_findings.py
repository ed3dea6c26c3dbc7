"""The findings of the HTML report: one group for each check, and what they can be filtered by."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from auditor.model.evidence import ReportedException
from auditor.model.report import CheckInfo, Citation, Finding, RelatedPlace, Report
from auditor.records import dataclass

from .html_text import words
from .view import SEVERITIES, open_findings, set_aside, urgency

PRIORITIES: Final = 5
_NAMED: Final = 3
STATUSES: Final[Mapping[str, str]] = {"open": "Open", "waived": "Exception", "baseline": "In the baseline"}
CHANGES: Final = ("new", "reopened", "new by rule change", "updated", "unchanged")


@dataclass(frozen=True)
class Option:
    """A value of a facet with its name and the number of findings that have it."""

    value: str
    title: str
    count: int


@dataclass(frozen=True)
class Facet:
    """Something that findings can be filtered by; `several` where more than one value can be wanted at once."""

    name: str
    title: str
    several: bool
    options: Sequence[Option]


@dataclass(frozen=True)
class Entry:
    """A finding with its places in the facets.

    `facets` holds, for each facet in order, the number of the finding's option, or several joined by points.
    """

    finding: Finding
    facets: str
    exception: ReportedException | None

    @property
    def related(self) -> Sequence[RelatedPlace]:
        """The related places that are not shown as uses of a shared secret."""
        group = self.finding.group
        uses = {(use.path, use.line) for use in group.uses} if group else set[tuple[str, int]]()
        return [place for place in self.finding.related if (place.path, place.line) not in uses]


@dataclass(frozen=True)
class CheckGroup:
    """The findings of one check, open ones first; `check` is None if the result does not describe it."""

    check_id: str
    check: CheckInfo | None
    entries: Sequence[Entry]
    remedies: Sequence[str]
    citations: Sequence[Citation]

    @property
    def lead(self) -> Finding:
        """The most urgent finding."""
        return self.entries[0].finding

    @property
    def where(self) -> str:
        """The first components in which it was found."""
        names = list(dict.fromkeys(component_of(entry.finding) for entry in self.entries))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return ", ".join(names[:_NAMED]) + more

    @property
    def open(self) -> int:
        """Number of findings that nothing sets aside."""
        return sum(entry.finding.status == "open" for entry in self.entries)


@dataclass(frozen=True)
class Priority:
    """The most urgent finding of a check, and how many more that check has."""

    finding: Finding
    others: int


def priorities(report: Report) -> list[Priority]:
    """Return the most urgent findings, one per check; of equally urgent ones that with the most places first."""
    first: dict[str, Finding] = {}
    found = open_findings(report)
    for finding in found:
        first.setdefault(finding.check_id, finding)
    counts = Counter(finding.check_id for finding in found)
    ranked = sorted(first.values(), key=lambda finding: (*urgency(finding)[:2], -counts[finding.check_id]))
    return [Priority(finding, counts[finding.check_id] - 1) for finding in ranked[:PRIORITIES]]


def groups(report: Report, facets: Sequence[Facet]) -> list[CheckGroup]:
    """Return a group for each check that found something, the most urgent first, those set aside last."""
    checks = {check.id: check for check in report.checks}
    exceptions = {exception.id: exception for exception in report.exceptions}
    places = [{option.value: str(n) for n, option in enumerate(facet.options)} for facet in facets]
    found: dict[str, list[Finding]] = {}
    for finding in (*open_findings(report), *set_aside(report)):
        found.setdefault(finding.check_id, []).append(finding)
    made: list[CheckGroup] = []
    for check_id, findings in found.items():
        check = checks.get(check_id)
        entries = [
            Entry(
                finding,
                " ".join(
                    ".".join(numbers[value] for value in _VALUES[facet.name](finding))
                    for facet, numbers in zip(facets, places, strict=True)
                ),
                exceptions.get(finding.exception or ""),
            )
            for finding in findings
        ]
        citations = check.citations if check else findings[0].citations
        made.append(CheckGroup(check_id, check, entries, _remedies(check, findings), citations))
    return made


def _remedies(check: CheckInfo | None, findings: Iterable[Finding]) -> list[str]:
    """Return remediation texts of the findings that the check's own fix does not already give."""
    known = " ".join(check.fix.split()) if check else ""
    texts = dict.fromkeys(finding.remediation.strip() for finding in findings)
    return [text for text in texts if text and " ".join(text.split()) not in known]


def component_of(finding: Finding) -> str:
    """Return the component, or the file of a finding that belongs to none."""
    return finding.component or finding.path


# Every finding has at least one value of each facet: what it lacks is a value of its own, so that it can be asked for.
_NONE: Final = "none"
_VALUES: Final[Mapping[str, Callable[[Finding], Sequence[str]]]] = {
    "severity": lambda finding: [finding.severity],
    "status": lambda finding: [finding.status],
    "category": lambda finding: [finding.category],
    "control": lambda finding: [finding.control],
    "technology": lambda finding: [finding.technology or _NONE],
    "component": lambda finding: [component_of(finding)],
    "citation": lambda finding: list(dict.fromkeys(c.id for c in finding.citations)) or [_NONE],
    "change": lambda finding: [finding.change or _NONE],
}


def facets(report: Report) -> list[Facet]:
    """Return what the findings of a report can be filtered by; the change only where there is one."""
    counts = {name: Counter(v for f in report.findings for v in values(f)) for name, values in _VALUES.items()}
    categories = {category.id: category.title for category in report.categories}
    citations = {row.id: f"§{row.id} {row.title}" for row in report.matrix}
    titles = {c.id: f"§{c.id} {c.title}" for f in report.findings for c in f.citations if c.id not in citations}

    def facet(
        name: str, title: str, known: Mapping[str, str], *, several: bool = False, naming: Callable[[str], str] = str
    ) -> Facet:
        found = counts[name]
        names = {**known, **{value: naming(value) for value in sorted(found) if value not in known}}
        return Facet(name, title, several, [Option(v, named, found[v]) for v, named in names.items() if found[v]])

    made = [
        facet("severity", "Severity", {s: s.title() for s in SEVERITIES}, several=True),
        facet("status", "Status", STATUSES, several=True),
        facet("category", "Category", categories),
        facet("control", "Control", {}, naming=words),
        facet("technology", "Technology", {}),
        facet("component", "Component", {}),
        facet("citation", "Paragraph", {**citations, **titles, _NONE: "No paragraph"}),
        facet("change", "Change", {**{c: words(c) for c in CHANGES}, _NONE: "Not compared"}),
    ]
    return [facet for facet in made if facet.name != "change" or report.changes or set(counts["change"]) != {_NONE}]
