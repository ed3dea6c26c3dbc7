"""Small reports to conclude: checks, answers, findings and exceptions, and nothing else."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from auditor.conclusion import conclude
from auditor.model.evidence import ExceptionType, MatrixRow, ReportedException
from auditor.model.report import CheckInfo, Citation, Finding, Report, Result, ResultStatus, SeverityName, Strength
from auditor.profile import Profile, load_profile
from tests.reporters.reports import CHECKS, FINDINGS, unsettled

AUDIT = "164.312(b)"
"""Audit controls, a standard without specifications."""
UNIQUE = "164.312(a)(2)(i)"
"""Unique user identification, Required, of the standard 164.312(a)(1)."""
ACCESS = "164.312(a)(1)"
TRANSMISSION = "164.312(e)(1)"
"""Transmission security, a standard with two addressable specifications, of which this is one:"""
ENCRYPTION = "164.312(e)(2)(ii)"


@cache
def hipaa() -> Profile:
    return load_profile(Path(__file__).parents[2] / "profiles" / "hipaa.yaml")


def check(check_id: str, *cited: str, severity: SeverityName = "high", supports: Sequence[str] = ()) -> CheckInfo:
    """Return a check that cites paragraphs as direct, and those of `supports` as such."""
    strengths: dict[str, Strength] = {**dict.fromkeys(cited, "direct"), **dict.fromkeys(supports, "supports")}
    paragraphs = hipaa().regulation.by_id
    citations = tuple(
        Citation(id=name, title=paragraphs[name].title, designation=paragraphs[name].designation, strength=strength)
        for name, strength in strengths.items()
    )
    return msgspec.structs.replace(CHECKS[0], id=check_id, severity=severity, citations=citations)


def answer(about: CheckInfo, status: ResultStatus, component: str = "records-db") -> Result:
    return Result(check_id=about.id, component=component, status=status, reason="")


def finding(about: CheckInfo, component: str = "records-db", **other: Any) -> Finding:
    fields = {"fingerprint": f"{about.id}-{component}", "status": "open", "exception": None, **other}
    return msgspec.structs.replace(
        FINDINGS[0],
        check_id=about.id,
        severity=about.severity,
        component=component,
        citations=about.citations,
        **fields,
    )


def waived(about: CheckInfo, component: str = "records-db", exception: str = "EX-1") -> Finding:
    return finding(about, component, status="waived", exception=exception)


def exception(kind: ExceptionType, name: str = "EX-1") -> ReportedException:
    return ReportedException(
        id=name,
        check_id="any",
        type=kind,
        status="incomplete" if kind == "inline" else "active",
        path="auditor-exceptions.yaml",
        line=1,
        scope="component records-db",
        justification="An example.",
    )


def concluded(
    checks: Sequence[CheckInfo] = (),
    results: Sequence[Result] = (),
    findings: Sequence[Finding] = (),
    exceptions: Sequence[ReportedException] = (),
    not_applicable: Mapping[str, str] | None = None,
) -> Report:
    bare = msgspec.structs.replace(
        unsettled(),
        checks=tuple(checks),
        results=tuple(results),
        findings=tuple(findings),
        exceptions=tuple(exceptions),
    )
    return conclude(bare, hipaa(), not_applicable or {})


def rows(report: Report) -> dict[str, MatrixRow]:
    return {row.id: row for row in report.matrix}
