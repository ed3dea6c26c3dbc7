"""Cassandra's files as read."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Final

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.sectioned import Gap, Option
from auditor.technologies.document import Assignment, Document

_CQLSH_LINE: Final = lazy(r"[ \t]*([\w-]+)[ \t]*[=:][ \t]*(.*?)[ \t]*")
_SHIPPED: Final = "cassandra"
"""The key store password of the shipped file."""


@dataclass(frozen=True, kw_only=True)
class CassandraYaml(Document):
    """A cassandra.yaml. `headers` are the places of keys that hold others, `refused` what any version refuses."""

    options: tuple[Option, ...] = ()
    headers: Mapping[str, Location] = field(default_factory=dict[str, Location])
    gaps: tuple[Gap, ...] = ()
    refused: tuple[Problem, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        """Yield named values; not the shipped password of a key store that encryption, switched off, does not open."""
        on = {
            option.name.partition(".")[0]
            for option in self.options
            if option.name.endswith((".enabled", ".internode_encryption")) and option.value not in {"false", "none"}
        }
        for option in self.options:
            *path, key = option.written.split(".")
            if option.is_secret and option.value == _SHIPPED and path and path[0] not in on:
                continue
            yield Assignment(
                key=key,
                value=option.value,
                at=option.at,
                container="server-config",
                path=tuple(path),
                server_secret=option.is_secret,
            )


@dataclass(frozen=True, kw_only=True)
class CqlshSettings(Document):
    """A cqlshrc: the settings of the command line client, with whom it logs in as."""

    entries: tuple[tuple[str, str, str, Location], ...] = field(default=(), repr=False)
    """Section, key, value and the value's place."""

    def assignments(self) -> Iterator[Assignment]:
        users = {section: value for section, key, value, _ in self.entries if key == "username"}
        for section, key, value, at in self.entries:
            yield Assignment(
                key=key,
                value=Unknown("a template expression supplies it") if HOLE in value else value,
                at=at,
                container="server-config",
                path=(section,),
                server_secret=key == "password",
                principal=users.get(section),
            )


def parse_cqlsh(source: Source) -> CqlshSettings:
    """Read a cqlshrc: sections of `key = value`, comments behind `;` or `#` at the start of a line."""
    entries: list[tuple[str, str, str, Location]] = []
    section = ""
    for number, line in enumerate(source.text.split("\n"), 1):
        stripped = line.strip()
        if not stripped or stripped[0] in ";#":
            continue
        if stripped.startswith("[") and stripped.endswith("]"):
            section = stripped[1:-1].strip()
            continue
        match = _CQLSH_LINE.fullmatch(line)
        if match is not None and match[2]:
            at = source.at(number, match.start(2) + 1, number, match.end(2))
            entries.append((section, match[1].lower(), match[2], at))
    return CqlshSettings(source=source, entries=tuple(entries))
