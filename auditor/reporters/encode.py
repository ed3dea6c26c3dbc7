"""JSON documents of other standards, as text that no terminal acts on."""

import json
from typing import Any, Final

import msgspec

from auditor.patterns import lazy

from .plain import visible

_NOT_PRINTABLE_ASCII: Final = lazy("[^\x00-\x7e]")


def as_json(document: Any) -> str:
    """Return `document` as indented ASCII JSON whose strings are made visible; the order of keys is kept."""
    # Not json.dumps, which indents in Python: the documents of a large estate are tens of megabytes.
    text = msgspec.json.format(msgspec.json.encode(_shown(document)), indent=2).decode() + "\n"
    return _NOT_PRINTABLE_ASCII.sub(lambda match: json.dumps(match[0])[1:-1], text)


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(str(key)): _shown(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # any JSON
    if isinstance(value, list):
        return [_shown(item) for item in value]  # pyright: ignore[reportUnknownVariableType]  # any JSON
    return value
