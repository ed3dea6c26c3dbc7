"""Values that expressions of constants have, and the few operations on them that are followed."""

import ast
from collections.abc import Mapping
from dataclasses import field
from typing import cast

from auditor.model.unknown import Unknown
from auditor.records import dataclass

MAX_ITEMS = 2000
"""Longest list or text that an operation may make."""
_TRUE = frozenset({"true", "on", "ok", "y", "yes", "1", "t", "enabled"})


@dataclass(frozen=True)
class Value:
    """What an expression stands for, Unknown where that is not decided; lists and dictionaries may hold Unknowns.

    `variables` are those whose defaults it stands on.
    """

    value: object = field(repr=False)
    variables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """A `timedelta`; one of no length is false, as Python's."""

    seconds: float

    def __bool__(self) -> bool:
        return bool(self.seconds)


@dataclass(frozen=True)
class Reader:
    """An object that reads variables, with the defaults it was made with."""

    defaults: Mapping[str, Value] = field(default_factory=dict[str, Value])


def items_of(value: object) -> list[object] | None:
    """Return a list as one, None if the value is something else."""
    return cast("list[object]", value) if isinstance(value, list) else None


def entries_of(value: object) -> dict[object, object] | None:
    """Return a dictionary as one, None if the value is something else."""
    return cast("dict[object, object]", value) if isinstance(value, dict) else None


UNDECIDED = Value(Unknown("code decides it"))


def truth_of(found: Value) -> Value:
    """Return whether Python takes a value for true."""
    if isinstance(found.value, Unknown):
        return found
    return Value(bool(found.value), found.variables)


def cast_to(found: Value, kind: str, *, is_builtin: bool) -> Value:
    """Convert a value as Python's own type does, or as a reader of variables does."""
    value = found.value
    match kind:
        case _ if isinstance(value, Unknown):
            return found
        case "bool" if isinstance(value, str) and not is_builtin:
            return Value(value.strip().lower() in _TRUE, found.variables)
        case "bool":
            return Value(bool(value), found.variables)
        case "int" if isinstance(value, int | float) and abs(value) < 1e18:
            return Value(int(value), found.variables)
        case "int" if isinstance(value, str) and value.strip().isdigit() and len(value) < 18:
            return Value(int(value), found.variables)
        case "float" if isinstance(value, int | float):
            return Value(float(value), found.variables)
        case "str" if isinstance(value, str | int | float):
            return Value(str(value), found.variables)
        case "list" if isinstance(value, str) and not is_builtin:
            return Value([item.strip() for item in value.split(",") if item.strip()], found.variables)
        case "list" | "tuple" | "set" | "frozenset" if isinstance(value, list):
            return found
        case _:
            return UNDECIDED


def computed(left: Value, op: ast.operator, right: Value) -> Value:
    """Return what an operator makes of two values."""
    variables = left.variables + right.variables
    one, two = left.value, right.value
    lists = (items_of(one), items_of(two))
    if isinstance(op, ast.Add) and any(found is not None for found in lists):
        if any(found is None and not isinstance(side, Unknown) for side, found in zip((one, two), lists, strict=True)):
            return UNDECIDED
        parts = [[side] if found is None else found for side, found in zip((one, two), lists, strict=True)]
        return Value([*parts[0], *parts[1]][:MAX_ITEMS], variables)
    if isinstance(op, ast.Add) and isinstance(one, str) and isinstance(two, str) and len(one) + len(two) <= MAX_ITEMS:
        return Value(one + two, variables)
    first, second = entries_of(one), entries_of(two)
    if isinstance(op, ast.BitOr) and first is not None and second is not None:
        return Value({**first, **second}, variables)
    if isinstance(one, int | float) and isinstance(two, int | float) and max(abs(one), abs(two)) < 1e12:
        if isinstance(op, ast.Mult):
            return Value(one * two, variables)
        if isinstance(op, ast.Add):
            return Value(one + two, variables)
        if isinstance(op, ast.Sub):
            return Value(one - two, variables)
        if isinstance(op, ast.FloorDiv) and two:
            return Value(one // two, variables)
        if isinstance(op, ast.Div) and two:
            return Value(one / two, variables)
        if isinstance(op, ast.Pow) and isinstance(two, int) and 0 <= two <= 20:
            return Value(one**two, variables)
    return UNDECIDED


def compared(left: Value, op: ast.cmpop, right: Value) -> Value:
    """Return what a comparison of two values says."""
    variables = left.variables + right.variables
    for side in (left.value, right.value):
        if isinstance(side, Unknown):
            return Value(side)
    match op:
        case ast.Eq() | ast.NotEq() if isinstance(left.value, list | dict) or isinstance(right.value, list | dict):
            return UNDECIDED  # a tuple is a list here
        case ast.Eq() | ast.Is():
            return Value(left.value == right.value, variables)
        case ast.NotEq() | ast.IsNot():
            return Value(left.value != right.value, variables)
        case ast.In() | ast.NotIn() if (items := items_of(right.value)) is not None:
            if any(isinstance(item, Unknown) for item in items):
                return UNDECIDED
            return Value((left.value in items) is isinstance(op, ast.In), variables)
        case _:
            return UNDECIDED
