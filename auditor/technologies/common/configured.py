"""What the servers with plain named options have in common: values in force, gaps, addresses, versions."""

import ipaddress
import re
from collections.abc import Iterable

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.secret import Secret
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass

Version = tuple[int, ...]

_NOT_KNOWN = "where it listens is not known"


@dataclass(frozen=True, kw_only=True)
class Configured(Service):
    """A server whose options are names with one text each.

    `incomplete` is why options that nothing sets may be set all the same (a file that is not scanned), "" if they
    are not. `in_container` tells whether a container runs it.
    """

    incomplete: str = ""
    in_container: bool = False

    def text(self, name: str) -> str | Unknown | None:
        """Return the value in force, None if the option is neither set nor has a default; a secret is described."""
        setting = self.settings.get(name)
        if self.incomplete and not self.settings.is_explicit(name):
            return Unknown(self.incomplete)
        if setting is None:
            return None
        return setting.value.describe() if isinstance(setting.value, Secret) else setting.value

    def is_set(self, name: str) -> bool | Unknown:
        """Return whether an option has a value that is not empty."""
        setting = self.settings.get(name)
        if setting is not None and isinstance(setting.value, Secret):
            return not setting.value.is_empty
        value = self.text(name)
        return value if isinstance(value, Unknown) else bool(value)

    def number(self, name: str) -> int | Unknown | None:
        """Return a whole number, None where the option is not set or holds something else."""
        value = self.text(name)
        if isinstance(value, Unknown) or value is None:
            return value
        return int(value) if re.fullmatch(r"-?\d{1,18}", value) else None


def version_of(text: str | None) -> Version | None:
    """Return (major, minor) of a version's text; None without a minor number, since a lone major can be any."""
    match = re.match(r"v?(\d{1,3})\.(\d{1,3})", text or "")
    return (int(match[1]), int(match[2])) if match else None


def major_of(text: str | None) -> int | None:
    """Return the major number of a version's text."""
    match = re.match(r"v?(\d{1,3})(?:\.|$)", text or "")
    return int(match[1]) if match else None


def is_loopback(host: str) -> bool:
    """Tell whether a host or address is one that only the same machine reaches."""
    host = host.strip("[]")
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_any_address(host: str) -> bool:
    """Tell whether an address to listen on stands for all of them."""
    return host.strip("[]") in {"", "*", "0.0.0.0", "::"}  # noqa: S104  # read, not bound


def exposure_of(
    hosts: Iterable[str] | Unknown, ports: Iterable[int], workload: Workload | None, at: Location | None
) -> Exposure:
    """Return from where a server that listens on `hosts` is reached; `at` decides it where it is a file's setting."""
    if isinstance(hosts, Unknown):
        if workload is not None:
            return workload.exposure(*ports)
        reason = _NOT_KNOWN if hosts.reason == _NOT_KNOWN else f"{_NOT_KNOWN} ({hosts.reason})"
        return Exposure(reach=Reach.UNKNOWN, reason=reason, at=at)
    listed = list(dict.fromkeys(hosts))
    if not listed:
        return Exposure(reach=Reach.LOOPBACK, reason="it listens on no TCP port", at=at)
    if all(is_loopback(host) for host in listed):
        own = Exposure(reach=Reach.LOOPBACK, reason="it listens on loopback addresses only", at=at)
        return own.or_by_loopback(workload.by_loopback(*ports)) if workload is not None else own
    if workload is not None:
        return workload.exposure(*ports)
    outside = ["all addresses" if is_any_address(host) else host for host in listed if not is_loopback(host)]
    return Exposure(
        reach=Reach.HOST_NETWORK, reason=f"it listens on {' and '.join(dict.fromkeys(outside))} of its host", at=at
    )
