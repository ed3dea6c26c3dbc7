"""What servers with sectioned settings have in common: options with dotted names, gaps, and asking for a value."""

from collections.abc import Mapping
from dataclasses import field

from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.secret import Secret, seal
from auditor.model.setting import Origin, Setting
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

_SECRET = lazy(r"(?:^|[._])(?:secure_)?(?:password|passphrase|key_passphrase|client_secret|secret_key|salt)$")


@dataclass(frozen=True, kw_only=True)
class Option:
    """One setting as written in a file, a variable or on a command line.

    `name` is its dotted name, `written` the name there (an older one may differ). A list is one text, its items joined
    by commas, as the servers take it. `at` covers the value.
    """

    name: str
    written: str
    value: str | Unknown = field(repr=False)
    at: Location

    @property
    def is_secret(self) -> bool:
        """Whether the setting's name says that its value is a secret."""
        return _SECRET.search(self.name) is not None

    def setting(self, origin: Origin, source: str = "") -> Setting:
        """Return the option as a setting; a password is sealed."""
        value = seal(self.value) if self.is_secret and isinstance(self.value, str) else self.value
        return Setting(self.name, value, origin, self.at, source)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A part of the configuration that is not known: every absent setting at or below `prefix` ("" is all)."""

    prefix: str
    reason: str

    def covers(self, name: str) -> bool:
        return not self.prefix or name == self.prefix or name.startswith(self.prefix + ".")

    def touches(self, prefix: str) -> bool:
        """Tell whether a setting below `prefix` may be in this gap."""
        return self.covers(prefix) or self.prefix.startswith(prefix + ".")


@dataclass(frozen=True, kw_only=True)
class Sectioned(Service):
    """A server whose settings have dotted names.

    `gaps` are parts of the configuration that are not known, `headers` the places of the file's section keys.
    """

    gaps: tuple[Gap, ...] = ()
    headers: Mapping[str, Location] = field(default_factory=dict[str, Location])
    in_container: bool = False

    def where(self, name: str) -> Location:
        """Return the place of the setting `name`, else of the section that would hold it, else of the server."""
        setting = self.settings.get(name)
        if setting is not None and setting.at is not None:
            return setting.at
        while "." in name:
            name = name.rpartition(".")[0]
            if name in self.headers:
                return self.headers[name]
        return self.at

    def text(self, name: str) -> str | Unknown | None:
        """Return the value in force of a setting, None if it is neither set nor has a default here."""
        setting = self.settings.get(name)
        if setting is None or not self.settings.is_explicit(name):
            gap = next((gap for gap in self.gaps if gap.covers(name)), None)
            if gap is not None:
                return Unknown(gap.reason)
        if setting is None:
            return None
        return setting.value.describe() if isinstance(setting.value, Secret) else setting.value

    def is_on(self, name: str) -> bool | Unknown:
        """Return whether a true/false setting is true; one that is not set and has no default is false."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value == "true"

    def words(self, name: str) -> tuple[str, ...] | Unknown:
        """Return the items of a list setting."""
        value = self.text(name)
        if isinstance(value, Unknown):
            return value
        return tuple(item.strip() for item in (value or "").split(",") if item.strip())
