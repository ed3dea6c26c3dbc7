"""The functions of Terraform that are computed; any other makes its result Unknown.

Terraform documentation, "Built-in Functions" (1.9). None reads a file or the clock.
"""

import base64
import math
from collections.abc import Callable, Mapping

from auditor.model.unknown import Unknown
from auditor.model.value import PartlyKnown, Value, decode_json

from .arguments import MAX_ITEMS, MAX_TEXT, Arguments, RefusedError, list_of, number_of, object_of, text_of
from .operators import to_bool
from .text_functions import format_text, frozen, join, jsonencode, replace, split

_TOO_MUCH = Unknown("values too large to compute with")


def call(name: str, arguments: Arguments) -> Value:
    """Return what the function gives for the arguments; Unknown if one that matters is not known."""
    name = name.removeprefix("core::")
    if name in _STRUCTURAL:
        function = _STRUCTURAL[name]
    elif name in _PLAIN:
        doubt = _doubt(arguments)
        if doubt is not None:
            return doubt
        function = _PLAIN[name]
    else:
        return Unknown(f"the function {name}")
    try:
        return function(arguments)
    except (RefusedError, IndexError, OverflowError, RecursionError, ValueError):
        return Unknown(f"the function {name} with these arguments")


def _doubt(arguments: Arguments) -> Unknown | None:
    """Return the first unknown value in the arguments, or Unknown if they are too large to compute with."""
    waiting: list[Value] = list(reversed(arguments))
    seen = size = 0
    while waiting:
        value = waiting.pop()
        seen += 1
        if isinstance(value, Unknown):
            return value
        if isinstance(value, tuple):
            waiting.extend(reversed(value))
        elif isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, str):
            size += len(value)
        if seen > MAX_ITEMS or size > MAX_TEXT or len(waiting) > MAX_ITEMS:
            return _TOO_MUCH
    return None


def _unique(items: tuple[Value, ...]) -> list[Value]:
    found: list[Value] = []
    seen: set[tuple[str, str]] = set()
    for item in items:
        key = (type(item).__name__, text_of(item))
        if key not in seen:
            seen.add(key)
            found.append(item)
    return found


def _merge(arguments: Arguments) -> Value:
    merged: dict[str, Value] = {}
    for argument in arguments:
        if isinstance(argument, Unknown):
            return argument
        if argument is not None:
            merged.update(object_of(argument))
    return merged


def _concat(arguments: Arguments) -> Value:
    items: list[Value] = []
    for argument in arguments:
        if isinstance(argument, Unknown):
            return argument
        items.extend(list_of(argument))
        if len(items) > MAX_ITEMS:
            raise RefusedError
    return tuple(items)


def _flatten(arguments: Arguments) -> Value:
    items: list[Value] = []

    visits = [0]

    def add(value: Value) -> None:
        visits[0] += 1
        if visits[0] > MAX_ITEMS:
            raise RefusedError
        if isinstance(value, tuple):
            for item in value:
                add(item)
        elif isinstance(value, Unknown) and not isinstance(value, PartlyKnown):
            raise RefusedError  # it may be a list
        else:
            items.append(value)

    add(arguments[0])
    return tuple(items)


def _lookup(arguments: Arguments) -> Value:
    container, key = arguments[0], arguments[1]
    if isinstance(container, Unknown):
        return container
    if isinstance(key, Unknown):
        return key
    found = object_of(container)
    return found[text_of(key)] if text_of(key) in found else arguments[2]


def _element(arguments: Arguments) -> Value:
    items, index = list_of(arguments[0]), number_of(arguments[1])
    if index < 0 or not items:
        raise RefusedError
    return items[int(index) % len(items)]


def _length(arguments: Arguments) -> Value:
    value = arguments[0]
    if isinstance(value, Unknown):
        return value
    if isinstance(value, tuple | Mapping | str):
        return len(value)
    raise RefusedError


def _contains(arguments: Arguments) -> Value:
    wanted = arguments[1]
    return any(type(item) is type(wanted) and item == wanted for item in list_of(arguments[0]))


def _coalesce(arguments: Arguments) -> Value:
    for argument in arguments:
        if argument is not None and argument != "":
            return argument
    raise RefusedError


def _try(arguments: Arguments) -> Value:
    """Return the first argument if it is known: whether an unknown one would fail is not known."""
    return arguments[0]


def _tobool(arguments: Arguments) -> Value:
    value = to_bool(arguments[0])
    if value is None:
        raise RefusedError
    return value


def _toset(arguments: Arguments) -> Value:
    items = _unique(list_of(arguments[0]))
    return tuple(sorted(items, key=text_of)) if all(isinstance(item, str) for item in items) else tuple(items)


_STRUCTURAL: dict[str, Callable[[Arguments], Value]] = {
    # These give a result, or a partly known one, although a part of an argument is not known.
    "concat": _concat,
    "flatten": _flatten,
    "jsonencode": jsonencode,
    "jsondecode": lambda a: frozen(decode_json(a[0])),
    "length": _length,
    "lookup": _lookup,
    "merge": _merge,
    "nonsensitive": lambda a: a[0],
    "sensitive": lambda a: a[0],
    "tolist": lambda a: a[0] if isinstance(a[0], Unknown) else list_of(a[0]),
    "tomap": lambda a: a[0] if isinstance(a[0], Unknown) else object_of(a[0]),
    "try": _try,
}

_PLAIN: dict[str, Callable[[Arguments], Value]] = {
    "abs": lambda a: abs(number_of(a[0])),
    "base64encode": lambda a: base64.b64encode(text_of(a[0]).encode()).decode(),
    "ceil": lambda a: math.ceil(number_of(a[0])),
    "coalesce": _coalesce,
    "compact": lambda a: tuple(item for item in list_of(a[0]) if item is not None and item != ""),
    "contains": _contains,
    "distinct": lambda a: tuple(_unique(list_of(a[0]))),
    "element": _element,
    "endswith": lambda a: text_of(a[0]).endswith(text_of(a[1])),
    "floor": lambda a: math.floor(number_of(a[0])),
    "format": format_text,
    "join": join,
    "keys": lambda a: tuple(sorted(object_of(a[0]))),
    "lower": lambda a: text_of(a[0]).lower(),
    "max": lambda a: max(number_of(value) for value in a),
    "min": lambda a: min(number_of(value) for value in a),
    "replace": replace,
    "split": split,
    "startswith": lambda a: text_of(a[0]).startswith(text_of(a[1])),
    "tobool": _tobool,
    "tonumber": lambda a: number_of(a[0]),
    "toset": _toset,
    "tostring": lambda a: text_of(a[0]),
    "trimprefix": lambda a: text_of(a[0]).removeprefix(text_of(a[1])),
    "trimspace": lambda a: text_of(a[0]).strip(),
    "trimsuffix": lambda a: text_of(a[0]).removesuffix(text_of(a[1])),
    "upper": lambda a: text_of(a[0]).upper(),
    "values": lambda a: tuple(value for _, value in sorted(object_of(a[0]).items())),
}
