"""Run checks over the estate: dispatch by argument type, isolate failures, keep a deterministic order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditor.model.check import Check
from auditor.model.diagnostic import Failure, NotEvaluated
from auditor.model.errors import describe_error
from auditor.model.fact import Fact, Facts, Service
from auditor.model.severity import Control
from auditor.model.unknown import UndecidedError
from auditor.records import dataclass


@dataclass(frozen=True)
class Outcome:
    """What one check said of one fact (`fact` is None for a check over all facts of a type).

    `error` is the type and place of an exception that the check raised; its text is dropped, because it could
    carry a value.
    """

    check: Check
    fact: Fact | None
    failures: tuple[Failure, ...] = ()
    undecided: str | None = None
    error: str | None = None


def run(checks: Iterable[Check], facts: Sequence[Fact]) -> list[Outcome]:
    """Run every check on every fact of its scope, in the order of check ids and then of `facts`."""
    outcomes: list[Outcome] = []
    by_scope: dict[type, list[Fact]] = {}
    for check in sorted(checks, key=lambda check: check.id):
        if check.scope not in by_scope:
            by_scope[check.scope] = [fact for fact in facts if isinstance(fact, check.scope)]
        matching = by_scope[check.scope]
        if check.applies is not None:
            matching = [fact for fact in matching if check.applies(fact)]
        if check.over_all:
            if matching:
                outcomes.append(_run_one(check, Facts(matching), None))
        else:
            outcomes.extend(_run_one(check, fact, fact) for fact in matching)
    return outcomes


def _run_one(check: Check, argument: object, fact: Fact | None) -> Outcome:
    if isinstance(fact, Service) and fact.refused and check.control is not Control.CONFIGURATION_HYGIENE:
        at = fact.refused[0].at
        return Outcome(check, fact, undecided=f"the server would refuse to start with its configuration ({at})")
    failures: list[Failure] = []
    undecided: str | None = None
    try:
        for diagnostic in check.function(argument):
            if isinstance(diagnostic, NotEvaluated):
                undecided = undecided or diagnostic.reason
            else:
                failures.append(diagnostic)
    except UndecidedError as error:
        undecided = undecided or error.reason
    except Exception as error:  # noqa: BLE001  # a faulty check must not stop the scan; it is reported with exit code 4
        return Outcome(check, fact, tuple(failures), undecided, describe_error(error))
    if isinstance(fact, Service) and fact.assumed:
        return _by_what_is_written(Outcome(check, fact, tuple(failures), undecided), fact)
    return Outcome(check, fact, tuple(failures), undecided)


def _by_what_is_written(outcome: Outcome, service: Service) -> Outcome:
    """Keep the failures of lines that are written; a default, like a pass, may be otherwise where we assumed something.

    What nothing sets is reported at the server's own place (`Service.where`).
    """
    written = tuple(failure for failure in outcome.failures if failure.at not in {None, service.at})
    if written and len(written) == len(outcome.failures):
        return outcome
    return replace(outcome, failures=written, undecided=outcome.undecided or next(iter(service.assumed.values())))
