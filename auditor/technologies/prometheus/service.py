"""A server's own interface, and the configurations of Prometheus and Alertmanager.

Sources: `--help` of prometheus 2.42 and alertmanager 0.25; prometheus/exporter-toolkit 0.14, docs/web-configuration.md.
"""

from collections.abc import Sequence
from dataclasses import field
from typing import Final

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured

from .clients import Client, Mail
from .webconfig import TLS_VERSIONS, WebConfig

_NO_GOSSIP: Final = Exposure(reach=Reach.LOOPBACK, reason="it does not gossip")


@dataclass(frozen=True, kw_only=True)
class MonitoringServer(Configured):
    """Prometheus, Alertmanager or an exporter as others reach it. Settings are named like flags.

    `web` is its web configuration, None if it has none, Unknown if that file is not known. `gossip` is from where an
    Alertmanager's port for its peers is reached.
    """

    title: str
    is_exporter: bool = False
    web: WebConfig | Unknown | None = None
    gossip: Exposure = field(default=_NO_GOSSIP)

    def is_on(self, name: str) -> bool | Unknown:
        """Return a switch of the command line."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value == "true"

    def place(self, key: str) -> Location:
        """Return the place of a TLS setting, of the flag that names the file, or of the server."""
        return self.web.where(key) if isinstance(self.web, WebConfig) else self.where("web.config.file")

    @property
    def has_tls(self) -> bool | Unknown:
        """Whether it speaks TLS."""
        if self.web is None or isinstance(self.web, Unknown):
            return self.web if isinstance(self.web, Unknown) else False
        return self.web.has_tls or (Unknown(self.web.opened) if self.web.opened else False)

    @property
    def has_users(self) -> bool | Unknown:
        """Whether it asks for a name and password."""
        if self.web is None or isinstance(self.web, Unknown):
            return self.web if isinstance(self.web, Unknown) else False
        return bool(self.web.users) or (Unknown(self.web.opened) if self.web.opened else False)

    @property
    def client_policy(self) -> str | Unknown:
        """What it asks of client certificates, by Go's name."""
        if self.web is None or isinstance(self.web, Unknown):
            return self.web if isinstance(self.web, Unknown) else "NoClientCert"
        return self.web.text("client_auth_type") or "NoClientCert"

    @property
    def asks_who(self) -> bool | Unknown:
        """Whether it asks for a password, or for a certificate that it verifies, or lets nobody in at all."""
        if self.has_tls is True and self.tls_versions == ():
            return True  # min_version is above max_version
        policy = self.client_policy
        if self.has_users is True or policy == "RequireAndVerifyClientCert":
            return True
        return next((each for each in (self.has_users, policy) if isinstance(each, Unknown)), False)

    @property
    def tls_versions(self) -> Sequence[str] | Unknown:
        """The versions that it negotiates, oldest first."""
        if isinstance(self.web, Unknown) or self.web is None:
            return self.web if isinstance(self.web, Unknown) else ()
        least, most = self.web.text("min_version") or "TLS12", self.web.text("max_version") or "TLS13"
        if isinstance(least, Unknown) or isinstance(most, Unknown):
            return least if isinstance(least, Unknown) else Unknown("the newest version is not known")
        if least not in TLS_VERSIONS or most not in TLS_VERSIONS:
            return ()
        return TLS_VERSIONS[TLS_VERSIONS.index(least) : TLS_VERSIONS.index(most) + 1]


@dataclass(frozen=True, kw_only=True)
class Connections(Service):
    """A configuration with what its program connects to. `opened` is why there may be more, "" if there is not."""

    clients: tuple[Client, ...]
    opened: str = ""


@dataclass(frozen=True, kw_only=True)
class PrometheusConfig(Connections):
    """A prometheus.yml: what is asked and told, and whether anybody is alerted (Unknown with templates)."""

    has_rules: bool | Unknown
    has_alertmanager: bool | Unknown
    sends_elsewhere: bool | Unknown


@dataclass(frozen=True, kw_only=True)
class AlertmanagerConfig(Connections):
    """An alertmanager.yml: who is told, and how."""

    mail: tuple[Mail, ...]
