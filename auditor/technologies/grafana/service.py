"""A Grafana server with the settings in force, and what they mean for its users.

Sources: `setting.go` and `authnimpl/registration.go` of Grafana 10 to 12; `key.go` of go-ini 1.67 for what is true.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Final
from urllib.parse import urlsplit

from auditor.model.location import Location
from auditor.model.secret import Secret, seal
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured, is_loopback

from .names import ADMIN_PASSWORD, DEFAULTS, FALLBACKS, PROVIDERS, SECRET_KEY, STACK_PASSWORD

TRUE: Final = frozenset("1 t T true TRUE True YES yes Yes y ON on On".split())
FALSE: Final = frozenset("0 f F false FALSE False NO no No n OFF off Off".split())
_DAYS: Final = {"d": 86400, "w": 7 * 86400, "M": 30 * 86400, "y": 365 * 86400}
_LONG = lazy(r"(\d{1,9})([dwMy])")
_PART = lazy(r"(\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(ns|us|µs|ms|s|m|h)")
_UNITS: Final = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}


def seconds_of(text: str) -> float | None:
    """Return a duration in seconds (`30d`, `12h`, `1h30m`), None if Grafana refuses it."""
    long = _LONG.fullmatch(text)
    if long is not None:
        return int(long[1]) * _DAYS[long[2]]
    parts = list(_PART.finditer(text))
    if not parts or "".join(part[0] for part in parts) != text:
        return 0 if text == "0" else None
    return sum(float(part[1]) * _UNITS[part[2]] for part in parts)


@dataclass(frozen=True, kw_only=True)
class Database:
    """The database that Grafana keeps its data in. `kind` is mysql or postgres; `mode` its `ssl_mode`."""

    kind: str
    host: str
    mode: str | Unknown


@dataclass(frozen=True, kw_only=True)
class Grafana(Configured):
    """A Grafana server. Settings are named `section.key`. `headers` are places of a file's sections.

    `referenced` are settings whose value is kept in a file or store of secrets.
    """

    referenced: frozenset[str] = frozenset()
    headers: Mapping[str, Location] = field(default_factory=dict[str, Location])

    def where(self, name: str) -> Location:
        """Return the place of a setting, else of its section, else of the server."""
        setting = self.settings.get(name)
        if setting is not None and setting.at is not None:
            return setting.at
        return self.headers.get(name.rpartition(".")[0], self.at)

    def is_on(self, name: str) -> bool | Unknown:
        """Return a switch as go-ini reads it: a word that is none leaves what the program has without it."""
        value = self.text(name)
        if isinstance(value, Unknown):
            return value
        if value in TRUE or value in FALSE:
            return value in TRUE
        return FALLBACKS.get(name, False)

    def seconds(self, name: str) -> float | Unknown | None:
        """Return a duration in seconds, None if Grafana refuses it."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else seconds_of(value or DEFAULTS[name])

    def _equals(self, name: str, published: str) -> bool | Unknown:
        setting = self.settings.get(name)
        if self.incomplete and not self.settings.is_explicit(name):
            return Unknown(self.incomplete)
        if name in self.referenced:
            return False
        value = setting.value if setting is not None else seal(published)
        return value == seal(published) if isinstance(value, Secret) else Unknown("the value is not in the files")

    def is_default(self, name: str) -> bool:
        """Tell whether nothing sets `name`."""
        setting = self.settings.get(name)
        return setting is None or setting.origin is Origin.DEFAULT

    @property
    def takes_passwords(self) -> bool | Unknown:
        """Whether users of Grafana's own log in with a password: by the form or by basic authentication."""
        if (disabled := self.is_on("auth.disable_login")) is not False:
            return disabled if isinstance(disabled, Unknown) else False
        hidden, basic = self.is_on("auth.disable_login_form"), self.is_on("auth.basic.enabled")
        if hidden is False or basic is True:
            return True
        return next((answer for answer in (hidden, basic) if isinstance(answer, Unknown)), False)

    @property
    def has_published_admin(self) -> bool | Unknown:
        """Whether a new database gets the administrator `admin` with a published password."""
        if self.is_on("security.disable_initial_admin_creation") is True:
            return False
        same = self._equals("security.admin_password", ADMIN_PASSWORD)
        if same is False:
            same = self._equals("security.admin_password", STACK_PASSWORD)
        return self.takes_passwords if same is True else same

    @property
    def has_published_key(self) -> bool | Unknown:
        """Whether secrets in the database are encrypted with the key of defaults.ini."""
        return self._equals("security.secret_key", SECRET_KEY)

    @property
    def speaks_tls(self) -> bool | Unknown:
        """Whether browsers that reach the server directly get TLS; a Unix socket counts as closed to others."""
        protocol = self.text("server.protocol")
        return protocol if isinstance(protocol, Unknown) else protocol in {"https", "h2", "socket"}

    @property
    def is_behind_tls(self) -> bool | Unknown:
        """Whether users' browsers speak TLS, by the address that Grafana is told or its own protocol."""
        root = self.text("server.root_url")
        if isinstance(root, str) and root.startswith("https://"):
            return True
        protocol = self.text("server.protocol")
        return protocol if isinstance(protocol, Unknown) else protocol in {"https", "h2"}

    @property
    def database(self) -> Database | Unknown | None:
        """The database if it is another host's; None for SQLite and for one on the same host."""
        url, kind, host = self.text("database.url"), self.text("database.type"), self.text("database.host")
        mode = self.text("database.ssl_mode")
        if isinstance(url, Unknown) or isinstance(kind, Unknown) or isinstance(host, Unknown):
            return next(each for each in (url, kind, host) if isinstance(each, Unknown))
        if url:
            try:
                parts = urlsplit(url)
                kind, host = parts.scheme.replace("postgresql", "postgres"), parts.hostname or ""
            except ValueError:
                return Unknown("the address of the database cannot be read")
            if "ssl" in parts.query or "tls" in parts.query:
                mode = Unknown("the address of the database says how it is encrypted")
        if kind not in {"mysql", "postgres"} or not host or host.startswith("/"):
            return None
        name = host if url else host.rpartition(":")[0] or host
        return None if is_loopback(name) else Database(kind=kind, host=name, mode=mode or "")

    @property
    def unverified(self) -> tuple[str, ...] | Unknown:
        """The settings that make Grafana take any certificate, of connections that are switched on."""
        switches = [("smtp.enabled", "smtp.skip_verify")]
        switches += [(f"{provider}.enabled", f"{provider}.tls_skip_verify_insecure") for provider in PROVIDERS]
        found: list[str] = []
        for used, skipped in switches:
            answers = (self.is_on(used), self.is_on(skipped))
            if False in answers:
                continue
            if (unknown := next((each for each in answers if isinstance(each, Unknown)), None)) is not None:
                return unknown
            found.append(skipped)
        return tuple(found)
