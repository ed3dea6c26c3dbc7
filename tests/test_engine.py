from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.api import HIGH, Control, Diagnostic, Facts, Service, Unknown, Workload, check, fail, known, not_evaluated
from auditor.engine import run
from auditor.model.check import Check, CheckFunction
from auditor.model.fact import Problem
from auditor.model.location import Location

AT = Location("compose.yaml", 3)


def service(**more: object) -> Service:
    return Service(component="db", technology="redis", at=AT, **more)  # type: ignore[arg-type]  # keyword fields of the test


def undetermined() -> bool | Unknown:
    return Unknown("it comes from ${VAR}")


def declare(function: CheckFunction, control: Control = Control.AUTHENTICATION) -> Check:
    return check("some-check", severity=HIGH, control=control)(function)


def test_dispatch_is_by_the_annotated_type() -> None:
    def on_services(service: Service) -> Iterator[Diagnostic]:
        yield fail(service.component)

    workload = Workload(component="w", technology="compose", at=AT, name="w", origin="compose")
    outcomes = run([declare(on_services)], [service(), workload])
    assert [outcome.fact for outcome in outcomes] == [service()]


def test_a_check_over_all_facts_runs_once_and_not_without_facts() -> None:
    def compare(services: Facts[Service]) -> Iterator[Diagnostic]:
        yield fail(f"{len(services)} services")

    (outcome,) = run([declare(compare)], [service(), service()])
    assert outcome.failures[0].message == "2 services"
    assert run([declare(compare)], []) == []


def test_asking_for_an_unknown_value_ends_undecided_and_keeps_earlier_failures() -> None:
    def asks(_service: Service) -> Iterator[Diagnostic]:
        yield fail("first")
        if known(undetermined()):
            yield fail("never reached")

    (outcome,) = run([declare(asks)], [service()])
    assert [failure.message for failure in outcome.failures] == ["first"]
    assert outcome.undecided == "it comes from ${VAR}"


def test_an_unknown_has_no_truth_value() -> None:
    def asks(_service: Service) -> Iterator[Diagnostic]:
        if undetermined():  # pyright: ignore[reportGeneralTypeIssues]  # that it refuses is what is tested
            yield fail("wrong")

    (outcome,) = run([declare(asks)], [service()])
    assert (outcome.failures, outcome.undecided) == ((), "it comes from ${VAR}")


def test_not_evaluated_is_no_pass() -> None:
    def asks(_service: Service) -> Iterator[Diagnostic]:
        yield not_evaluated("no version")

    (outcome,) = run([declare(asks)], [service()])
    assert outcome.undecided == "no version"


def test_a_crash_is_isolated_and_its_text_is_dropped() -> None:
    def crashes(_service: Service) -> Iterator[Diagnostic]:
        yield fail(str(int("canary-Rm7-quiet-Harbor")))

    (outcome,) = run([declare(crashes)], [service()])
    assert outcome.error is not None
    assert outcome.error.startswith("ValueError")
    assert "canary" not in outcome.error


def test_a_server_that_would_not_start_is_judged_for_hygiene_only() -> None:
    refusing = service(refused=(Problem(at=AT, message="expected a known directive"),))

    def always(_service: Service) -> Iterator[Diagnostic]:
        yield fail("bad")

    (security,) = run([declare(always)], [refusing])
    assert (security.failures, security.undecided is not None) == ((), True)
    (hygiene,) = run([declare(always, Control.CONFIGURATION_HYGIENE)], [refusing])
    assert hygiene.failures


def test_where_something_is_assumed_only_written_lines_are_reported_and_nothing_passes() -> None:
    line = Location("compose.yaml", 7)
    assuming = service(assumed={Location("compose.yaml", 5): "a folder is not scanned"})

    def written(_service: Service) -> Iterator[Diagnostic]:
        yield fail("a line says so", at=line)

    def default(_service: Service) -> Iterator[Diagnostic]:
        yield fail("nothing says otherwise", at=AT)
        yield fail("nor this")

    def fine(_service: Service) -> Iterator[Diagnostic]:
        yield from ()

    outcomes = [run([declare(function)], [assuming])[0] for function in (written, default, fine)]
    assert [[failure.at for failure in outcome.failures] for outcome in outcomes] == [[line], [], []]
    assert [outcome.undecided for outcome in outcomes] == [None, "a folder is not scanned", "a folder is not scanned"]


def test_a_check_needs_exactly_one_annotated_parameter() -> None:
    def two(_first: Service, _second: Service) -> Iterator[Diagnostic]:
        yield fail("x")

    with pytest.raises(TypeError, match="exactly one"):
        _ = declare(two).scope  # type: ignore[arg-type]  # what the test is about


def test_the_check_knows_its_file() -> None:
    def plain(_service: Service) -> Iterator[Diagnostic]:
        yield fail("x")

    assert declare(plain).file == Path(__file__)
