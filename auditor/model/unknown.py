"""The third truth value: what the scanned files do not determine."""

from typing import NoReturn, TypeVar

import msgspec

T = TypeVar("T")


class Unknown(msgspec.Struct, frozen=True):
    """A value the files do not determine, with the reason in words a reader understands.

    Never a string: `${VAR}` without a value, an unresolved Terraform variable, a templated Helm value and
    a missing include are all `Unknown`, and lead to "not evaluated", never to a fail or a pass.
    """

    reason: str

    def __bool__(self) -> NoReturn:
        """Refuse: `if value:` on an Unknown would silently decide what is not decided."""
        raise UndecidedError(self.reason)


class UndecidedError(Exception):
    """A check asked for a value that the files do not determine; the engine reports "not evaluated"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def known(value: T | Unknown) -> T:
    """Return `value`, or end the check as "not evaluated" if it is Unknown.

    Raises:
        UndecidedError: caught by the engine, which records the reason.
    """
    if isinstance(value, Unknown):
        raise UndecidedError(value.reason)
    return value


HOLE = "\ue000"
"""Stands in a text for a part that is not known (a template expression, an unset variable).

One private-use character per unknown part or per replaced character; words containing it become `Unknown`
by `settle` after the text has been split."""


def settle(text: str, reason: str) -> str | Unknown:
    """Return `text`, or Unknown(`reason`) if a part of it is not known."""
    return Unknown(reason) if HOLE in text else text
