"""Put the report together: outcomes to findings, facts to components, files to coverage; everything redacted."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from auditor import __version__
from auditor.discovery import Examined
from auditor.engine import Outcome
from auditor.inventory.build import Fault
from auditor.model.check import Check
from auditor.model.credential import Credential
from auditor.model.diagnostic import Failure
from auditor.model.fact import Fact, Service
from auditor.model.location import Location
from auditor.model.report import (
    SCHEMA_VERSION,
    CheckInfo,
    ComponentSetting,
    Coverage,
    CoveredFile,
    DiagnosticKind,
    Finding,
    GitStatus,
    Place,
    RelatedPlace,
    Report,
    ReportedComponent,
    Result,
    ResultStatus,
    Scan,
    ScanDiagnostic,
    Summary,
    Tool,
)
from auditor.model.severity import Confidence, Severity
from auditor.model.workload import Workload
from auditor.packs import Pack
from auditor.profile import Profile
from auditor.redaction import Redactor

_SIDE_FOLDER = re.compile(
    r"(^|/)(tests?|testdata|testing|fixtures?|examples?|samples?|docs?|vendor|third_party)/", re.IGNORECASE
)


@dataclass(frozen=True)
class Material:
    """What a report is made of."""

    examined: Sequence[Examined]
    opened: frozenset[str]
    faults: Sequence[Fault]
    facts: Sequence[Fact]
    outcomes: Sequence[Outcome]
    redactor: Redactor
    pack: Pack
    profile: Profile
    scan: Scan
    git_status: Mapping[str, GitStatus]


def assemble(material: Material) -> Report:
    """Return the report; the same material gives the same bytes."""
    findings = _findings(material)
    files = tuple(_covered(item, material) for item in material.examined)
    components = _components(material)
    used = {outcome.check.id for outcome in material.outcomes}
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="auditor", version=__version__, checks_digest=material.pack.digest),
        scan=material.scan,
        coverage=Coverage(files=files),
        components=components,
        findings=findings,
        results=_results(material.outcomes),
        checks=tuple(_check_info(check, material.profile) for check in material.pack.checks if check.id in used),
        categories=material.profile.categories,
        diagnostics=_diagnostics(material),
        summary=_summary(findings, files, components, len(used), material.profile),
    )


def _findings(material: Material) -> tuple[Finding, ...]:
    seen: set[tuple[str, Location, str]] = set()
    repeats: Counter[str] = Counter()
    findings: list[Finding] = []
    technology = {fact.component: fact.technology for fact in material.facts}
    for outcome in material.outcomes:
        for failure in outcome.failures:
            at = failure.at or (outcome.fact.at if outcome.fact is not None else None)
            if at is None:
                continue
            message = material.redactor.clean(failure.message)
            place = (outcome.check.id, at, failure.key or message)
            if place in seen:
                continue
            seen.add(place)
            component = outcome.fact.component if outcome.fact is not None else at.path
            base = _fingerprint(outcome.check.id, component, failure.key)
            repeats[base] += 1
            fingerprint = base if repeats[base] == 1 else f"{base}-{repeats[base]}"
            findings.append(
                _finding(
                    outcome.check,
                    failure,
                    _Placed(at, message, component, technology.get(component), fingerprint),
                    material,
                )
            )
    findings.sort(key=lambda f: (-Severity(f.severity).rank, f.path, f.line, f.check_id, f.fingerprint))
    return tuple(findings)


def _fingerprint(check_id: str, component: str, key: str) -> str:
    digest = hashlib.sha256(f"{check_id}\0{component}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{check_id}-{digest[:12]}"


@dataclass(frozen=True)
class _Placed:
    """Where a failure belongs; `message` is redacted."""

    at: Location
    message: str
    component: str
    technology: str | None
    fingerprint: str


def _finding(check: Check, failure: Failure, placed: _Placed, material: Material) -> Finding:
    at = placed.at
    severity = failure.severity or check.severity
    confidence = failure.confidence or Confidence.HIGH
    if _SIDE_FOLDER.search(at.path):
        severity = min(severity, Severity.MEDIUM)
        confidence = Confidence.LOW
    mapped = material.profile.map(check.id, check.control, check.also)
    clean = material.redactor.clean
    return Finding(
        check_id=check.id,
        title=check.title,
        severity=severity.value,
        confidence=confidence.value,
        status="open",
        component=placed.component,
        technology=placed.technology,
        message=placed.message,
        expected=clean(failure.expected),
        remediation=_first_sentence(check.fix),
        path=at.path,
        line=at.line,
        column=at.column,
        end_line=max(at.end_line, at.line),
        end_column=at.end_column,
        frame=material.redactor.frame(at),
        related=tuple(
            RelatedPlace(path=place.at.path, line=place.at.line, message=clean(place.message))
            for place in failure.related
        ),
        control=check.control.value,
        also=tuple(control.value for control in check.also),
        category=mapped.category,
        also_categories=mapped.also_categories,
        citations=mapped.citations,
        cwe=check.cwe,
        fingerprint=placed.fingerprint,
    )


def _first_sentence(markdown: str) -> str:
    """Return the first sentence of a text without its code blocks, on one line."""
    text = re.sub(r"```.*?```", "", markdown, flags=re.S).strip().partition("\n\n")[0]
    return re.split(r"(?<=[.!?])\s", " ".join(text.split()), maxsplit=1)[0].rstrip(":")


def _results(outcomes: Iterable[Outcome]) -> tuple[Result, ...]:
    """Return one row for each check and component; of several facts the worst answer counts."""
    results: list[Result] = []
    for check, of_check in groupby(outcomes, key=lambda outcome: outcome.check.id):
        rows: dict[str, Result] = {}
        for outcome in of_check:
            component = outcome.fact.component if outcome.fact is not None else "*"
            row = _result(check, outcome, component)
            before = rows.setdefault(component, row)
            if _WORST_FIRST.index(row.status) < _WORST_FIRST.index(before.status):
                rows[component] = row
        results.extend(rows.values())
    return tuple(results)


_WORST_FIRST: Sequence[ResultStatus] = ("fail", "not_evaluated", "pass")


def _result(check_id: str, outcome: Outcome, component: str) -> Result:
    status: ResultStatus = "pass"
    reason = ""
    if outcome.failures:
        status = "fail"
    elif outcome.error is not None:
        status, reason = "not_evaluated", f"the check failed to run ({outcome.error})"
    elif outcome.undecided is not None:
        status, reason = "not_evaluated", outcome.undecided
    return Result(check_id=check_id, component=component, status=status, reason=reason)


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


def _components(material: Material) -> tuple[ReportedComponent, ...]:
    by_id: dict[str, list[Fact]] = defaultdict(list)
    for fact in material.facts:
        if not isinstance(fact, Credential):
            by_id[fact.component].append(fact)
    components = [_component(name, facts, material.redactor) for name, facts in by_id.items()]
    return tuple(sorted(components, key=lambda component: (component.at.path, component.at.line, component.id)))


def _component(name: str, facts: Sequence[Fact], redactor: Redactor) -> ReportedComponent:
    """Describe a component by its most telling fact: a server before the container that runs it."""
    main = next((f for f in facts if isinstance(f, Service)), None) or next(
        (f for f in facts if isinstance(f, Workload)), facts[0]
    )
    settings = [setting for fact in facts for setting in fact.shown_settings()]
    return ReportedComponent(
        id=name,
        technology=main.technology,
        kind=type(main).__name__,
        version=main.version if isinstance(main, Service) else None,
        origin=main.origin if isinstance(main, Service | Workload) else main.technology,
        at=Place(path=main.at.path, line=main.at.line),
        exposure=f"{main.exposure.reach}: {main.exposure.reason}" if isinstance(main, Service) else "",
        settings=tuple(
            ComponentSetting(
                name=setting.name,
                value=redactor.clean(setting.shown()),
                origin=setting.origin.value,
                path=setting.at.path if setting.at else None,
                line=setting.at.line if setting.at else None,
                source=setting.source,
            )
            for setting in settings
        ),
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
