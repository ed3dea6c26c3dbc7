"""The fact that Spring's checks are given."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.setting import Origin, Setting
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .document import Written, key_of

_KEPT = tuple(
    key_of(prefix)
    for prefix in (
        "logging.level.", "management.endpoint", "management.server.address", "management.server.port", "server.error.",
        "server.servlet.session.", "server.ssl.enabled", "server.tomcat.remoteip.", "spring.codec.", "spring.graphql.",
        "spring.h2.console.", "spring.jpa.hibernate.ddl-auto", "spring.mvc.", "spring.profiles.", "springdoc.",
    )
)  # fmt: skip
"""What the checks ask for and the report shows: no property of these holds a secret."""
_URL, _REMOTE = key_of("spring.datasource.url"), key_of("spring.devtools.remote.secret")
_JDBC = lazy(r"jdbc:[a-z0-9]+:(?:mem:|memory:|:memory:)?", re.I)
TRUE = frozenset({"true", "on", "yes", "1"})
"""Spring Framework 6.2, StringToBooleanConverter."""


@dataclass(frozen=True, kw_only=True)
class SpringSettings(Fact):
    """Properties in force in one Spring Boot application, by `key_of` their names.

    `profiles` are the active ones. `elsewhere` are the places of properties that another fact of the application is
    judged on. `undecided` is why a property that nothing here sets may have any value, None where it has its default.
    """

    properties: Mapping[str, Written] = field(default_factory=dict[str, Written], repr=False)
    profiles: tuple[str, ...] = ()
    elsewhere: frozenset[Location] = frozenset()
    undecided: str | None = None

    def value(self, name: str, default: str) -> str | Unknown:
        """Return the value in force, lower case, `default` where nothing sets the property."""
        written = self.properties.get(key_of(name))
        if written is None:
            return default if self.undecided is None else Unknown(self.undecided)
        return written.value if isinstance(written.value, Unknown) else written.value.lower()

    def set_value(self, name: str, default: str) -> str | Unknown:
        """Return the value as far as the scanned files set it, lower case, `default` where they do not."""
        return self.value(name, default) if key_of(name) in self.properties else default

    def is_true(self, name: str) -> bool | Unknown:
        """Tell whether the scanned files turn a switch on that is off by default."""
        value = self.set_value(name, "false")
        return value if isinstance(value, Unknown) else value in TRUE

    def words(self, name: str, default: str = "") -> frozenset[str] | Unknown:
        """Return the items of a list, lower case."""
        value = self.value(name, default)
        return value if isinstance(value, Unknown) else frozenset(w.strip() for w in value.split(",") if w.strip())

    def explicit(self, name: str) -> Written | None:
        """Return the property if the files or variables set it, and no other fact is judged on that."""
        written = self.properties.get(key_of(name))
        return None if written is None or written.at in self.elsewhere else written

    def below(self, prefix: str) -> Iterator[Written]:
        """Yield the properties, as `explicit`, whose names begin with `prefix`."""
        for key, written in self.properties.items():
            if key.startswith(key_of(prefix)) and written.at not in self.elsewhere:
                yield written

    def shown_settings(self) -> Iterable[Setting]:
        return [Setting(each.name, each.value, Origin.FILE, each.at) for each in self.properties.values()]


def without_secrets(properties: Mapping[str, Written]) -> dict[str, Written]:
    """Return what the checks ask for: of a database's address its kind, of the remote secret whether there is one."""
    found = {key: written for key, written in properties.items() if key.startswith(_KEPT)}
    url, remote = properties.get(_URL), properties.get(_REMOTE)
    if url is not None:
        kind = None if isinstance(url.value, Unknown) else _JDBC.match(url.value)
        value = url.value if isinstance(url.value, Unknown) else kind[0] if kind is not None else ""
        found[_URL] = Written(url.name, value, url.at)
    if remote is not None:
        found[_REMOTE] = Written(remote.name, "" if remote.value == "" else "set", remote.at)
    return found
