"""A report with many findings, and a plain table of the same rows to measure it against."""

from collections.abc import Iterable
from html import escape

import msgspec

from auditor.conclusion import conclude
from auditor.model.report import Finding, Report, Result
from auditor.profile import load_profile
from auditor.reporters.view import SEVERITIES
from tests.reporters.reports import CHECKS, COMPONENTS, PROFILES, RESULTS, check, clinic, finding, frame

_CHECKS = 200
_COMPONENTS = 400


def large(count: int) -> Report:
    """Return the clinic's report with `count` findings of 200 checks in 400 components, each with a frame."""
    checks = tuple(
        check(
            f"generated-check-{number:03}",
            f"Generated weakness {number} of the estate",
            SEVERITIES[number % 5],
            CHECKS[number % len(CHECKS)].category,
            CHECKS[number % len(CHECKS)].citations,
            CHECKS[number % len(CHECKS)].control,
        )
        for number in range(_CHECKS)
    )
    components = tuple(
        msgspec.structs.replace(COMPONENTS[1], id=f"department-{number % 20}/service-{number}")
        for number in range(_COMPONENTS)
    )
    findings = tuple(_finding(number, components[number % 397].id) for number in range(count))
    findings = tuple(
        msgspec.structs.replace(
            item,
            check_id=about.id,
            title=about.title,
            severity=about.severity,
            category=about.category,
            citations=about.citations,
            control=about.control,
        )
        for item, about in ((item, checks[number % _CHECKS]) for number, item in enumerate(findings))
    )
    report = msgspec.structs.replace(
        clinic(),
        checks=checks,
        components=components,
        findings=findings,
        results=(
            *(Result(check_id=f.check_id, component=f.component or "", status="fail", reason="") for f in findings),
            *RESULTS[-3:],
        ),
        exceptions=(),
    )
    return conclude(report, load_profile(PROFILES / "hipaa.yaml"), {})


def _finding(number: int, component: str) -> Finding:
    path = f"departments/{number % 20}/service-{number % 397}/values.yaml"
    line = 3 + number % 500
    return finding(
        CHECKS[0].id,
        f"The listener on port {1024 + number} of {component} accepts what it should refuse.",
        path=path,
        line=line,
        component=component,
        fingerprint=f"generated-{number:05x}",
        frame=frame(
            "listeners:",
            f"  - port: {1024 + number}",
            "    open: true",
            "    log: none",
            "",
            first=line - 2,
            marked=line,
        ),
        expected="open: false",
        cwe=306,
    )


PLAIN_SCRIPT = """
const box = document.getElementById('filter-text');
const rows = [...document.querySelectorAll('tbody tr')].map((row) => [row, row.textContent.toLowerCase()]);
box.addEventListener('input', () => {
  const wanted = box.value.toLowerCase();
  for (const [row, text] of rows) row.hidden = !text.includes(wanted);
});
"""


def plain_table(findings: Iterable[Finding]) -> str:
    """Return a page with one table row for each finding, and the simplest filter there is."""
    rows = "\n".join(
        "<tr>"
        + "".join(
            f"<td>{escape(cell)}</td>"
            for cell in (
                f.severity,
                f.title,
                f.message,
                f.component or "",
                f"{f.path}:{f.line}",
                f.category,
                " ".join(c.id for c in f.citations),
                f.expected,
                "\n".join(line.text for line in f.frame),
            )
        )
        + "</tr>"
        for f in findings
    )
    return (
        "<!DOCTYPE html><meta charset=utf-8><title>Plain</title>"
        f"<input id=filter-text><table><tbody>{rows}</tbody></table><script>{PLAIN_SCRIPT}</script>"
    )
