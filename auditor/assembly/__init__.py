"""Put the report together: outcomes to findings, facts to components, files to coverage; everything redacted."""

from collections import Counter
from collections.abc import Sequence

from auditor import __version__
from auditor.discovery import Examined
from auditor.model.check import Check
from auditor.model.report import (
    SCHEMA_VERSION,
    CheckInfo,
    Coverage,
    CoveredFile,
    DiagnosticKind,
    Finding,
    Report,
    ReportedComponent,
    ScanDiagnostic,
    Summary,
    Tool,
)
from auditor.model.severity import Severity
from auditor.profile import Profile

from .findings import findings_of
from .judged import components_of, results_of
from .material import Material

__all__ = ["Material", "assemble"]


def assemble(material: Material) -> Report:
    """Return the report; the same material gives the same bytes."""
    findings = findings_of(material)
    files = tuple(_covered(item, material) for item in material.examined)
    components = components_of(material)
    used = {outcome.check.id for outcome in material.outcomes}
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="auditor", version=__version__, checks_digest=material.pack.digest),
        scan=material.scan,
        coverage=Coverage(files=files),
        components=components,
        findings=findings,
        results=results_of(material.outcomes),
        checks=tuple(_check_info(check, material.profile) for check in material.pack.checks if check.id in used),
        categories=material.profile.categories,
        diagnostics=_diagnostics(material),
        summary=_summary(findings, files, components, len(used), material.profile),
    )


def _check_info(check: Check, profile: Profile) -> CheckInfo:
    mapped = profile.map(check.id, check.control, check.also)
    return CheckInfo(
        id=check.id,
        title=check.title,
        severity=check.severity.value,
        control=check.control.value,
        category=mapped.category,
        citations=mapped.citations,
        why=check.why,
        fix=check.fix,
        references=check.references,
    )


def _covered(item: Examined, material: Material) -> CoveredFile:
    status, reason = item.status, item.reason
    if status == "skipped" and item.entry.path in material.opened:
        status, reason = "parsed", "read because another file refers to it"
    return CoveredFile(
        path=item.entry.path,
        technology=item.technology,
        status=status,
        reason=reason,
        bytes=item.entry.size,
        git=material.git_status.get(item.entry.path, "none"),
        sha256=item.sha256,
    )


def _diagnostics(material: Material) -> tuple[ScanDiagnostic, ...]:
    found: list[ScanDiagnostic] = []
    for item in material.examined:
        if item.status == "unreadable":
            kind: DiagnosticKind = "limit" if item.reason.startswith("larger than") else "parse-error"
            found.append(ScanDiagnostic(path=item.entry.path, line=item.line, kind=kind, message=item.reason))
        found.extend(
            ScanDiagnostic(path=problem.at.path, line=problem.at.line, kind="parse-error", message=problem.message)
            for problem in item.problems
        )
    found.extend(
        ScanDiagnostic(
            path=fault.path,
            line=None,
            kind="check-error",
            message=f"this program failed to judge {fault.technology} configuration: {fault.error}",
        )
        for fault in material.faults
    )
    for outcome in material.outcomes:
        if outcome.error is not None:
            at = outcome.fact.at if outcome.fact is not None else None
            found.append(
                ScanDiagnostic(
                    path=at.path if at else "",
                    line=at.line if at else None,
                    kind="check-error",
                    message=f"{outcome.check.id} failed to run: {outcome.error}",
                )
            )
    return tuple(found)


def _summary(
    findings: Sequence[Finding],
    files: Sequence[CoveredFile],
    components: Sequence[ReportedComponent],
    checks_run: int,
    profile: Profile,
) -> Summary:
    is_open = [finding for finding in findings if finding.status == "open"]
    by_severity = Counter(finding.severity for finding in is_open)
    by_category = Counter(finding.category for finding in is_open)
    by_status = Counter(file.status for file in files)
    recognised = [file for file in files if file.status != "skipped"]
    readable = sum(file.status in {"parsed", "partial"} for file in recognised)
    return Summary(
        by_severity={severity.value: by_severity[severity.value] for severity in Severity},
        by_category={category.id: by_category[category.id] for category in profile.categories},
        files={status: by_status[status] for status in ("parsed", "partial", "unreadable", "skipped")},
        components=len(components),
        checks_run=checks_run,
        score=None,
        coverage_percent=round(100 * readable / len(recognised)) if recognised else 0,
    )
