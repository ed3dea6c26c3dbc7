"""Strategies for reports: the clinic's with generated findings, every free text of which may be hostile."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from auditor.model.report import Finding, FindingStatus, FrameLine, RelatedPlace, Report
from tests.reporters.reports import CHECKS, COMPONENTS, EXCEPTIONS, clinic

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of style": "</style></title></textarea><img src=x onerror=alert(1)>",
    "attribute": "\" onmouseover='alert(1)' x=\"",
    "javascript link": "javascript:alert(1)",
    "markdown link": "[x](javascript:alert(1)) ![y](https://example.org/y) <https://example.org/z> `",
    "markdown block": "\n\n# heading\n\n- item\n\n```\nfence\n```\n\n[a]: javascript:alert(1)\n\n> quote\n",
    "equals": '=HYPERLINK("https://example.org";"x")',
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1)",
    "tab": "\t=1",
    "carriage return": "\r=1",
    "full-width formula": "\uff1d1",
    "ansi": "\x1b[2J\x1b]0;title\x07\x1b[31m",
    "cdata": "]]><failure message='x'/><![CDATA[",
    "null": "a\x00b",
    "controls": "".join(map(chr, (*range(1, 32), 127, *range(128, 160)))),
    "bidi": "\u202ecba\u2066\u2069\u200f\u061c",
    "invisible": "\u200b\ufeff\u2028\u2029\U000e0041",
    "surrogate": "\udce9\ud800",
    "not xml": "\ufffe\uffff",
}
"""What texts of scanned files may hold, by kind."""

texts = st.sampled_from(sorted(HOSTILE.values())) | st.text(st.characters(), max_size=12)
"""Any text, lone surrogates too."""
paths = st.lists(texts.filter(bool) | st.just("redis.conf"), min_size=1, max_size=2).map("/".join)
lines = st.integers(1, 10**6)


@st.composite
def findings(draw: st.DrawFn, fingerprint: str) -> Finding:
    """A finding with texts of any kind; its fingerprint has the form of a real one."""
    check = draw(st.sampled_from(CHECKS))
    statuses: tuple[FindingStatus, ...] = ("open", "waived", "baseline")
    status = draw(st.sampled_from(statuses))
    line, column = draw(lines), draw(st.integers(1, 400))
    fields: dict[str, Any] = {
        name: draw(texts) for name in ("title", "message", "expected", "remediation", "control", "category")
    }
    return Finding(
        check_id=check.id,
        severity=draw(st.sampled_from(("critical", "high", "medium", "low", "info"))),
        confidence=draw(st.sampled_from(("high", "medium", "low"))),
        status=status,
        component=draw(st.none() | texts | st.sampled_from([component.id for component in COMPONENTS])),
        technology=draw(st.none() | texts),
        path=draw(paths),
        line=line,
        column=column,
        end_line=line + draw(st.integers(0, 3)),
        end_column=draw(st.integers(0, 400)),
        frame=tuple(
            FrameLine(line=line + n, text=text, marked=n == 0)
            for n, text in enumerate(draw(st.lists(texts, max_size=2)))
        ),
        related=tuple(
            RelatedPlace(path=path, line=line, message="there") for path in draw(st.lists(paths, max_size=2))
        ),
        also=(),
        also_categories=(),
        citations=check.citations,
        cwe=draw(st.none() | st.integers(1, 1400)),
        fingerprint=f"{check.id}-{fingerprint}",
        first_seen=draw(st.none() | st.just("2026-10-01T09:30:00Z")),
        change=draw(st.none() | st.sampled_from(("new", "new by rule change", "reopened", "unchanged", "updated"))),
        exception=draw(st.none() | st.just(EXCEPTIONS[0].id)) if status == "waived" else None,
        **fields,
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """The clinic's report with up to eight other findings, with or without a comparison."""
    marks = draw(st.lists(st.from_regex(r"[0-9a-f]{12}(#[2-9])?", fullmatch=True), max_size=8, unique=True))
    report = clinic()
    return msgspec.structs.replace(
        report,
        findings=tuple(draw(findings(mark)) for mark in marks),
        changes=draw(st.none() | st.just(report.changes)),
    )
