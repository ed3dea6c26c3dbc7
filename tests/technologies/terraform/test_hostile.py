"""Modules written to exhaust a reader end in Unknown values and are read in time."""

import time

import pytest

from auditor.model.unknown import Unknown
from tests.technologies.terraform.modules import resources

RESOURCE = 'resource "a_b" "c" {\n  x = local.last\n  rule = local.last\n}\nresource "a_b" "d" {\n  x = 1\n}\n'


def chain(first: str, step: str, length: int) -> str:
    lines = [f"  a0 = {first}", *(f"  a{i} = {step.replace('LAST', f'local.a{i - 1}')}" for i in range(1, length))]
    return "locals {\n" + "\n".join(lines) + f"\n  last = local.a{length - 1}\n}}\n" + RESOURCE


@pytest.mark.parametrize(
    "text",
    [
        chain("1", "LAST", 3000),
        chain("[1]", "[LAST]", 3000),
        chain("{ a = 1 }", "{ a = LAST }", 3000),
        chain("[1]", "[LAST, LAST]", 200),
        chain("[1]", "concat(LAST, LAST)", 60),
        chain('"x"', 'join("", [LAST, LAST, LAST])', 60),
        chain("1", "LAST * 1000000000000000000000", 500),
        chain("[1]", "jsonencode([LAST, LAST])", 40),
        chain("[1]", "LAST == LAST ? [LAST] : [LAST, LAST]", 200),
        chain("local.a59", "LAST", 60),
    ],
    ids=["names", "lists", "objects", "doubling", "concat", "join", "numbers", "json", "comparison", "cycle"],
)
def test_growth_through_names(text: str) -> None:
    started = time.process_time()
    found = resources(text)
    found["a_b.c"].blocks("rule")
    found["a_b.c"].document("x")
    assert found["a_b.d"].value("x") == 1
    assert time.process_time() - started < 10


def test_a_cycle_is_unknown() -> None:
    assert isinstance(resources(chain("local.a59", "LAST", 60))["a_b.c"].value("x"), Unknown)
