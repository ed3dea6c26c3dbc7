"""Arithmetic, comparison and conversion as Terraform does them (HCL native syntax specification, "Operations")."""

import math
from collections.abc import Mapping
from decimal import Decimal

from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown, Value

Number = int | float
_MAX_DIGITS = 400
_MAX_COMPARED = 10_000
_ERROR = Unknown("an operation that Terraform refuses")


def to_number(value: Value) -> Number | None:
    """Convert as Terraform does: numbers and decimal strings; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    if not isinstance(value, str) or len(value) > _MAX_DIGITS or "_" in value or value != value.strip():
        return None
    try:
        number = int(value) if value.lstrip("-").isdecimal() and value.isascii() else float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def to_bool(value: Value) -> bool | None:
    """Convert as Terraform does: booleans, "true" and "false"; None for anything else."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else None


def to_text(value: Value) -> str | None:
    """Convert as Terraform does: strings, numbers without exponent, booleans; None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**_MAX_DIGITS else None
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f") if math.isfinite(value) else None
    return None


def text_with_holes(value: Value) -> tuple[str, str] | None:
    """Return a string with HOLE for what is not known, and the reason; None if it can be no string."""
    if isinstance(value, PartlyKnown):
        return value.text, value.reason
    if isinstance(value, Unknown):
        return HOLE, value.reason
    text = to_text(value)
    return (text, "") if text is not None else None


def unary(operator: str, value: Value) -> Value:
    """Apply `!` or `-`."""
    if isinstance(value, Unknown):
        return value
    if operator == "!":
        truth = to_bool(value)
        return _ERROR if truth is None else not truth
    number = to_number(value)
    return _ERROR if number is None else -number


def logic(operator: str, left: Value, right: Value) -> Value:
    """Apply `&&` or `||`; one known side can decide."""
    decides = operator == "||"
    sides = [side if isinstance(side, Unknown) else to_bool(side) for side in (left, right)]
    if any(side is None for side in sides):
        return _ERROR
    if any(side is decides for side in sides):
        return decides
    return next((side for side in sides if isinstance(side, Unknown)), not decides)


def binary(operator: str, left: Value, right: Value) -> Value:
    """Apply an arithmetic or comparison operator to known or unknown values."""
    if isinstance(left, Unknown):
        return left
    if isinstance(right, Unknown):
        return right
    if operator in {"==", "!="}:
        same = equal(left, right)
        return same if isinstance(same, Unknown) else same is (operator == "==")
    a, b = to_number(left), to_number(right)
    if a is None or b is None:
        return _ERROR
    match operator:
        case "<":
            return a < b
        case ">":
            return a > b
        case "<=":
            return a <= b
        case ">=":
            return a >= b
        case _:
            return _arithmetic(operator, a, b)


def _arithmetic(operator: str, a: Number, b: Number) -> Value:
    try:
        match operator:
            case "+":
                result = a + b
            case "-":
                result = a - b
            case "*":
                result = a * b
            case "/":
                whole = isinstance(a, int) and isinstance(b, int) and a % b == 0
                result = a // b if whole else a / b
            case "%":
                result = _remainder(a, b)
            case _:
                return _ERROR
    except (ZeroDivisionError, OverflowError, ValueError):
        return _ERROR
    return normal(result)


def _remainder(a: Number, b: Number) -> Number:
    """Return the remainder with the sign of the dividend."""
    if isinstance(a, int) and isinstance(b, int):
        size = abs(a) % abs(b)
        return -size if a < 0 else size
    return math.fmod(a, b)


def normal(number: Number) -> Value:
    """Return the one form in which a number is kept: an int where it is whole."""
    if isinstance(number, int):
        return number if abs(number) < 10**_MAX_DIGITS else Unknown("a number too large to compute with")
    if not math.isfinite(number):
        return Unknown("a number too large to compute with")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def equal(left: Value, right: Value) -> bool | Unknown:
    """Compare: values of different types are different, lists and objects are equal if all they hold is."""
    pairs: list[tuple[Value, Value]] = [(left, right)]
    doubt: Unknown | None = None
    compared = 0
    while pairs:
        a, b = pairs.pop()
        compared += 1
        if compared + len(pairs) > _MAX_COMPARED:
            return Unknown("values too large to compare")
        if isinstance(a, Unknown) or isinstance(b, Unknown):
            doubt = a if isinstance(a, Unknown) else b if isinstance(b, Unknown) else doubt
        elif isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
            pairs.extend(zip(a, b, strict=True))
        elif isinstance(a, Mapping) and isinstance(b, Mapping) and a.keys() == b.keys():
            pairs.extend((a[key], b[key]) for key in a)
        elif not _same_scalar(a, b):
            return False
    return True if doubt is None else doubt


def _same_scalar(a: Value, b: Value) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, int | float) and isinstance(b, int | float):
        return a == b
    return a is b if a is None or b is None else isinstance(a, str) and isinstance(b, str) and a == b
