"""Functions of Terraform that make texts, and those between JSON and values."""

import json
import math
import re
from collections.abc import Mapping
from typing import cast

from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown, Value
from auditor.patterns import lazy

from .arguments import MAX_ITEMS, MAX_TEXT, Arguments, RefusedError, bounded, list_of, number_of, text_of
from .operators import normal

_VERB = lazy(r"%(?:(%)|([sdvq]))")


def join(arguments: Arguments) -> Value:
    """Compute `join(separator, list…)`."""
    separator = text_of(arguments[0])
    parts = [text_of(item) for argument in arguments[1:] for item in list_of(argument)]
    if sum(map(len, parts)) + len(separator) * len(parts) > MAX_TEXT:
        raise RefusedError
    return separator.join(parts)


def split(arguments: Arguments) -> Value:
    """Compute `split(separator, text)`."""
    separator, text = (text_of(argument) for argument in arguments)
    return bounded(list(text.split(separator) if separator else text))


def replace(arguments: Arguments) -> Value:
    """Compute `replace(text, old, new)` for plain texts."""
    text, old, new = (text_of(argument) for argument in arguments)
    if (len(old) > 1 and old.startswith("/") and old.endswith("/")) or not old:
        raise RefusedError  # a regular expression of Go
    if (text.count(old) + 1) * len(new) + len(text) > MAX_TEXT:
        raise RefusedError
    return text.replace(old, new)


def format_text(arguments: Arguments) -> Value:
    """Compute `format(template, …)` for the verbs `%s`, `%d`, `%v` and `%q` without widths."""
    template, values = text_of(arguments[0]), list(arguments[1:])
    if "%" in _VERB.sub("", template):
        raise RefusedError  # widths, precisions and other verbs

    def write(match: re.Match[str]) -> str:
        if match[1]:
            return "%"
        if not values:
            raise RefusedError
        value = values.pop(0)
        if match[2] == "d":
            number = number_of(value)
            return str(math.trunc(number))
        if match[2] == "q":
            return json.dumps(text_of(value), ensure_ascii=False)
        return text_of(value)

    result = _VERB.sub(write, template)
    if values:
        raise RefusedError
    return result


def jsonencode(arguments: Arguments) -> Value:
    """Compute `jsonencode(value)`; HOLE stands for what is not known."""
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
