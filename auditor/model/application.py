"""The settings an application reads from its environment."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property

from auditor.patterns import lazy
from auditor.records import dataclass

from .application_values import FALSE, TRUE, Url, is_placeholder, items_of, read_url
from .fact import Fact
from .location import Location
from .severity import Severity
from .unknown import Unknown
from .workload import Variable

_SEPARATORS = lazy(r"[-._:]+")
_CAMEL = lazy(r"(?:(?<=[a-z])|(?<=[a-z][0-9]))(?=[A-Z])")


def key_of(name: str) -> str:
    """Return a name in the one spelling that checks use: `SPRING_JPA_SHOW_SQL` for `spring.jpa.show-sql`."""
    return _SEPARATORS.sub("_", _CAMEL.sub("_", name)).strip("_").upper()


@dataclass(frozen=True)
class Entry:
    """One setting with a known value. `name` as written, `key` by `key_of`; `value` without surrounding blanks.

    `value` may be a secret and is never part of a message; `url` leaves out user, password and path.
    """

    name: str
    key: str
    value: str = field(repr=False)
    at: Location

    @property
    def is_true(self) -> bool:
        return self.value.lower() in TRUE

    @property
    def is_false(self) -> bool:
        return self.value.lower() in FALSE

    @property
    def number(self) -> int | None:
        return int(self.value) if re.fullmatch(r"\d{1,12}", self.value) else None

    @property
    def items(self) -> tuple[str, ...]:
        return items_of(self.value)

    @property
    def url(self) -> Url | None:
        return read_url(self.value)

    @property
    def is_placeholder(self) -> bool:
        return is_placeholder(self.value)


@dataclass(frozen=True, kw_only=True)
class ApplicationSettings(Fact):
    """Settings of one application: a workload's environment, or an env file that no workload loads.

    `variables` by name as written. `is_template` is True for `*.example` and the like, whose values are for
    nobody's production. `environment` is "production", "development", "test" or "" as path and names tell.
    """

    variables: Mapping[str, Variable] = field(default_factory=dict[str, Variable])
    is_template: bool = False
    environment: str = ""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every setting whose value is known, placeholders of a template left out."""
        found = (
            Entry(name, key_of(name), variable.value.strip(), variable.at)
            for name, variable in self.variables.items()
            if isinstance(variable.value, str)
        )
        return tuple(entry for entry in found if not (self.is_template and entry.is_placeholder))

    def named(self, *patterns: str) -> Iterator[Entry]:
        """Yield the entries whose key is one of `patterns`; `*COOKIE_SECURE` is any key that ends in these words."""
        for entry in self.entries:
            if any(matches(entry.key, pattern) for pattern in patterns):
                yield entry

    def unknown(self, *patterns: str) -> str | None:
        """Return why the value of a setting of one of the `patterns` is not known, None if each is known or absent."""
        for name, variable in self.variables.items():
            if isinstance(variable.value, Unknown) and any(matches(key_of(name), pattern) for pattern in patterns):
                return f"{name}: {variable.value.reason}"
        return None

    def scale(self, severity: Severity) -> Severity:
        """Lower a severity meant for production: low in a template, one step in a development or test environment."""
        if self.is_template:
            return severity.lowered(3)
        return severity.lowered(1) if self.environment in {"development", "test"} else severity


def matches(key: str, pattern: str) -> bool:
    """Tell whether `key` is the pattern, or ends in its words where the pattern begins with `*`."""
    if pattern.startswith("*"):
        return key == pattern[1:] or key.endswith("_" + pattern[1:])
    return key == pattern
