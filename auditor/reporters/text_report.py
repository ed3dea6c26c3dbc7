"""The report for a terminal: by component, with code frames, at any width, with or without colour.

Mild findings of one check in many places, such as three for every container, stand together after the components.
"""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from auditor.model.report import Finding, Report, SeverityName

from .plain import one_line, short_fix, visible
from .view import (
    DIAGNOSTIC_KINDS,
    FILE_STATUSES,
    LIMITS,
    SEVERITIES,
    ComponentFindings,
    by_component,
    not_evaluated,
    open_findings,
    plural,
    score_line,
    set_aside,
)

_MIN_WIDTH: Final = 40
_REASONS_SHOWN: Final = 5
_MILD: Final = frozenset({"low", "info"})
_FEW: Final = 3
"""How many mild findings of one check are shown one by one."""
_BOLD: Final = "1"
_DIM: Final = "2"
_SEVERITY_STYLE: Final[dict[SeverityName, str]] = {
    "critical": "1;97;41",
    "high": "1;31",
    "medium": "1;33",
    "low": "36",
    "info": "2",
}


def render(report: Report, *, colour: bool = False, width: int = 80) -> str:
    """Return the report as text of at most `width` columns (40 at least); a path is never broken."""
    return "\n".join(_Text(colour=colour, width=max(width, _MIN_WIDTH)).report(report)) + "\n"


class _Text:
    def __init__(self, *, colour: bool, width: int) -> None:
        self._colour = colour
        self._width = width

    def report(self, report: Report) -> Iterator[str]:
        tool, scan = report.tool, report.scan
        yield self._style(_BOLD, f"{one_line(tool.name)} {one_line(tool.version)}")
        yield from self._wrap(f"Scanned {', '.join(scan.targets)} with the profile {scan.profile}")
        titles = {category.id: category.title for category in report.categories}
        fixes = {check.id: check.fix for check in report.checks}
        repeated = _repeated(report)
        together = {finding.fingerprint for findings in repeated for finding in findings}
        for group in by_component(report):
            alone = [finding for finding in group.findings if finding.fingerprint not in together]
            if alone:
                yield ""
                yield from self._component(replace(group, findings=alone), titles, fixes)
        if repeated:
            yield ""
            yield from self._in_many_places(repeated, titles, fixes)
        yield ""
        yield from self._summary(report, titles)
        yield from self._diagnostics(report)
        yield from self._unevaluated(report)
        yield ""
        for line in self._wrap(LIMITS):
            yield self._style(_DIM, line)

    def _component(self, group: ComponentFindings, titles: dict[str, str], fixes: dict[str, str]) -> Iterator[str]:
        component = group.component
        yield self._style(_DIM, "─" * self._width)
        yield from (self._style(_BOLD, line) for line in self._wrap(group.name))
        if component is not None:
            version = f" {component.version}" if component.version else ""
            origin = f" ({component.origin})" if component.origin != component.technology else ""
            yield from self._wrap(
                f"{component.technology}{version}{origin}, declared at {component.at.path}:{component.at.line}"
            )
            if component.exposure:
                yield from self._wrap(f"Exposure: {component.exposure}")
        for finding in group.findings:
            yield ""
            yield from self._finding(finding, titles, fixes.get(finding.check_id, ""))

    def _in_many_places(
        self, repeated: Sequence[Sequence[Finding]], titles: dict[str, str], fixes: dict[str, str]
    ) -> Iterator[str]:
        yield self._style(_DIM, "─" * self._width)
        yield self._style(_BOLD, "In many places")
        for findings in repeated:
            first = findings[0]
            yield ""
            yield from self._heading(first, f"{first.title} ({plural(len(findings), 'finding')})")
            if advice := short_fix("", fixes.get(first.check_id, "")):
                yield from self._wrap(advice, first="  Fix: ", indent="       ")
            lines: dict[str, list[int]] = {}
            for finding in findings:
                lines.setdefault(finding.path, []).append(finding.line)
            for path, numbers in lines.items():
                shown = ", ".join(str(number) for number in sorted(set(numbers)))
                yield from self._wrap(f"{path}:{shown}", first="  at ", indent="       ")
            yield from self._facts(first, titles)

    def _heading(self, finding: Finding, title: str) -> Iterator[str]:
        label = finding.severity.upper()
        first, *rest = self._wrap(title, first=" " * (len(label) + 3), indent=" " * (len(label) + 3))
        yield f"{self._style(_SEVERITY_STYLE[finding.severity], f' {label} ')} {self._style(_BOLD, first.lstrip())}"
        yield from (self._style(_BOLD, line) for line in rest)

    def _finding(self, finding: Finding, titles: dict[str, str], fix: str) -> Iterator[str]:
        yield from self._heading(finding, finding.title)
        yield f"  {self._style(_DIM, 'at')} {one_line(finding.path)}:{finding.line}"
        for line in finding.frame:
            yield self._frame_line(line.line, line.text, marked=line.marked)
        yield from self._wrap(finding.message, first="  ", indent="  ")
        if advice := short_fix(finding.remediation, fix):
            yield from self._wrap(advice, first="  Fix: ", indent="       ")
        for place in finding.related:
            yield from self._wrap(f"{place.path}:{place.line}: {place.message}", first="  See also ", indent="    ")
        yield from self._facts(finding, titles)

    def _facts(self, finding: Finding, titles: dict[str, str]) -> Iterator[str]:
        category = titles.get(finding.category, finding.category)
        cited = ", ".join(f"{citation.id} ({citation.designation})" for citation in finding.citations)
        facts = f"{finding.check_id} · confidence {finding.confidence} · {category} · {cited}"
        for text in self._wrap(facts, first="  ", indent="  "):
            yield self._style(_DIM, text)

    def _frame_line(self, number: int, text: str, *, marked: bool) -> str:
        start = f"  {'>' if marked else ' '} {number:>4} | "
        room = self._width - len(start)
        shown = visible(text.expandtabs(4).rstrip().replace("\n", " "))
        if len(shown) > room:
            shown = shown[: room - 1] + "…"
        return self._style(_BOLD if marked else _DIM, (start + shown).rstrip())

    def _summary(self, report: Report, titles: dict[str, str]) -> Iterator[str]:
        summary = report.summary
        yield self._style(_DIM, "─" * self._width)
        yield self._style(_BOLD, "Summary")
        counts = (f"{summary.by_severity.get(name, 0)} {name}" for name in SEVERITIES)
        yield from self._row("Findings", ", ".join(counts))
        named = (f"{titles.get(name, name)} {count}" for name, count in summary.by_category.items() if count)
        yield from self._row("Categories", ", ".join(named) or "none")
        if aside := Counter(finding.status for finding in set_aside(report)):
            yield from self._row(
                "Set aside", f"{aside['waived']} by exception, {aside['baseline']} in the baseline; not counted above"
            )
        files = ", ".join(f"{summary.files.get(status, 0)} {status}" for status in FILE_STATUSES)
        yield from self._row("Files", files)
        yield from self._row(
            "Judged", f"{plural(summary.components, 'component')} by {plural(summary.checks_run, 'check')}"
        )
        yield from self._row("Score", score_line(report))

    def _diagnostics(self, report: Report) -> Iterator[str]:
        if not report.diagnostics:
            return
        yield ""
        yield self._style(_BOLD, "Problems of the scan")
        for diagnostic in report.diagnostics:
            place = diagnostic.path if diagnostic.line is None else f"{diagnostic.path}:{diagnostic.line}"
            kind = DIAGNOSTIC_KINDS[diagnostic.kind].lower()
            yield from self._wrap(f"{place}: {kind}: {diagnostic.message}", first="  ", indent="    ")

    def _unevaluated(self, report: Report) -> Iterator[str]:
        reasons: Counter[str] = Counter()
        for group in not_evaluated(report.results):
            reasons[group.reason] += len(group.checks)
        if not reasons:
            return
        yield ""
        yield self._style(_BOLD, "Not evaluated, because the files do not tell")
        for reason, count in reasons.most_common(_REASONS_SHOWN):
            yield from self._wrap(f"{plural(count, 'result')}: {reason}", first="  ", indent="    ")
        if len(reasons) > _REASONS_SHOWN:
            yield f"  and {plural(len(reasons) - _REASONS_SHOWN, 'further reason')}, listed in the other formats"

    def _row(self, name: str, value: str) -> Iterator[str]:
        return iter(self._wrap(value, first=f"  {name:<11}", indent=" " * 13))

    def _wrap(self, text: str, first: str = "", indent: str = "") -> list[str]:
        wrapped = textwrap.wrap(
            one_line(text),
            self._width,
            initial_indent=first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return wrapped or [first]

    def _style(self, style: str, text: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self._colour else text


def _repeated(report: Report) -> list[list[Finding]]:
    """Return the mild findings of each check that has more than a few of one severity, the most severe first."""
    groups: dict[tuple[str, SeverityName], list[Finding]] = {}
    for finding in open_findings(report):
        if finding.severity in _MILD:
            groups.setdefault((finding.check_id, finding.severity), []).append(finding)
    return [findings for findings in groups.values() if len(findings) > _FEW]
