"""A summary for a pull request, in GitHub's and GitLab's Markdown, in which no scanned text acts as markup."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, get_args

from auditor.model.evidence import FindingChange, Gone, GoneFinding, ReportedException
from auditor.model.report import Finding, Report
from auditor.patterns import lazy

from .plain import SET_ASIDE, one_line, short_fix
from .view import DIAGNOSTIC_KINDS, FILE_STATUSES, LIMITS, SEVERITIES, open_findings, plural, score_line, set_aside

MAX_CHARACTERS: Final = 60_000
"""Room for findings: GitHub refuses a comment of more than 65,536 characters."""

_NEWS: Final = frozenset({"new", "new by rule change", "reopened"})
_GONE: Final[Mapping[Gone, str]] = {
    "fixed": "fixed",
    "rule change": "gone by rule change",
    "not evaluated": "not evaluated any more",
}
_PUNCTUATION: Final = lazy(r"([!-/:-@\[-`{-~])")
_BACKTICKS: Final = lazy("`+")


def render(report: Report) -> str:
    """Return the summary and the findings, most urgent first; those that do not fit are counted.

    Where the report was compared with another run, what is new or came back leads.
    """
    open_now = open_findings(report)
    lines = [
        f"## {_prose(report.tool.name)}: {_headline(report)}",
        "",
        f"| {' | '.join(SEVERITIES)} |",
        f"|{' ---: |' * len(SEVERITIES)}",
        f"| {' | '.join(str(sum(finding.severity == name for finding in open_now)) for name in SEVERITIES)} |",
        "",
        *_changes(report),
        _files(report),
        *_diagnostics(report),
    ]
    room = MAX_CHARACTERS - sum(len(line) + 1 for line in lines)
    left_out = 0
    exceptions = {exception.id: exception for exception in report.exceptions}
    fixes = {check.id: check.fix for check in report.checks}
    for heading, items in _sections(report):
        shown: list[str] = []
        room -= len(heading) + 6
        for item in items:
            entry = _gone(item) if isinstance(item, GoneFinding) else _finding(item, fixes, exceptions)
            room -= len(entry) + 2
            if room < 0:
                break
            shown += ["", entry]
        left_out += len(items) - len(shown) // 2
        if shown:
            lines += ["", f"### {heading}", *shown] if heading else shown
    if left_out:
        lines += ["", f"{plural(left_out, 'further finding')}, listed in the other formats."]
    return "\n".join([*lines, "", LIMITS, ""])


def _headline(report: Report) -> str:
    open_now = open_findings(report)
    counted = plural(len(open_now), "open finding")
    if report.changes is None:
        return counted
    return f"{sum(map(_is_news, open_now))} new or reopened of {counted}"


def _is_news(finding: Finding) -> bool:
    return finding.change in _NEWS


def _changes(report: Report) -> Iterator[str]:
    if report.changes is None:
        return
    of_findings = Counter(finding.change for finding in report.findings)
    of_gone = Counter(gone.gone for gone in report.changes.gone)
    counts = [
        *(f"{of_findings[change]} {change}" for change in get_args(FindingChange)),
        *(f"{of_gone[gone]} {words}" for gone, words in _GONE.items()),
    ]
    yield f"Since {_prose(report.changes.finished)}: {', '.join(counts)}."
    if report.changes.checks_changed:
        yield "The checks or the program changed since, so that a difference need not be the system's."
    yield ""


def _sections(report: Report) -> Iterator[tuple[str, Sequence[Finding | GoneFinding]]]:
    """Yield headings with what stands below them; "" is no heading."""
    open_now = open_findings(report)
    if report.changes is None:
        yield "", [*open_now, *set_aside(report)]
        return
    yield "New and reopened", [finding for finding in open_now if _is_news(finding)]
    yield "Open before", [finding for finding in open_now if not _is_news(finding)]
    yield "Set aside", set_aside(report)
    yield "No longer found", report.changes.gone


def _gone(gone: GoneFinding) -> str:
    place = _code(f"{gone.path}:{gone.line}")
    return f"- {_GONE[gone.gone]}: **{gone.severity.upper()}** {_prose(gone.title)}: {place}"


def _files(report: Report) -> str:
    summary = report.summary
    files = ", ".join(f"{summary.files.get(status, 0)} {status}" for status in FILE_STATUSES)
    aside = set_aside(report)
    waived = sum(finding.status == "waived" for finding in aside)
    counted = f"; set aside: {waived} by exception, {len(aside) - waived} in the baseline" if aside else ""
    return f"Score: {score_line(report)}. Files: {files}{counted}."


def _diagnostics(report: Report) -> Iterator[str]:
    if not report.diagnostics:
        return
    yield from ("", f"{plural(len(report.diagnostics), 'problem')} of the scan:", "")
    room = MAX_CHARACTERS // 4
    for number, diagnostic in enumerate(report.diagnostics):
        place = diagnostic.path if diagnostic.line is None else f"{diagnostic.path}:{diagnostic.line}"
        line = f"- {_code(place)}: {DIAGNOSTIC_KINDS[diagnostic.kind].lower()}: {_code(diagnostic.message)}"
        room -= len(line)
        if room < 0:
            yield f"- and {len(report.diagnostics) - number} more"
            return
        yield line


def _finding(finding: Finding, fixes: Mapping[str, str], exceptions: Mapping[str, ReportedException]) -> str:
    notes: list[str] = [SET_ASIDE[finding.status]] if finding.status in SET_ASIDE else []
    notes += [finding.change] if finding.change else []
    notes += [f"first seen {_prose(finding.first_seen)}"] if finding.first_seen else []
    told = f" ({', '.join(notes)})" if notes else ""
    owner = f", {_code(finding.component)}" if finding.component else ""
    cited = ", ".join(f"{_prose(citation.id)} ({citation.designation})" for citation in finding.citations)
    parts = [
        f"- **{finding.severity.upper()}**{told} {_prose(finding.title)}: {_code(f'{finding.path}:{finding.line}')}",
        _code(finding.message),
        *(f"See also {_code(f'{place.path}:{place.line}: {place.message}')}" for place in finding.related),
    ]
    if (exception := exceptions.get(finding.exception or "")) is not None:
        end = f" until {_prose(exception.expires)}" if exception.expires else ""
        about = f"{_code(exception.id)} ({exception.type}, {exception.status}{end})"
        parts.append(f"Exception {about}: {_code(exception.justification)}")
    if advice := short_fix(finding.remediation, fixes.get(finding.check_id, "")):
        parts.append(f"Fix: {_code(advice)}")
    parts.append(f"{_code(finding.check_id)}{owner}, confidence {finding.confidence}, {_prose(finding.category)}")
    if cited:
        parts[-1] += f": {cited}"
    return "  \n  ".join(part for part in parts if part)


def _prose(text: str) -> str:
    """Escape all punctuation, so that no markup, HTML or entity is left.

    Mentions and links by a bare address are made after Markdown: text that may hold them goes into `_code`.
    """
    shown = one_line(text)
    return _code(shown) if re.search(r"[@#]|://|www\.", shown) else _PUNCTUATION.sub(r"\\\1", shown)


def _code(text: str) -> str:
    """Return a code span, in which nothing is markup, a mention or a link."""
    shown = one_line(text)
    longest = max((len(run) for run in _BACKTICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {shown} {fence}" if shown else ""
