"""Failures to findings: mapped by the profile, redacted, with fingerprints that survive moved lines."""

import hashlib
from collections import Counter
from collections.abc import Iterator

from auditor.model.check import Check
from auditor.model.diagnostic import Failure, Related
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.report import Finding, RelatedPlace
from auditor.model.severity import Confidence, Severity
from auditor.patterns import lazy
from auditor.records import dataclass

from .groups import group_of
from .material import Material

_ASIDE = lazy(
    r"(?i:(^|/)(tests?|testdata|testing|fixtures?|examples?|samples?|docs?|vendor|third_party)/"
    r"|[._-](example|sample)(\.[\w.]+)?$)"
    r"|[a-z.]Tests?(/|\.(cs|java|kt|scala|vb)$)"
)
"""Files that nobody runs as they are: of folders such as `tests/`, `examples/` and `Clinic.Api.UnitTests/`, and
patterns to copy such as `compose.example.yml` and `realm.json.sample`."""


def findings_of(material: Material) -> tuple[Finding, ...]:
    """Return every finding, most severe first; one failure at one place is reported once."""
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
            repeat = "" if repeats[base] == 1 else f"-{repeats[base]}"
            former = (_fingerprint(alias, component, failure.key) for alias in outcome.check.aliases)
            findings.append(
                _finding(
                    outcome.check,
                    failure,
                    _Placed(
                        at,
                        message,
                        component,
                        technology.get(component),
                        outcome.fact if isinstance(outcome.fact, Service) else None,
                        base + repeat,
                        tuple(fingerprint + repeat for fingerprint in former),
                    ),
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
    service: Service | None
    fingerprint: str
    former_fingerprints: tuple[str, ...]


def _finding(check: Check, failure: Failure, placed: _Placed, material: Material) -> Finding:
    at = placed.at
    severity = failure.severity or check.severity
    confidence = failure.confidence or _confidence(placed)
    if _ASIDE.search(at.path):
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
        remediation=check.fix_in_short,
        path=at.path,
        line=at.line,
        column=at.column,
        end_line=max(at.end_line, at.line),
        end_column=at.end_column,
        frame=material.redactor.frame(at),
        related=tuple(
            RelatedPlace(path=place.at.path, line=place.at.line, message=clean(place.message))
            for place in (
                *failure.related,
                *_behind(placed),
                *_reach(failure, check, severity, placed),
                *_assumed(placed),
            )
        ),
        control=check.control.value,
        also=tuple(control.value for control in check.also),
        category=mapped.category,
        also_categories=mapped.also_categories,
        citations=mapped.citations,
        cwe=check.cwe,
        fingerprint=placed.fingerprint,
        group=group_of(failure.sharing, clean) if failure.sharing is not None else None,
        former_fingerprints=placed.former_fingerprints,
    )


def _confidence(placed: _Placed) -> Confidence:
    """Return medium for what rests on a default of a server whose version the files do not tell, or on an assumption.

    What nothing sets is reported at the server's own place (`Service.where`).
    """
    service = placed.service
    if service is not None and service.assumed:
        return Confidence.MEDIUM
    if service is not None and service.version is None and placed.at == service.at:
        return Confidence.MEDIUM
    return Confidence.HIGH


def _behind(placed: _Placed) -> Iterator[Related]:
    """Yield what answers behind a proxy, where the finding is about the line that hands on to it."""
    for answering in placed.service.behind.get(placed.at, ()) if placed.service is not None else ():
        yield Related(answering.at, f"{answering.component} answers there")


def _assumed(placed: _Placed) -> Iterator[Related]:
    """Yield what was taken for granted of the server."""
    for at, what in placed.service.assumed.items() if placed.service is not None else ():
        yield Related(at, what)


def _reach(failure: Failure, check: Check, severity: Severity, placed: _Placed) -> Iterator[Related]:
    """Yield from where the server is reached, where that lowered the severity or a proxy kept it from being lowered."""
    service = placed.service
    if service is None or service.exposure.scale(check.severity) != severity:
        return
    exposure = service.exposure
    if severity < check.severity or (failure.severity is not None and exposure.through):
        yield Related(exposure.at or service.at, f"Reach: {exposure.reach} ({exposure.reason})")
