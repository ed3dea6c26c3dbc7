"""Response headers that `Header` lines set (mod_headers of 2.4)."""

import re

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .nodes import Node, Nodes, either

_MAX_AGE = lazy(r"max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_ACTIONS = {"add", "append", "merge", "set", "setifempty", "unset", "edit", "edit*", "echo", "note"}


@dataclass(frozen=True)
class Header:
    """One value of a header. `always` tells that errors and redirects have it too."""

    value: str | Unknown
    at: Location
    always: bool


def hsts_seconds(value: str | Unknown) -> int | None:
    """Return for how long a Strict-Transport-Security header holds; None if that is not known or not said."""
    match = _MAX_AGE.search(value) if isinstance(value, str) else None
    return int(match[1]) if match is not None else None


def headers_of(name: str, scopes: tuple[Nodes, ...], *, conditions_hold: bool = False) -> tuple[Header, ...] | Unknown:
    """Return the values of a header in a successful answer, Unknown if it hangs on what is not known.

    With `conditions_hold`, what a condition at the end of the line (`env=`, `expr=`) decides counts as sent.
    """
    plain: list[Header] = []
    always: list[Header] = []
    unsure: Unknown | None = None
    for scope in scopes:
        for node in scope:
            if node.name == "" and node.unsure is not None:
                unsure = node.unsure
            parsed = _parsed(node) if node.name == "header" else None
            if parsed is None or parsed[2].lower() != name.lower():
                continue
            condition, action, _, value, end = parsed
            table = always if condition == "always" else plain
            by_condition = Unknown("a condition decides about the header") if end and not conditions_hold else None
            doubt = either(node.unsure, by_condition)
            if doubt is not None:
                unsure = doubt
            elif action == "unset":
                table.clear()
            elif action == "set":
                table[:] = [Header(value, node.at, condition == "always")]
                unsure = None
            elif action in {"add", "append", "merge"} or (action == "setifempty" and not table):
                table.append(Header(value, node.at, condition == "always"))
            elif action in {"edit", "edit*"} and table:
                unsure = Unknown("an edited header is not followed")
    return either(unsure, (*plain, *always))


def _parsed(node: Node) -> tuple[str, str, str, str | Unknown, bool] | None:
    """Return condition, action, name, value and whether a condition stands at the end."""
    words = node.words
    condition = node.word(0)
    if isinstance(condition, str) and condition.lower() in {"always", "onsuccess"}:
        condition, words = condition.lower(), words[1:]
    else:
        condition = "onsuccess"
    if len(words) < 2 or not isinstance(words[0], str) or not isinstance(words[1], str):
        return None
    action = words[0].lower()
    if action not in _ACTIONS:
        return None
    values = 0 if action in {"unset", "echo"} else 2 if action.startswith("edit") else 1
    value = words[2] if len(words) > 2 and values else ""
    tail = words[2 + values :]
    conditional = any(isinstance(word, Unknown) or word.lower() != "early" for word in tail)
    return condition, action, words[1].rstrip(":"), value, conditional
