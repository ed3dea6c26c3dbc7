"""The connection strings behind the names in [databases] and [users].

Source: `cstr_get_pair`, `parse_database` and `parse_user` of loader.c in PgBouncer 1.12 to 1.25. Only blanks part
pairs; `''` in a quoted value is a quote; an empty value or a key without `=` is refused.
"""

from collections.abc import Iterator
from dataclasses import field

from auditor.patterns import lazy
from auditor.records import dataclass

_PAIR = lazy(r" *([^= ]+) *= *(?:'((?:[^']|'')*)'|([^' ][^ ]*|))")


@dataclass(frozen=True)
class Pair:
    """`key=value`; `start` and `end` are the places of the value in the text, its quotes left out."""

    key: str
    value: str = field(repr=False)
    start: int
    end: int


class RefusedError(Exception):
    """The text is no connection string."""


def pairs(text: str) -> Iterator[Pair]:
    """Yield the pairs of a connection string.

    Raises:
        RefusedError: PgBouncer would refuse it.
    """
    position = 0
    while text[position:].strip(" "):
        match = _PAIR.match(text, position)
        if match is None:
            raise RefusedError
        group = 2 if match[2] is not None else 3
        if not match[group]:
            raise RefusedError
        yield Pair(match[1], match[group].replace("''", "'"), match.start(group), match.end(group))
        position = match.end() + (group == 2 and text[match.end() : match.end() + 1] != "")
