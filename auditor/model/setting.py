"""One setting of a server: its effective value and where it came from."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

import msgspec

from .location import Location
from .secret import Secret
from .unknown import Unknown


class Origin(StrEnum):
    """What put a value in force."""

    DEFAULT = "built-in default"
    IMAGE = "image default"
    FILE = "file"
    INCLUDE = "include"
    ENVIRONMENT = "environment"
    FLAG = "command line"


class Setting(msgspec.Struct, frozen=True):
    """A named value in force.

    `value` is the text as the server would report it, a `Secret`, or `Unknown`. `at` is None only for
    defaults. `source` names the manual and version a default is taken from.
    """

    name: str
    value: str | Secret | Unknown
    origin: Origin
    at: Location | None = None
    source: str = ""

    def shown(self) -> str:
        """Return the value as it may be printed."""
        if isinstance(self.value, Secret):
            return self.value.describe()
        if isinstance(self.value, Unknown):
            return f"not known: {self.value.reason}"
        return self.value


class Settings(Mapping[str, Setting]):
    """Effective settings of one server: of each name the last assignment.

    Build it in the order in which the server applies its sources: defaults, image, files with includes in
    place, environment, flags (or as the product orders them). `set` replaces, as most servers do.
    """

    __slots__ = ("_in_force",)

    def __init__(self, settings: Iterable[Setting] = ()) -> None:
        self._in_force: dict[str, Setting] = {}
        for setting in settings:
            self.set(setting)

    def set(self, setting: Setting) -> None:
        """Put `setting` in force over whatever was there."""
        self._in_force[setting.name] = setting

    def __getitem__(self, name: str) -> Setting:
        return self._in_force[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._in_force)

    def __len__(self) -> int:
        return len(self._in_force)

    def is_explicit(self, name: str) -> bool:
        """Tell whether something other than a default set `name`."""
        setting = self.get(name)
        return setting is not None and setting.origin not in {Origin.DEFAULT, Origin.IMAGE}
