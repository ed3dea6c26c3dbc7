"""Results as JUnit XML: a test suite per component, a test case per finding and per check without one."""

import html
from collections.abc import Iterator, Sequence
from typing import Final

from auditor.model.evidence import ReportedException
from auditor.model.report import Finding, Report, Result
from auditor.patterns import lazy

from .plain import SET_ASIDE, one_line, visible
from .view import open_findings, set_aside

_NOT_XML: Final = lazy("[\ufffe\uffff]")
_ELSEWHERE: Final = "The check fails here by a finding that is listed under another component or file."


def render(report: Report) -> str:
    """Return the XML; a finding under an exception or in the baseline, and what was not evaluated are skipped cases."""
    exceptions = {exception.id: exception for exception in report.exceptions}
    suites: dict[str, list[_Case]] = {}
    found: set[tuple[str, str]] = set()
    for finding in (*open_findings(report), *set_aside(report)):
        name = finding.component or finding.path
        found.add((finding.check_id, name))
        suites.setdefault(name, []).append(_of_finding(finding, exceptions.get(finding.exception or "")))
    for result in report.results:
        if (result.check_id, result.component) not in found:
            suites.setdefault(result.component, []).append(_of_result(result))
    cases = [case for suite in suites.values() for case in suite]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites{_attributes(report.tool.name, cases)}>"]
    for name, suite in sorted(suites.items()):
        lines += [f"  <testsuite{_attributes(name, suite)}>", *_cases(name, suite), "  </testsuite>"]
    return "\n".join([*lines, "</testsuites>", ""])


class _Case:
    """A test case: its name and the element that says what became of it, "" for a pass."""

    def __init__(self, name: str, tag: str = "", outcome: str = "") -> None:
        self.name = name
        self.tag = tag
        self.outcome = outcome


def _of_finding(finding: Finding, exception: ReportedException | None) -> _Case:
    name = f"{finding.check_id} {finding.path}:{finding.line} [{finding.fingerprint}]"
    if finding.status != "open":
        why = f"{SET_ASIDE[finding.status]}{_because(exception)}: {finding.message}"
        return _Case(name, "skipped", f"<skipped message={_quoted(why)}/>")
    text = "\n".join(
        [
            f"{finding.path}:{finding.line}: {finding.message}",
            f"severity {finding.severity}, confidence {finding.confidence}, {finding.category}: "
            + ", ".join(citation.id for citation in finding.citations),
            *([f"expected: {finding.expected}"] if finding.expected else []),
            *([f"change: {finding.change}"] if finding.change else []),
            *([f"first seen {finding.first_seen}"] if finding.first_seen else []),
            *(f"see also {place.path}:{place.line}: {place.message}" for place in finding.related),
        ]
    )
    start = f"<failure type={_quoted(finding.severity)} message={_quoted(f'{finding.title}: {finding.message}')}>"
    return _Case(name, "failure", f"{start}{_escaped(text)}</failure>")


def _because(exception: ReportedException | None) -> str:
    if exception is None:
        return ""
    end = f", until {exception.expires}" if exception.expires else ""
    return f" {exception.id} ({exception.type}, {exception.status}{end}: {exception.justification})"


def _of_result(result: Result) -> _Case:
    if result.status == "not_evaluated":
        return _Case(result.check_id, "skipped", f"<skipped message={_quoted(f'not evaluated: {result.reason}')}/>")
    if result.status == "fail":
        # Not a second failure: the finding has one of its own, or an exception.
        return _Case(result.check_id, "skipped", f"<skipped message={_quoted(_ELSEWHERE)}/>")
    return _Case(result.check_id)


def _cases(suite: str, cases: Sequence[_Case]) -> Iterator[str]:
    for case in sorted(cases, key=lambda case: case.name):
        start = f"    <testcase classname={_quoted(suite)} name={_quoted(case.name)}"
        yield f"{start}>{case.outcome}</testcase>" if case.tag else f"{start}/>"


def _attributes(name: str, cases: Sequence[_Case]) -> str:
    failures, skipped = (sum(case.tag == tag for case in cases) for tag in ("failure", "skipped"))
    return f' name={_quoted(name)} tests="{len(cases)}" failures="{failures}" errors="0" skipped="{skipped}"'


def _quoted(text: str) -> str:
    return f'"{_escaped(one_line(text))}"'


def _escaped(text: str) -> str:
    return html.escape(_NOT_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", visible(text)))
