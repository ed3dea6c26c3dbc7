"""Receivers, exporters and extensions: where they listen by default, and how they connect.

Sources: README.md of each receiver, exporter and extension of opentelemetry-collector and -contrib 0.113 (ports);
OpenTelemetry blog, "Hardening the Collector, episode 1" (servers listen on localhost since 0.104.0, on 0.0.0.0 before;
zpages and pprof on localhost always); config/configtls and config/configgrpc of the Collector 0.100 (`insecure` leaves
TLS out unless an authority is set or the address begins with https; without it a gRPC client speaks TLS).
"""

from dataclasses import field, replace
from typing import Final

from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Scalar
from auditor.model.exposure import Exposure, Reach
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback

PROTOCOLS: Final = {
    "otlp": {"grpc": 4317, "http": 4318},
    "jaeger": {"grpc": 14250, "thrift_http": 14268, "thrift_compact": 6831, "thrift_binary": 6832},
    "loki": {"grpc": 3600, "http": 3500},
}
"""Receivers with a mapping `protocols`, and the ports of these."""
LISTENERS: Final = {"zipkin": 9411, "opencensus": 55678, "influxdb": 8086, "splunk_hec": 8088, "signalfx": 9943} | {
    "statsd": 8125,
    "fluentforward": 8006,
}
"""Receivers with one address of their own; others ask somebody, and their address is that one's."""
DATAGRAMS: Final = frozenset({"statsd", "thrift_compact", "thrift_binary"})
"""What listens on UDP and cannot have TLS."""
ALWAYS_LOCAL: Final = frozenset({"statsd"})
DIAGNOSTICS: Final = {"zpages": 55679, "pprof": 1777}
GRPC: Final = frozenset({"otlp", "otlp_grpc", "opencensus", "jaeger", "otelarrow", "skywalking"})
"""Exporters whose address is no URL."""
LOCAL_SINCE: Final = (0, 104)
LOGGING_GONE: Final = (0, 111)
_NOWHERE: Final = Exposure(reach=Reach.UNKNOWN, reason="where it listens is not known")


@dataclass(frozen=True, kw_only=True)
class Listener:
    """One address that a component listens on. `name` is the component's id with the protocol, `otlp (grpc)`."""

    name: str
    kind: str
    host: str | Unknown
    port: int
    at: Location
    tls: Tree | None = field(repr=False)
    asks_who: bool
    origins: tuple[str, ...]
    origins_at: Location
    exposure: Exposure = _NOWHERE

    @property
    def has_tls(self) -> bool:
        """Whether it has a certificate."""
        return self.tls is not None and any(self.tls.get(key) is not None for key in ("cert_file", "cert_pem"))

    @property
    def is_datagram(self) -> bool:
        return self.kind in DATAGRAMS

    def reached(self, exposure: Exposure) -> "Listener":
        """Return it with from where it is reached."""
        return replace(self, exposure=exposure)


@dataclass(frozen=True, kw_only=True)
class Sender:
    """An address that an exporter in use sends to."""

    name: str
    address: str | Unknown = field(repr=False)
    host: str
    is_grpc: bool
    tls: Tree | None
    at: Location
    address_at: Location

    def switch(self, name: str) -> bool | Unknown:
        """Return a switch of its TLS settings."""
        node = self.tls.scalar(name) if self.tls is not None else None
        if node is None:
            return False
        answer = node.as_bool()
        if answer is None and "${" in node.text:
            return Unknown("a variable supplies it")
        return answer if isinstance(answer, Unknown) else answer is True

    def where(self, name: str) -> Location:
        """Return the place of a TLS setting, else of the exporter."""
        node = self.tls.get(name) if self.tls is not None else None
        return node.at if node is not None else self.address_at

    @property
    def is_local(self) -> bool:
        """Whether it sends to the same host or pod, or names no host."""
        return isinstance(self.address, str) and (not self.host or is_loopback(self.host))

    @property
    def is_plaintext(self) -> bool | Unknown:
        """Whether it sends without TLS."""
        if isinstance(self.address, Unknown):
            return self.address
        if not self.is_grpc:
            return self.address.startswith("http://")
        has_authority = self.tls is not None and any(self.tls.get(key) is not None for key in ("ca_file", "ca_pem"))
        return False if has_authority or self.address.startswith("https://") else self.switch("insecure")


def version_limit(tls: Tree | None) -> tuple[str, Location] | None:
    """Return the lowest version of TLS that settings name, and its place."""
    node: Scalar | None = tls.scalar("min_version") if tls is not None else None
    return (node.text, node.at) if node is not None else None
