"""A Docker daemon: who commands it, and what its containers get unless they say otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import field

from auditor.model.exposure import Exposure
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured


@dataclass(frozen=True, kw_only=True)
class TcpHost:
    """A TCP address on which the daemon takes commands."""

    host: str
    port: int
    exposure: Exposure
    at: Location

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, kw_only=True)
class Docker(Configured):
    """A daemon. Settings are named as in daemon.json, options of the log driver `log-opts/max-size`.

    `ignored` are keys of daemon.json that dockerd takes and does not read. `file_missing` tells that the only gap is a
    daemon.json that is not scanned, which no package of Docker installs.
    """

    lists: Mapping[str, tuple[Located[str], ...]] = field(default_factory=dict[str, tuple[Located[str], ...]])
    tcp_hosts: tuple[TcpHost, ...] | Unknown = ()
    metrics: TcpHost | Unknown | None = None
    """Where it serves its metrics, which asks nobody for a log-in; None if nowhere."""
    ignored: tuple[Problem, ...] = ()
    is_rootless: bool = False
    file_missing: bool = False

    @property
    def serves_a_host(self) -> bool:
        """Whether it is a machine's own daemon, not one inside a container."""
        return not self.in_container

    @property
    def open_hosts(self) -> tuple[TcpHost, ...]:
        """TCP addresses on which it takes commands, as far as they are known."""
        return () if isinstance(self.tcp_hosts, Unknown) else self.tcp_hosts

    def flag(self, name: str) -> bool | Unknown:
        """Return a boolean option."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value == "true"

    def values(self, name: str) -> Iterator[tuple[str, Location]]:
        """Yield the known texts of a list with their places."""
        for item in self.lists.get(name, ()):
            if isinstance(item.value, str):
                yield item.value, item.at

    def is_open(self, name: str) -> Unknown | None:
        """Return why a list may hold more than its known texts, None if it does not."""
        listed = self.lists.get(name)
        if listed is None:
            return Unknown(self.incomplete) if self.incomplete else None
        return next((item.value for item in listed if isinstance(item.value, Unknown)), None)

    def log_option(self, name: str) -> str | Unknown | None:
        """Return an option of the log driver, None where it is not set."""
        if self.settings.is_explicit("log-opts"):
            value = self.settings["log-opts"].value
            return value if isinstance(value, Unknown) else None
        return self.text(f"log-opts/{name}")

    @property
    def uses_tls(self) -> bool | Unknown:
        """Whether TCP is TLS: naming `tlsverify` at all switches it on (`loadDaemonCliConfig` of moby).

        A daemon.json that is not scanned is taken for one that is not there.
        """
        verify = self._tls("tlsverify")
        if verify is not None:
            return verify if isinstance(verify, Unknown) else True
        tls = self._tls("tls")
        return tls if isinstance(tls, Unknown) else tls == "true"

    @property
    def verifies_clients(self) -> bool | Unknown:
        """Whether a client on TCP needs a certificate: with TLS it does unless `tlsverify` is false."""
        verify = self._tls("tlsverify")
        if verify is None:
            return self.uses_tls
        return verify if isinstance(verify, Unknown) else verify == "true"

    def _tls(self, name: str) -> str | Unknown | None:
        return None if self.file_missing and name not in self.settings else self.text(name)
