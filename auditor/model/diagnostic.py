"""What a check says about one fact; the engine turns it into a finding."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec

from .location import Location
from .severity import Confidence, Severity
from .sharing import SecretUses
from .unknown import UndecidedError

_T = TypeVar("_T")


class Related(msgspec.Struct, frozen=True):
    """A further place that belongs to a finding."""

    at: Location
    message: str


class Failure(msgspec.Struct, frozen=True):
    """The fact fails the check at `at`. None means: take the check's severity, high confidence, the fact's place."""

    message: str
    at: Location | None = None
    severity: Severity | None = None
    confidence: Confidence | None = None
    related: tuple[Related, ...] = ()
    key: str = ""
    """What tells two failures of one check on one component apart, in names (a user, a rule's address)."""
    expected: str = ""
    sharing: SecretUses | None = None
    """The uses of the secret that the failure is about, for the report to draw."""


class NotEvaluated(msgspec.Struct, frozen=True):
    """The files do not determine the answer."""

    reason: str


Diagnostic = Failure | NotEvaluated


def fail(
    message: str,
    *,
    at: Location | None = None,
    severity: Severity | None = None,
    confidence: Confidence | None = None,
    related: tuple[Related, ...] = (),
    key: str = "",
    expected: str = "",
    sharing: SecretUses | None = None,
) -> Failure:
    """Report that the fact fails; `message` is one sentence about this fact, without its secret values."""
    return Failure(message, at, severity, confidence, related, key, expected, sharing)


def not_evaluated(reason: str) -> NotEvaluated:
    """Report that the files do not determine the answer, and why."""
    return NotEvaluated(reason)


def each_decided(items: Iterable[_T], judge: Callable[[_T], Iterable[Diagnostic]]) -> Iterator[Diagnostic]:
    """Yield what `judge` says of each item: one that is not decided (UndecidedError) does not hide the others."""
    for item in items:
        try:
            yield from judge(item)
        except UndecidedError as undecided:
            yield not_evaluated(undecided.reason)
