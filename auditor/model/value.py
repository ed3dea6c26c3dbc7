"""Values of an evaluated configuration: what JSON can hold, and what is not or only partly known."""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from .unknown import HOLE, Unknown

Value: TypeAlias = "bool | int | float | str | tuple[Value, ...] | Mapping[str, Value] | Unknown | None"
"""A value of Terraform; None is null, which Terraform treats like an absent argument."""


class PartlyKnown(Unknown, frozen=True):
    """A text of which parts are known: `text` holds HOLE for each part that is not. It is Unknown all the same."""

    text: str

    def __repr__(self) -> str:
        return f"PartlyKnown(reason={self.reason!r})"


def decode_json(value: Value) -> Any:
    """Decode JSON text in which parts may be HOLE; a text with an unknown part becomes Unknown."""
    if isinstance(value, PartlyKnown):
        text, reason = value.text, value.reason
    elif isinstance(value, str):
        text, reason = value, ""
    else:
        return value if isinstance(value, Unknown) else Unknown("it is no JSON text")
    try:
        return _settled(json.loads(_quote_bare_holes(text)), reason)
    except (ValueError, RecursionError):
        return Unknown(reason or "it is not JSON")


def _quote_bare_holes(text: str) -> str:
    """Put quotes around each HOLE that stands for a whole JSON value rather than inside a string."""
    if HOLE not in text:
        return text
    out: list[str] = []
    in_string = escaped = False
    for char in text:
        if char == HOLE and not in_string:
            out.append(f'"{HOLE}"')
            continue
        if in_string:
            in_string = escaped or char != '"'
            escaped = char == "\\" and not escaped
        else:
            in_string = char == '"'
        out.append(char)
    return "".join(out)


def _settled(value: Any, reason: str) -> Any:
    if isinstance(value, str):
        return PartlyKnown(reason, value) if HOLE in value else value
    if isinstance(value, list):
        return [_settled(item, reason) for item in value]  # pyright: ignore[reportUnknownVariableType]  # json gives Any
    if isinstance(value, dict):
        return {key: _settled(item, reason) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType]  # json gives Any
    return value
