"""What has been collected of a server before it becomes a fact."""

from collections.abc import Iterable, Mapping
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin, Setting, Settings
from auditor.records import dataclass
from auditor.technologies.common.sectioned import Gap, Option

from .documents import CassandraYaml


@dataclass
class Build:
    """Settings in the order in which they come into force, and what else was found on the way."""

    settings: Settings
    gaps: list[Gap] = field(default_factory=list[Gap])
    refused: list[Problem] = field(default_factory=list[Problem])
    options: list[Option] = field(default_factory=list[Option])
    headers: Mapping[str, Location] = field(default_factory=dict[str, Location])
    consumed: set[str] = field(default_factory=set[str])

    def add(self, options: Iterable[Option], origin: Origin) -> None:
        """Put options in force over what was there."""
        for option in options:
            self.options.append(option)
            self.settings.set(option.setting(origin))

    def default(self, name: str, value: str, origin: Origin, source: str, at: Location | None = None) -> None:
        """Put a value in force that nobody wrote; `source` names where it is known from."""
        self.settings.set(Setting(name, value, origin, at, source))

    def load(self, document: CassandraYaml) -> None:
        """Put a cassandra.yaml in force."""
        self.add(document.options, Origin.FILE)
        self.headers = document.headers
        self.gaps.extend(document.gaps)
        self.refused.extend(document.refused)
        self.consumed.add(document.source.key)
