"""InfluxDB's configuration files: influxdb.conf (TOML) of 1.x, and config.yml, .toml or .json of 2.x.

Sources: InfluxDB 1.8 documentation, "Configure InfluxDB OSS"; InfluxDB 2.7 documentation, "Configuration options". A
TOML key that is written twice is fatal (tried: 1.6.7).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Final

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated, mask
from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Scalar
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown, settle
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

SECRETS: Final = frozenset({"http.shared-secret", "meta.internal-shared-secret"})
_SECTION = lazy(r"[ \t]*(\[\[?)[ \t]*([\w.-]+)[ \t]*\]\]?[ \t\r]*(?:#.*)?")
_KEY = lazy(r"[ \t]*([\w-]+)[ \t]*=[ \t]*(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|(\[.*\]|[^#\s]+))[ \t\r]*(?:#.*)?")
_PLACE = lazy(r"line (\d+)")


@dataclass(frozen=True)
class Option:
    """An option by its path: `http.auth-enabled`, `graphite.0.enabled` for the first of several sections."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location
    is_quoted: bool = False
    """Whether TOML has it as text: influxd refuses that for a switch."""


@dataclass(frozen=True, kw_only=True)
class InfluxConfig(Document):
    """A configuration file; `major` is the version that reads such a file. `headers` are places of sections."""

    major: int
    options: tuple[Option, ...] = ()
    headers: Mapping[str, Location] = field(default_factory=dict[str, Location])
    refused: tuple[Problem, ...] = ()
    opened: str = ""

    def assignments(self) -> Iterator[Assignment]:
        for option in self.options:
            if option.name in SECRETS:
                path = option.name.split(".")
                yield Assignment(
                    key=path[-1],
                    value=option.value,
                    at=option.at,
                    container="server-config",
                    path=("influxdb", *path[:-1]),
                    server_secret=True,
                )


def read_document(source: Source) -> InfluxConfig:
    """Read either file.

    Raises:
        FormatError: it is meant as YAML or JSON and is none.
    """
    name = source.file_name.lower()
    if re.search(r"\.(?:ya?ml|json)(?:\.|$)", name):
        return _yaml(source)
    return _toml(source, major=2 if "config.toml" in name else 1)


def _yaml(source: Source) -> InfluxConfig:
    nodes = yaml.parse(source)
    if not nodes:
        return InfluxConfig(source=source, major=2)
    if len(nodes) > 1 or not isinstance(nodes[0], Tree):
        raise FormatError(source.at(), "expected one mapping of InfluxDB's options")
    options = [
        Option(key.text, node.value, node.at) for key, node in nodes[0] if isinstance(node, Scalar) and not node.is_null
    ]
    opened = "template expressions may add options" if nodes[0].open else ""
    partial = "template expressions" if is_templated(source.text) else ""
    return InfluxConfig(source=source, major=2, options=tuple(options), opened=opened, partial=partial)


def _toml(source: Source, *, major: int) -> InfluxConfig:
    text, inserts = mask(source.text) if is_templated(source.text) else (source.text, frozenset[int]())
    options: list[Option] = []
    headers: dict[str, Location] = {}
    section = ""
    counts: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        header = _SECTION.fullmatch(line)
        if header is not None:
            section = header[2]
            headers.setdefault(section, source.at(number))
            if header[1] == "[[":
                counts[section] = counts.get(section, -1) + 1
                section = f"{section}.{counts[section]}"
            continue
        match = _KEY.fullmatch(line)
        if match is not None:
            group = next((index for index in (2, 3, 4) if match[index] is not None), 4)
            at = source.at(number, match.start(group) + 1, number, max(match.end(group), match.start(group) + 1))
            name = f"{section}.{match[1]}" if section else match[1]
            is_quoted = match[4] is None
            options.append(Option(name, settle(match[group], "a template expression"), at, is_quoted))
    refused = () if HOLE in text or inserts else tuple(_refused(source, text))
    return InfluxConfig(
        source=source,
        major=major,
        options=tuple(options),
        headers=headers,
        refused=refused,
        opened="template expressions may add options" if inserts else "",
        partial="" if text == source.text else "template expressions",
    )


def _refused(source: Source, text: str) -> Iterator[Problem]:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        at = source.at(int(found[1])) if found else source.at()
        yield Problem(at=at, message="expected TOML in which each key is written once")
