"""Put a property file in force, and what a start script replaces in it.

`java.util.Properties` reads the file and NiFi trims the values; a key with two different values is refused from 1.17 on
(`NiFiPropertiesLoader`). The images' scripts replace the value of a line that is there and add none (`prop_replace` of
`common.sh`).
"""

from collections.abc import Collection
from dataclasses import field

from auditor.formats.properties_template import read
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .document import encrypted_keys, value_in_force
from .parameters import SECRETS


@dataclass
class Loaded:
    """What the sources said so far. `incomplete` is why a key that is not here may be set all the same."""

    settings: Settings = field(default_factory=Settings)
    problems: list[Problem] = field(default_factory=list[Problem])
    duplicates: list[Problem] = field(default_factory=list[Problem])
    """Keys that have two values, which newer versions refuse."""
    consumed: set[str] = field(default_factory=set[str])
    keys: set[str] = field(default_factory=set[str])
    """Keys whose line a start script can replace."""
    incomplete: str = ""

    def defaults(self, values: dict[str, str], source: str, origin: Origin = Origin.DEFAULT) -> None:
        """Put what nothing sets, or what an image's own file sets, in force."""
        for name, value in values.items():
            shown = seal(value) if SECRETS.fullmatch(name) else value
            self.settings.set(Setting(name=name, value=shown, origin=origin, source=source))
        if origin is Origin.IMAGE:
            self.keys.update(values)

    def file(self, source: Source, needed: Collection[str] = ()) -> None:
        """Apply a property file; one that sets none of the `needed` keys is a part of one."""
        self.consumed.add(source.key)
        content = read(source)
        self.problems.extend(content.problems)
        encrypted = encrypted_keys(content)
        seen: dict[str, str | Unknown] = {}
        for each in content.properties:
            value = value_in_force(content, each, encrypted)
            if isinstance(value, str) and isinstance(seen.get(each.key), str) and seen[each.key] != value:
                message = f"expected one value for {each.key}, which an earlier line sets to another"
                self.duplicates.append(Problem(at=each.at, message=message))
            seen[each.key] = value
            self.set(each.key, value, each.at, Origin.FILE)
        self.keys.update(seen)
        if content.inserts:
            self.incomplete = "a template puts in lines"
        elif needed and seen.keys().isdisjoint(needed):
            self.incomplete = "the file holds a part of the properties only"

    def set(self, name: str, value: str | Unknown, at: Location | None, origin: Origin, source: str = "") -> None:
        """Put a value in force; a secret is sealed."""
        shown = seal(value) if isinstance(value, str) and SECRETS.fullmatch(name) else value
        self.settings.set(Setting(name=name, value=shown, origin=origin, at=at, source=source))

    def replace(self, name: str, value: str | Unknown, at: Location | None) -> None:
        """Replace a line that is there, as a start script does; `at` is None where it sets what it always sets."""
        if name in self.keys or self.incomplete:
            origin = Origin.IMAGE if at is None else Origin.ENVIRONMENT
            self.set(name, value, at, origin, "start script of the image" if at is None else "")

    def cloud(self, reason: str) -> None:
        """Forget all values: something that is not read may have changed any of them."""
        self.incomplete = reason
        for name, setting in list(self.settings.items()):
            self.settings.set(Setting(name=name, value=Unknown(reason), origin=setting.origin, at=setting.at))

    def plain(self, name: str) -> str | Unknown:
        """Return a value that is no secret, "" if nothing sets it."""
        setting = self.settings.get(name)
        if setting is None:
            return Unknown(self.incomplete) if self.incomplete else ""
        if self.incomplete and not self.settings.is_explicit(name):
            return Unknown(self.incomplete)
        return setting.value if isinstance(setting.value, str | Unknown) else setting.value.describe()
