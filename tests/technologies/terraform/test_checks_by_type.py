"""A check with `applies` says nothing about facts that it is not about."""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, Facts, check, fail, of_type
from auditor.engine import run
from tests.technologies.terraform.modules import resources


@check("one-type", severity=LOW, control=Control.BACKUP, applies=of_type("aws_vpc"))
def one_type(resource: CloudResource) -> Iterator[Diagnostic]:
    if resource.bool("bad") is True:
        yield fail("bad")


@check("one-type-together", severity=LOW, control=Control.BACKUP, applies=of_type("aws_vpc"))
def one_type_together(found: Facts[CloudResource]) -> Iterator[Diagnostic]:
    yield fail(str(len(found)))


@check("no-such-type", severity=LOW, control=Control.BACKUP, applies=of_type("aws_other"))
def no_such_type(found: Facts[CloudResource]) -> Iterator[Diagnostic]:
    yield fail(str(len(found)))


def test_only_the_named_types_are_run() -> None:
    facts = list(
        resources(
            'resource "aws_vpc" "a" {\n  bad = true\n}\nresource "aws_vpc" "b" {}\nresource "aws_eip" "c" {}\n'
        ).values()
    )
    outcomes = run([one_type, one_type_together, no_such_type], facts)
    assert [(it.check.id, it.fact.component if it.fact else "", len(it.failures)) for it in outcomes] == [
        ("one-type", "aws_vpc.a", 1),
        ("one-type", "aws_vpc.b", 0),
        ("one-type-together", "", 1),
    ]
    assert outcomes[2].failures[0].message == "2"
