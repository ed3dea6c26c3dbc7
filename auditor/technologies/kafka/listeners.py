"""Listeners of a broker: `NAME://host:port`, and the protocol that a name stands for.

Source: `EndPoint`, `KafkaConfig.effectiveListenerSecurityProtocolMap` and `SocketServer.openServerSocket` of Kafka 3.9.
"""

import ipaddress

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

PROTOCOLS = frozenset({"PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"})
_FORM = lazy(r"(?P<name>.*)://\[?(?P<host>[0-9a-zA-Z\-%._:]*)\]?:(?P<port>-?[0-9]{1,9})")


@dataclass(frozen=True)
class Address:
    """One entry of `listeners`; an empty host means every address."""

    name: str
    host: str
    port: int

    @property
    def is_everywhere(self) -> bool:
        return self.host in {"", "0.0.0.0", "::"}  # noqa: S104  # looked for, not bound

    @property
    def is_loopback(self) -> bool:
        if self.host.lower() == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, kw_only=True)
class Listener:
    """A listener with what its clients must do. `client_auth` is none, requested or required.

    `mechanisms` are the SASL mechanisms in upper case; empty where the protocol has no SASL.
    """

    address: Address
    protocol: str | Unknown
    is_controller: bool
    client_auth: str | Unknown
    mechanisms: frozenset[str] | Unknown
    at: Location
    protocol_at: Location

    @property
    def name(self) -> str:
        return self.address.name

    @property
    def authenticates(self) -> bool | Unknown:
        """Whether a client must prove who it is: by SASL, or by a certificate that TLS requires."""
        if isinstance(self.protocol, Unknown) or self.protocol != "SSL":
            return self.protocol if isinstance(self.protocol, Unknown) else self.protocol.startswith("SASL_")
        return self.client_auth if isinstance(self.client_auth, Unknown) else self.client_auth == "required"

    @property
    def is_encrypted(self) -> bool | Unknown:
        """Whether TLS is spoken."""
        return self.protocol if isinstance(self.protocol, Unknown) else self.protocol.endswith("SSL")


def parse_addresses(value: str) -> list[Address] | None:
    """Read a value of `listeners`; None if Kafka would refuse it. Names are in upper case, as Kafka compares them."""
    found: list[Address] = []
    for entry in (part.strip() for part in value.split(",")):
        if not entry:
            continue
        match = _FORM.fullmatch(entry)
        if match is None:
            return None
        found.append(Address(match["name"].upper(), match["host"], int(match["port"])))
    return found


def parse_map(value: str) -> dict[str, str] | None:
    """Read `listener.security.protocol.map`; None if Kafka would refuse it."""
    found: dict[str, str] = {}
    for entry in (part.strip() for part in value.split(",")):
        if not entry:
            continue
        name, separator, protocol = entry.rpartition(":")
        if not separator or protocol.strip() not in PROTOCOLS:
            return None
        found[name.strip().upper()] = protocol.strip()
    return found


def names_of(value: str) -> frozenset[str]:
    """Return the names of a list such as `controller.listener.names`, in upper case."""
    return frozenset(part.strip().upper() for part in value.split(",") if part.strip())
