"""A summary for a pull request, in GitHub's and GitLab's Markdown, in which no scanned text acts as markup."""

import re
from collections.abc import Iterator
from typing import Final

from auditor.model.report import Finding, Report

from .plain import one_line, short_fix
from .view import DIAGNOSTIC_KINDS, FILE_STATUSES, LIMITS, SEVERITIES, open_findings, plural, score_line, set_aside

MAX_CHARACTERS: Final = 60_000
"""Room for findings: GitHub refuses a comment of more than 65,536 characters."""

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_BACKTICKS: Final = re.compile("`+")


def render(report: Report) -> str:
    """Return the summary and the findings, most urgent first; those that do not fit are counted."""
    open_now = open_findings(report)
    lines = [
        f"## {_prose(report.tool.name)}: {plural(len(open_now), 'open finding')}",
        "",
        f"| {' | '.join(SEVERITIES)} |",
        f"|{' ---: |' * len(SEVERITIES)}",
        f"| {' | '.join(str(sum(finding.severity == name for finding in open_now)) for name in SEVERITIES)} |",
        "",
        _files(report),
        *_diagnostics(report),
    ]
    fixes = {check.id: check.fix for check in report.checks}
    room = MAX_CHARACTERS - sum(len(line) + 1 for line in lines)
    shown = 0
    findings = [*open_now, *set_aside(report)]
    for finding in findings:
        item = _finding(finding, fixes.get(finding.check_id, ""))
        room -= len(item) + 2
        if room < 0:
            break
        lines += ["", item]
        shown += 1
    if shown < len(findings):
        lines += ["", f"{plural(len(findings) - shown, 'further finding')}, listed in the other formats."]
    return "\n".join([*lines, "", LIMITS, ""])


def _files(report: Report) -> str:
    summary = report.summary
    files = ", ".join(f"{summary.files.get(status, 0)} {status}" for status in FILE_STATUSES)
    aside = set_aside(report)
    waived = sum(finding.status == "waived" for finding in aside)
    counted = f"; set aside: {waived} waived, {len(aside) - waived} in the baseline" if aside else ""
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


def _finding(finding: Finding, fix: str) -> str:
    status = "" if finding.status == "open" else f" ({finding.status})"
    owner = f", {_code(finding.component)}" if finding.component else ""
    cited = ", ".join(f"{_prose(citation.id)} ({citation.designation})" for citation in finding.citations)
    parts = [
        f"- **{finding.severity.upper()}**{status} {_prose(finding.title)}: {_code(f'{finding.path}:{finding.line}')}",
        _code(finding.message),
        *(f"See also {_code(f'{place.path}:{place.line}: {place.message}')}" for place in finding.related),
    ]
    if advice := short_fix(finding.remediation, fix):
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
