"""What was judged and what came of it: components with their settings, and one result per check and component."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from auditor.engine import Outcome
from auditor.model.credential import Credential
from auditor.model.fact import Fact, Service
from auditor.model.report import ComponentSetting, Place, ReportedComponent, Result, ResultStatus
from auditor.model.secret_history import SecretHistory
from auditor.model.workload import Workload
from auditor.redaction import Redactor

from .material import Material


def results_of(outcomes: Iterable[Outcome]) -> tuple[Result, ...]:
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


def components_of(material: Material) -> tuple[ReportedComponent, ...]:
    """Return every component with the settings it was judged on, in the order of their places."""
    by_id: dict[str, list[Fact]] = defaultdict(list)
    for fact in material.facts:
        if not isinstance(fact, Credential | SecretHistory):
            by_id[fact.component].append(fact)
    components = [_component(name, facts, material.redactor) for name, facts in by_id.items()]
    return tuple(sorted(components, key=lambda component: (component.at.path, component.at.line, component.id)))


def _reach(fact: Fact) -> str:
    """Return from where a server is reached, or a program that is known by the ways to it through proxies only."""
    if isinstance(fact, Service):
        return f"{fact.exposure.reach}: {fact.exposure.reason}"
    if isinstance(fact, Workload):
        declared = {port.container for port in fact.ports}
        ports = [way.port for way in fact.passages if not way.is_local or way.port in declared]
        if ports:
            exposure = fact.exposure(*ports)
            return f"{exposure.reach}: {exposure.reason}"
    return ""


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
        exposure=_reach(main),
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
