"""The functions of Terraform that are computed; any other makes its result Unknown.

Terraform documentation, "Built-in Functions" (1.9). None reads a file or the clock.
"""

import base64
import json
import math
import re
from collections.abc import Callable, Mapping
from typing import cast

from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown, Value, decode_json

from .operators import normal, to_bool, to_number, to_text

MAX_ITEMS = 10_000
"""Longest list computed."""
MAX_TEXT = 1_000_000
"""Longest text computed, in characters."""

Arguments = tuple[Value, ...]
_TOO_MUCH = Unknown("values too large to compute with")


class RefusedError(Exception):
    """Terraform would refuse these arguments, or we do not compute them."""


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


def _text(value: Value) -> str:
    text = to_text(value)
    if text is None:
        raise RefusedError
    return text


def _number(value: Value) -> int | float:
    number = to_number(value)
    if number is None:
        raise RefusedError
    return number


def _list(value: Value) -> tuple[Value, ...]:
    if not isinstance(value, tuple):
        raise RefusedError
    return value


def _object(value: Value) -> Mapping[str, Value]:
    if not isinstance(value, Mapping):
        raise RefusedError
    return value


def _bounded(items: list[Value]) -> Value:
    if len(items) > MAX_ITEMS:
        raise RefusedError
    return tuple(items)


def _unique(items: tuple[Value, ...]) -> list[Value]:
    found: list[Value] = []
    seen: set[tuple[str, str]] = set()
    for item in items:
        key = (type(item).__name__, _text(item))
        if key not in seen:
            seen.add(key)
            found.append(item)
    return found


def _join(arguments: Arguments) -> Value:
    separator = _text(arguments[0])
    parts = [_text(item) for argument in arguments[1:] for item in _list(argument)]
    if sum(map(len, parts)) + len(separator) * len(parts) > MAX_TEXT:
        raise RefusedError
    return separator.join(parts)


def _split(arguments: Arguments) -> Value:
    separator, text = (_text(argument) for argument in arguments)
    return _bounded(list(text.split(separator) if separator else text))


def _replace(arguments: Arguments) -> Value:
    text, old, new = (_text(argument) for argument in arguments)
    if (len(old) > 1 and old.startswith("/") and old.endswith("/")) or not old:
        raise RefusedError  # a regular expression of Go
    if (text.count(old) + 1) * len(new) + len(text) > MAX_TEXT:
        raise RefusedError
    return text.replace(old, new)


_VERB = re.compile(r"%(?:(%)|([sdvq]))")


def _format(arguments: Arguments) -> Value:
    template, values = _text(arguments[0]), list(arguments[1:])
    if "%" in _VERB.sub("", template):
        raise RefusedError  # widths, precisions and other verbs

    def replace(match: re.Match[str]) -> str:
        if match[1]:
            return "%"
        if not values:
            raise RefusedError
        value = values.pop(0)
        if match[2] == "d":
            number = _number(value)
            return str(math.trunc(number))
        if match[2] == "q":
            return json.dumps(_text(value), ensure_ascii=False)
        return _text(value)

    result = _VERB.sub(replace, template)
    if values:
        raise RefusedError
    return result


def _merge(arguments: Arguments) -> Value:
    merged: dict[str, Value] = {}
    for argument in arguments:
        if isinstance(argument, Unknown):
            return argument
        if argument is not None:
            merged.update(_object(argument))
    return merged


def _concat(arguments: Arguments) -> Value:
    items: list[Value] = []
    for argument in arguments:
        if isinstance(argument, Unknown):
            return argument
        items.extend(_list(argument))
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
    found = _object(container)
    return found[_text(key)] if _text(key) in found else arguments[2]


def _element(arguments: Arguments) -> Value:
    items, index = _list(arguments[0]), _number(arguments[1])
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
    return any(type(item) is type(wanted) and item == wanted for item in _list(arguments[0]))


def _coalesce(arguments: Arguments) -> Value:
    for argument in arguments:
        if argument is not None and argument != "":
            return argument
    raise RefusedError


def _try(arguments: Arguments) -> Value:
    """Return the first argument if it is known: whether an unknown one would fail is not known."""
    return arguments[0]


def _jsonencode(arguments: Arguments) -> Value:
    doubt: list[str] = []
    items, characters = [MAX_ITEMS], [MAX_TEXT]

    def plain(value: Value) -> object:
        items[0] -= 1
        characters[0] -= (
            len(value.text) if isinstance(value, PartlyKnown) else len(value) if isinstance(value, str) else 0
        )
        if items[0] < 0 or characters[0] < 0:
            raise RefusedError
        if isinstance(value, PartlyKnown):
            doubt.append(value.reason)
            return value.text
        if isinstance(value, Unknown):
            doubt.append(value.reason)
            return HOLE
        if isinstance(value, tuple):
            return [plain(item) for item in value]
        if isinstance(value, Mapping):
            return {key: plain(value[key]) for key in sorted(value)}
        return value

    text = json.dumps(plain(arguments[0]), ensure_ascii=False, separators=(",", ":"))
    if len(text) > MAX_TEXT:
        raise RefusedError
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return PartlyKnown(doubt[0], text) if doubt else text


def frozen(value: object) -> Value:
    """Turn decoded JSON into a value."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in cast("list[object]", value))
    if isinstance(value, dict):
        return {str(key): frozen(item) for key, item in cast("dict[object, object]", value).items()}
    if isinstance(value, float):
        return normal(value)
    return value if isinstance(value, bool | int | str | Unknown) else None


def _tobool(arguments: Arguments) -> Value:
    value = to_bool(arguments[0])
    if value is None:
        raise RefusedError
    return value


def _toset(arguments: Arguments) -> Value:
    items = _unique(_list(arguments[0]))
    return tuple(sorted(items, key=_text)) if all(isinstance(item, str) for item in items) else tuple(items)


_STRUCTURAL: dict[str, Callable[[Arguments], Value]] = {
    # These give a result, or a partly known one, although a part of an argument is not known.
    "concat": _concat,
    "flatten": _flatten,
    "jsonencode": _jsonencode,
    "jsondecode": lambda a: frozen(decode_json(a[0])),
    "length": _length,
    "lookup": _lookup,
    "merge": _merge,
    "nonsensitive": lambda a: a[0],
    "sensitive": lambda a: a[0],
    "tolist": lambda a: a[0] if isinstance(a[0], Unknown) else _list(a[0]),
    "tomap": lambda a: a[0] if isinstance(a[0], Unknown) else _object(a[0]),
    "try": _try,
}

_PLAIN: dict[str, Callable[[Arguments], Value]] = {
    "abs": lambda a: abs(_number(a[0])),
    "base64encode": lambda a: base64.b64encode(_text(a[0]).encode()).decode(),
    "ceil": lambda a: math.ceil(_number(a[0])),
    "coalesce": _coalesce,
    "compact": lambda a: tuple(item for item in _list(a[0]) if item is not None and item != ""),
    "contains": _contains,
    "distinct": lambda a: tuple(_unique(_list(a[0]))),
    "element": _element,
    "endswith": lambda a: _text(a[0]).endswith(_text(a[1])),
    "floor": lambda a: math.floor(_number(a[0])),
    "format": _format,
    "join": _join,
    "keys": lambda a: tuple(sorted(_object(a[0]))),
    "lower": lambda a: _text(a[0]).lower(),
    "max": lambda a: max(_number(value) for value in a),
    "min": lambda a: min(_number(value) for value in a),
    "replace": _replace,
    "split": _split,
    "startswith": lambda a: _text(a[0]).startswith(_text(a[1])),
    "tobool": _tobool,
    "tonumber": lambda a: _number(a[0]),
    "toset": _toset,
    "tostring": lambda a: _text(a[0]),
    "trimprefix": lambda a: _text(a[0]).removeprefix(_text(a[1])),
    "trimspace": lambda a: _text(a[0]).strip(),
    "trimsuffix": lambda a: _text(a[0]).removesuffix(_text(a[1])),
    "upper": lambda a: _text(a[0]).upper(),
    "values": lambda a: tuple(value for _, value in sorted(_object(a[0]).items())),
}
