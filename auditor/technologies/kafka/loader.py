"""Apply a broker's or worker's sources in order: defaults, the image's file, a mounted one, variables, `--override`."""

from collections.abc import Iterable
from dataclasses import field
from itertools import pairwise

from auditor.formats.properties_template import read, settle_value
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable
from auditor.records import dataclass

from .document import SECRETS
from .parameters import refused

UNKNOWN_LINES = "lines that are not known"
"""The source of a setting that nothing sets for certain."""


@dataclass
class Loaded:
    """What the sources said so far."""

    settings: Settings
    problems: list[Problem] = field(default_factory=list[Problem])
    consumed: set[str] = field(default_factory=set[str])
    doubt: Unknown | None = None
    """Why a key that is not here may be set."""

    @classmethod
    def of(cls, defaults: dict[str, str | Unknown], source: str) -> "Loaded":
        """Begin with a version's defaults."""
        settings = (Setting(name=n, value=v, origin=Origin.DEFAULT, source=source) for n, v in defaults.items())
        return cls(Settings(settings))

    def file(self, source: Source) -> None:
        """Apply a property file."""
        self.consumed.add(source.key)
        content = read(source)
        self.problems.extend(content.problems)
        if content.inserts:
            self.cloud(Unknown("a template puts in lines"), source.at(min(content.inserts)), Origin.FILE)
        for each in content.properties:
            self.set(each.key, content.value(each), each.at, Origin.FILE)

    def variables(self, found: Iterable[tuple[str, Variable]]) -> None:
        """Apply environment variables under the names of their properties."""
        for name, variable in found:
            value = variable.value if isinstance(variable.value, Unknown) else variable.value.strip()
            self.set(name, value, variable.at, Origin.ENVIRONMENT)

    def overrides(self, words: list[str], at: Location) -> None:
        """Apply `--override key=value` behind the configuration's path."""
        for flag, assignment in pairwise(words):
            if flag == "--override":
                name, _, value = assignment.partition("=")
                self.set(name, settle_value(value), at, Origin.FLAG)

    def image(self, values: dict[str, str], source: str) -> None:
        """Apply what an image sets by itself."""
        for name, value in values.items():
            self.settings.set(Setting(name=name, value=value, origin=Origin.IMAGE, source=source))

    def set(self, name: str, value: str | Unknown, at: Location, origin: Origin) -> None:
        """Put a value in force; one that Kafka refuses becomes a problem."""
        if isinstance(value, str) and (message := refused(name, value)):
            self.problems.append(Problem(at=at, message=message))
        secret = SECRETS.fullmatch(name) or name.endswith("sasl.jaas.config")
        shown = seal(value) if isinstance(value, str) and secret else value
        self.settings.set(Setting(name=name, value=shown, origin=origin, at=at))

    def cloud(self, reason: Unknown, at: Location, origin: Origin) -> None:
        """Forget everything: lines that are not known may have set any of it."""
        self.doubt = reason
        for name in list(self.settings):
            self.settings.set(Setting(name=name, value=reason, origin=origin, at=at, source=UNKNOWN_LINES))

    def doubt_absent(self, reason: Unknown) -> None:
        """Note that something not scanned may set what nothing here sets."""
        self.doubt = reason
        for name, setting in list(self.settings.items()):
            if setting.origin in {Origin.DEFAULT, Origin.IMAGE}:
                self.settings.set(Setting(name=name, value=reason, origin=setting.origin, source=setting.source))
