"""Arguments of functions: converted as Terraform does, within limits."""

from collections.abc import Mapping

from auditor.model.value import Value

from .operators import to_number, to_text

MAX_ITEMS = 10_000
"""Longest list computed."""
MAX_TEXT = 1_000_000
"""Longest text computed, in characters."""

Arguments = tuple[Value, ...]


class RefusedError(Exception):
    """Terraform would refuse these arguments, or we do not compute them."""


def text_of(value: Value) -> str:
    """Return a text, converted where Terraform converts.

    Raises:
        RefusedError: it is none.
    """
    text = to_text(value)
    if text is None:
        raise RefusedError
    return text


def number_of(value: Value) -> int | float:
    """Return a number, converted where Terraform converts.

    Raises:
        RefusedError: it is none.
    """
    number = to_number(value)
    if number is None:
        raise RefusedError
    return number


def list_of(value: Value) -> tuple[Value, ...]:
    """Return a list as it is.

    Raises:
        RefusedError: it is none.
    """
    if not isinstance(value, tuple):
        raise RefusedError
    return value


def object_of(value: Value) -> Mapping[str, Value]:
    """Return an object as it is.

    Raises:
        RefusedError: it is none.
    """
    if not isinstance(value, Mapping):
        raise RefusedError
    return value


def bounded(items: list[Value]) -> Value:
    """Return the items as a list, unless they are too many.

    Raises:
        RefusedError: more than MAX_ITEMS.
    """
    if len(items) > MAX_ITEMS:
        raise RefusedError
    return tuple(items)
