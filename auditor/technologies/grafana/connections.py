"""What Grafana asks for data and for log-ins: data sources of its provisioning, LDAP servers.

Sources: Grafana 11 documentation, "Provision Grafana" (data sources) and "Configure LDAP authentication"; `ldap.go` of
Grafana 11 (`Dial`: start_tls without use_ssl has no effect).
"""

from collections.abc import Iterator
from dataclasses import field
from typing import Final
from urllib.parse import urlsplit

from auditor.formats.tree import Mapping
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback

from .document import EXPANDED, DataSourceFile, LdapToml, text_of

_POSTGRES: Final = frozenset({"postgres", "grafana-postgresql-datasource"})
_MASKED = Unknown("a template expression")


@dataclass(frozen=True, kw_only=True)
class DataSource:
    """One data source. `logs_in` tells whether Grafana sends it a password or token, `mode` is PostgreSQL's sslmode."""

    name: str
    kind: str
    at: Location
    url: str | Unknown = field(repr=False)
    url_at: Location
    logs_in: bool
    skips_verification: bool | Unknown
    skip_at: Location
    mode: str | Unknown | None
    mode_at: Location

    @property
    def is_postgres(self) -> bool:
        return self.kind in _POSTGRES

    @property
    def host(self) -> str | Unknown:
        """The host it is at, "" if none is written."""
        if isinstance(self.url, Unknown):
            return self.url
        try:
            return urlsplit(self.url if "://" in self.url else f"//{self.url}").hostname or ""
        except ValueError:
            return Unknown("its address cannot be read")

    @property
    def is_elsewhere(self) -> bool | Unknown:
        """Whether it is on another host or in another container."""
        host = self.host
        return host if isinstance(host, Unknown) else bool(host) and not is_loopback(host)


@dataclass(frozen=True, kw_only=True)
class GrafanaDataSources(Service):
    """The data sources of one provisioning file. `opened` is why there may be more, "" if there is not."""

    sources: tuple[DataSource, ...]
    opened: str = ""


@dataclass(frozen=True, kw_only=True)
class LdapServer:
    """One `[[servers]]` of ldap.toml. `encrypted` is TLS from the start or StartTLS."""

    hosts: tuple[str, ...] | Unknown
    encrypted: bool | Unknown
    verifies: bool | Unknown
    at: Location
    ssl_at: Location
    skip_at: Location

    @property
    def is_elsewhere(self) -> bool | Unknown:
        """Whether one of the hosts is another machine."""
        return self.hosts if isinstance(self.hosts, Unknown) else not all(is_loopback(host) for host in self.hosts)


@dataclass(frozen=True, kw_only=True)
class GrafanaLdap(Service):
    """The LDAP servers that log Grafana's users in."""

    servers: tuple[LdapServer, ...]


def data_sources(file: DataSourceFile, component: str, origin: str) -> GrafanaDataSources:
    """Return the data sources of a file."""
    listed = file.root.sequence("datasources")
    sources = tuple(_source(item) for item in listed.mappings()) if listed is not None else ()
    is_open = file.root.open or (listed is not None and (listed.open or any(item.open for item in listed.mappings())))
    settings = Settings()
    for source in sources:
        settings.set(
            Setting(
                f"{source.name}.tlsSkipVerify",
                source.skips_verification
                if isinstance(source.skips_verification, Unknown)
                else str(source.skips_verification).lower(),
                Origin.FILE,
                source.skip_at,
            )
        )
    return GrafanaDataSources(
        component=component,
        technology="grafana",
        at=file.source.at(),
        origin=origin,
        settings=settings,
        consumed=frozenset([file.source.key]),
        sources=sources,
        opened="template expressions may add more" if is_open else "",
    )


def _source(item: Mapping) -> DataSource:
    url, skip = item.scalar("url"), item.scalar("jsonData", "tlsSkipVerify")
    mode = item.scalar("jsonData", "sslmode")
    name = item.text("name") or "unnamed"
    secure = item.mapping("secureJsonData")
    skips = text_of(skip)
    has_login = (
        (secure is not None and any(not key.startswith("tls") for key in secure.keys()))  # noqa: SIM118  # no dict
        or item.text("basicAuth") == "true"
        or any(item.scalar(key) is not None for key in ("basicAuthPassword", "password"))
    )
    address = text_of(url)
    return DataSource(
        name=name,
        kind=item.text("type") or "",
        at=item.at,
        url="" if address is None else address,
        url_at=url.at if url is not None else item.at,
        logs_in=has_login,
        skips_verification=skips if isinstance(skips, Unknown) else skips == "true",
        skip_at=skip.at if skip is not None else item.at,
        mode=text_of(mode),
        mode_at=mode.at if mode is not None else item.at,
    )


def ldap_servers(file: LdapToml, component: str, origin: str) -> GrafanaLdap:
    """Return the servers of an ldap.toml."""
    servers = tuple(_servers(file))
    settings = Settings(
        Setting(
            f"servers.{number}.encrypted",
            server.encrypted if isinstance(server.encrypted, Unknown) else str(server.encrypted).lower(),
            Origin.FILE,
            server.ssl_at,
        )
        for number, server in enumerate(servers)
    )
    return GrafanaLdap(
        component=component,
        technology="grafana",
        at=file.source.at(),
        origin=origin,
        settings=settings,
        consumed=frozenset([file.source.key]),
        servers=servers,
    )


def _servers(file: LdapToml) -> Iterator[LdapServer]:
    for line, entries in file.servers:
        at = file.source.at(line)
        found = {entry.key: entry for entry in entries}

        def switch(name: str, found: dict[str, str]) -> bool | Unknown:
            text = found.get(name, "false")
            return _MASKED if HOLE in text or EXPANDED.search(text) else text == "true"

        values = {key: entry.value for key, entry in found.items()}
        skips = switch("ssl_skip_verify", values)
        host = values.get("host", "")
        yield LdapServer(
            hosts=_MASKED if HOLE in host or EXPANDED.search(host) else tuple(host.split()),
            encrypted=switch("use_ssl", values),
            verifies=skips if isinstance(skips, Unknown) else not skips,
            at=at,
            ssl_at=found["use_ssl"].at if "use_ssl" in found else at,
            skip_at=found["ssl_skip_verify"].at if "ssl_skip_verify" in found else at,
        )
