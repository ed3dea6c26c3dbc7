"""Every example of every check: each Bad is reported at its marked lines, each Good is evaluated and passes."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from auditor.api import Check, Diagnostic, fail
from auditor.packs import load_packs
from auditor.testing import Example, examples

PACK = load_packs()
EXAMPLES = [example for check in PACK.checks for example in examples(check)]


def label(example: Example) -> str:
    return f"{example.check.id}-{'bad' if example.is_bad else 'good'}-{example.name or 'plain'}"


@pytest.mark.parametrize("example", EXAMPLES, ids=label)
def test_example(example: Example) -> None:
    example.verify()


@pytest.mark.parametrize("check", PACK.checks, ids=lambda check: check.id)
def test_documentation_is_complete(check: Check) -> None:
    kinds = {example.is_bad for example in examples(check)}
    assert kinds == {True, False}, "a check has a Bad and a Good example"
    assert all(example.files for example in examples(check)), "an example has a fence with a file name"
    assert check.title, "the first line is the title"
    assert check.documentation.partition("\n")[0].endswith("."), "the title ends with a full stop"
    assert check.why
    assert check.fix
    assert check.references
    word = check.id.replace("-", "_")
    assert check.file.stem == word
    assert getattr(check.function, "__name__", "") == word


def never(_: Any) -> Iterator[Diagnostic]:
    return iter(())


def always(_: Any) -> Iterator[Diagnostic]:
    yield fail("always")


@pytest.mark.parametrize("check", PACK.checks, ids=lambda check: check.id)
@pytest.mark.parametrize("replacement", [never, always])
def test_examples_notice_a_broken_check(check: Check, replacement: Any) -> None:
    """A check that never fails leaves a Bad example unreported; one that always fails reports a Good one."""
    replacement.__annotations__["_"] = check.function.__annotations__[next(iter(check.function.__annotations__))]
    broken = dataclasses.replace(check, function=replacement)
    red = 0
    for example in examples(check):
        try:
            dataclasses.replace(example, check=broken).verify()
        except AssertionError:
            red += 1
    assert red, "no example notices"
