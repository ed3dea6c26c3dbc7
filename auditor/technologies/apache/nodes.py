"""Directives as the server has them after reading: includes in place, conditions decided, variables replaced."""

from dataclasses import field
from typing import TypeVar

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass


@dataclass(frozen=True, kw_only=True)
class Node:
    """A directive or a section in force.

    `name` is in lower case and "" for lines that are not known. `unsure` tells why it is not known whether it is in
    force, None where it is.
    """

    name: str
    words: tuple[str | Unknown, ...] = field(default=(), repr=False)
    places: tuple[Location, ...] = ()
    at: Location
    block: tuple["Node", ...] | None = None
    unsure: Unknown | None = None

    def word(self, index: int) -> str | Unknown:
        """Return an argument, "" if there is none."""
        return self.words[index] if index < len(self.words) else ""

    def lower(self) -> tuple[str | Unknown, ...]:
        """Return the arguments in lower case."""
        return tuple(word.lower() if isinstance(word, str) else word for word in self.words)

    def doubt(self) -> Unknown | None:
        """Return why its meaning is not known: its being there, or one of its words; None if it is."""
        unknown_word = next((word for word in self.words if isinstance(word, Unknown)), None)
        return unknown_word if self.unsure is None else self.unsure


Nodes = tuple[Node, ...]
_T = TypeVar("_T")
_U = TypeVar("_U")


def either(value: _T | None, otherwise: _U) -> _T | _U:
    """Return `value`, or `otherwise` if it is None; an Unknown is a value."""
    return otherwise if value is None else value


def last(name: str, *scopes: Nodes) -> Node | Unknown | None:
    """Return the directive of that name in force: the last one of the last scope that has one.

    Unknown where lines that are not known may hold a later one.
    """
    for scope in reversed(scopes):
        for node in reversed(scope):
            if node.name in {name, ""} and node.unsure is not None:
                return node.unsure
            if node.name == name:
                return node
    return None


def every(name: str, *scopes: Nodes) -> list[Node]:
    """Return the directives of that name in order, those among them that may not be in force too."""
    return [node for scope in scopes for node in scope if node.name == name]


def cloud(*scopes: Nodes) -> Unknown | None:
    """Return why there may be further lines, None if all are known."""
    return next((node.unsure for scope in scopes for node in scope if node.name == ""), None)
