"""What rsyslog.conf is made of: objects, old directives, filters with what they guard, and actions."""

from dataclasses import field

from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass


@dataclass(frozen=True)
class Parameter:
    """A parameter of an object: one text or, for an array, several. `at` covers its value."""

    values: tuple[str, ...] = field(repr=False)
    at: Location

    @property
    def text(self) -> str | Unknown:
        """The first value."""
        value = self.values[0] if self.values else ""
        return Unknown("the value is filled in elsewhere") if HOLE in value else value


@dataclass(frozen=True)
class Object:
    """`kind(name="value" …)`; names are in lower case. `body` are the statements of a ruleset."""

    kind: str
    parameters: dict[str, Parameter]
    at: Location
    body: tuple["Statement", ...] = ()

    def text(self, name: str) -> str | Unknown | None:
        """Return a parameter's first value, None if it is not given."""
        found = self.parameters.get(name)
        return None if found is None else found.text


@dataclass(frozen=True)
class Directive:
    """`$Name value`; the name is in lower case."""

    name: str
    value: str = field(repr=False)
    at: Location


@dataclass(frozen=True)
class OldAction:
    """An action in the old style: a file, `@host`, a list of users."""

    text: str = field(repr=False)
    at: Location


@dataclass(frozen=True)
class Stop:
    """Nothing behind it sees the message."""


@dataclass(frozen=True)
class Call:
    """The rules of another ruleset."""

    name: str


@dataclass(frozen=True)
class Filter:
    """Statements that some messages see. `kind` is priority, property or expression, `text` the condition."""

    kind: str
    text: str = field(repr=False)
    then: tuple["Statement", ...]
    otherwise: tuple["Statement", ...] = ()


@dataclass(frozen=True)
class Other:
    """A statement that decides nothing here (`set`, `reload_lookup_table`), or statements that are run repeatedly."""

    body: tuple["Statement", ...] = ()


Statement = Object | Directive | OldAction | Stop | Call | Filter | Other
