"""Put the report together: outcomes to findings, facts to components, files to coverage; everything redacted."""

import hashlib
from collections.abc import Iterable
from uuid import UUID, uuid5

from auditor import __version__
from auditor.discovery import Examined
from auditor.model.check import Check
from auditor.model.evidence import Integrity, RegulationInfo
from auditor.model.report import (
    SCHEMA_VERSION,
    CheckInfo,
    Coverage,
    CoveredFile,
    DiagnosticKind,
    Report,
    ScanDiagnostic,
    Summary,
    Tool,
)
from auditor.profile import Profile

from .findings import findings_of
from .judged import components_of, results_of
from .material import Material

__all__ = ["Material", "assemble", "inputs_digest"]

_NAMESPACE = UUID("9c1f7a52-6d0e-5b43-8f5e-2f4a8b1d7c36")
"""Ours, drawn at random, for the ids of reports."""
_NO_SUMMARY = Summary(
    by_severity={},
    by_category={},
    files={},
    components=0,
    checks_run=0,
    score=None,
    earned=0,
    possible=0,
    assessed=0,
    assessable=0,
    coverage_percent=0,
)


def assemble(material: Material) -> Report:
    """Return the report with every finding open, before exceptions and comparisons; it is then concluded.

    The same material gives the same bytes.
    """
    files = tuple(_covered(item, material) for item in material.examined)
    used = {outcome.check.id for outcome in material.outcomes}
    regulation = material.profile.regulation
    inputs = inputs_digest(files)
    scan = material.scan
    identity = [scan.started, inputs, material.pack.digest, material.profile.digest, *scan.targets]
    identity += [*scan.deselected, *scan.exclude, material.cover.system, scan.environment or ""]
    return Report(
        schema_version=SCHEMA_VERSION,
        report_id=str(uuid5(_NAMESPACE, "\n".join(identity))),
        tool=Tool(name="auditor", version=__version__, checks_digest=material.pack.digest),
        cover=material.cover,
        scan=scan,
        regulation=RegulationInfo(title=regulation.title, citation=regulation.citation, edition=regulation.edition),
        coverage=Coverage(files=files),
        components=components_of(material),
        findings=findings_of(material),
        results=results_of(material.outcomes),
        checks=tuple(_check_info(check, material.profile) for check in material.pack.checks if check.id in used),
        categories=material.profile.categories,
        exceptions=(),
        matrix=(),
        changes=None,
        trend=None,
        diagnostics=_diagnostics(material),
        integrity=Integrity(inputs=inputs, profile=material.profile.digest),
        summary=_NO_SUMMARY,
    )


def inputs_digest(files: Iterable[CoveredFile]) -> str:
    """Return the SHA-256 (hexadecimal) over what `sha256sum` writes of the files, as `Integrity.inputs` says."""
    lines = [f"{file.sha256}  {file.path}\n" for file in files if file.sha256 is not None]
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


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
        aliases=check.aliases,
        cwe=check.cwe,
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
