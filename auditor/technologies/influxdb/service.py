"""An InfluxDB server, 1.x to 3.x, with the options in force."""

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final

from auditor.model.exposure import Exposure
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured, exposure_of, is_loopback

INPUTS: Final = {"graphite": ":2003", "collectd": ":25826", "opentsdb": ":4242", "udp": ":8089"}
"""Inputs without a log-in, and where they listen by default (InfluxDB 1.8, "Configure InfluxDB OSS")."""


THIRD: Final = 3
_ADDRESSES: Final = {
    1: ("http.bind-address", ":8086"),
    2: ("http-bind-address", ":8086"),
    THIRD: ("http-bind", ":8181"),
}
"""The option that says where clients connect, and its default, by major version."""
_IN_THE_DATABASE: Final = Unknown("which users there are is in the database")


@dataclass(frozen=True)
class Input:
    """An input that is switched on, with the address it listens on."""

    kind: str
    host: str
    port: int
    at: Location


@dataclass(frozen=True, kw_only=True)
class InfluxDb(Configured):
    """A server. 1.x names its options by section (`http.auth-enabled`), 2.x and 3.x by flags (`tls-cert`).

    `has_administrator` tells whether the image's start script makes one; Unknown where it does not start it.
    `headers` are the places of a file's sections.
    """

    major: int = 1
    has_administrator: bool | Unknown = _IN_THE_DATABASE
    headers: Mapping[str, Location] = field(default_factory=dict[str, Location])
    workload: Workload | None = None

    def where(self, name: str) -> Location:
        """Return the place of an option, else of its section, else of the service."""
        setting = self.settings.get(name)
        if setting is not None and setting.at is not None:
            return setting.at
        return self.headers.get(name.partition(".")[0], self.at)

    def is_on(self, name: str) -> bool | Unknown:
        """Return a switch; one without a value is off."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else (value or "").lower() in {"true", "t", "1"}

    @property
    def address(self) -> tuple[str, int] | Unknown:
        """Host ("" for all) and port that clients use."""
        name, default = _ADDRESSES[self.major]
        value = self.text(name)
        return value if isinstance(value, Unknown) else split(value or default)

    @property
    def serves(self) -> bool | Unknown:
        """Whether the HTTP service is on."""
        return self.is_on("http.enabled") if self.major == 1 else True

    @property
    def asks_log_in(self) -> bool | Unknown:
        """Whether clients must log in: always in 2.x, and in 3.x unless it is started without."""
        if self.major == 1:
            return self.is_on("http.auth-enabled")
        without = self.is_on("without-auth") if self.major == THIRD else False
        return without if isinstance(without, Unknown) else not without

    @property
    def has_tls(self) -> bool | Unknown:
        """Whether it serves HTTPS; 2.x and 3.x need both a certificate and a key for it."""
        if self.major == 1:
            return self.is_on("http.https-enabled")
        certificate, key = self.is_set("tls-cert"), self.is_set("tls-key")
        if isinstance(certificate, Unknown):
            return certificate
        return certificate and key if isinstance(key, bool) else key

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The inputs of 1.x that are on."""
        found: list[Input] = []
        for name in self.settings:
            match = re.fullmatch(rf"({'|'.join(INPUTS)})(?:\.(\d+))?\.enabled", name)
            if match is None or self.is_on(name) is not True:
                continue
            address = self.text(name.removesuffix("enabled") + "bind-address")
            host, port = split(address if isinstance(address, str) and address else INPUTS[match[1]])
            found.append(Input(match[1], host, port, self.where(name)))
        return tuple(each for each in found if not is_loopback(each.host))

    @staticmethod
    def split(address: str) -> tuple[str, int]:
        """Split `host:port`; a host that stands for all addresses is ""."""
        return split(address)

    def exposure_at(self, host: str, port: int, at: Location | None) -> Exposure:
        """Return from where another address of it is reached."""
        return exposure_of([host], [port], self.workload, at)


def split(address: str) -> tuple[str, int]:
    """Split `host:port`; a host that stands for all addresses is ""."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    return "" if host in {"0.0.0.0", "::", "*"} else host, int(port) if is_whole_number(port) else 0  # noqa: S104  # read, not bound
