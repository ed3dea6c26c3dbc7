"""Property files that a template may fill in: what is known of every assignment."""

from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .properties import Property, parse
from .template import conditional_lines, is_templated, mask

_PLACEHOLDER = lazy(
    r"\$\{\w[^}]{0,300}\}|\$\(\w{1,200}\)|\$[A-Z_][A-Z0-9_]*|%[A-Za-z][\w-]*%|@[A-Z_]+@|__[A-Z][A-Z_]{0,59}__|<[A-Z_]+>"
)
"""Bounded where a text could hold many beginnings without an end, so that the search stays linear."""


@dataclass(frozen=True, kw_only=True)
class PropertyFile:
    """What is known of a file: its assignments in order, and the lines at which a template puts in unknown ones."""

    properties: tuple[Property, ...] = ()
    problems: tuple[Problem, ...] = ()
    inserts: frozenset[int] = frozenset()
    conditional: frozenset[int] = field(default=frozenset(), repr=False)
    """Lines of which a template decides whether they are there."""
    partial: str = ""

    def value(self, found: Property) -> str | Unknown:
        """Return the value without the blanks around it, Unknown where it is filled in or may not be there."""
        if found.line in self.conditional:
            return Unknown("a template decides whether it is set")
        return settle_value(found.value.strip())


def settle_value(text: str) -> str | Unknown:
    """Return the text, Unknown if a template or another program fills in a part of it."""
    if HOLE in text:
        return Unknown("the value is a template expression")
    if _PLACEHOLDER.search(text):
        return Unknown("the value is a placeholder that something else fills in")
    return text


def read(source: Source) -> PropertyFile:
    """Read a property file or a template of one; never raises."""
    templated = is_templated(source.text)
    text, inserts = mask(source.text) if templated else (source.text, frozenset[int]())
    conditional = conditional_lines(source.text) if templated else frozenset[int]()
    properties, problems = parse(source, text)
    unnamed = {each.line for each in properties if HOLE in each.key}
    return PropertyFile(
        properties=tuple(each for each in properties if HOLE not in each.key),
        problems=problems,
        inserts=inserts | unnamed,
        conditional=conditional,
        partial="template expressions" if templated else "",
    )
