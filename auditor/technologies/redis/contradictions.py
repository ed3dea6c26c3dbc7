"""Settings that are fine each by itself and keep the server from starting together."""

from collections.abc import Iterator

from auditor.model.fact import Problem
from auditor.model.location import Location

from .loader import Loaded

_PROTOCOLS = {"tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3"}


def contradictions(loaded: Loaded) -> Iterator[Problem]:
    """Yield what `initServer`, `tlsConfigure` and `loadServerConfigFromString` of Redis 7.0 refuse to start with.

    A value that is not known contradicts nothing.
    """

    def text(name: str) -> str | None:
        value = loaded.settings[name].value
        return value if isinstance(value, str) else None

    def problem(name: str, message: str) -> Iterator[Problem]:
        at = loaded.settings[name].at
        if at is not None:
            yield Problem(at=at, message=message)

    port, tls_port = text("port"), text("tls-port")
    if port == tls_port and port not in {None, "0"}:
        yield from problem("tls-port", "expected a tls-port other than the port")
    no_port = (port, tls_port) == ("0", "0") or text("bind") == ""
    if no_port and text("unixsocket") == "":
        name = "port" if loaded.settings["port"].at else "bind"
        yield from problem(name, "expected a port or a Unix socket to listen on")
    if text("cluster-enabled") == "yes" and text("replicaof"):
        yield from problem("replicaof", "expected no replicaof, because cluster mode is on")
    if tls_port not in {None, "0"} or "yes" in {text("tls-replication"), text("tls-cluster")}:
        yield from _tls(loaded)


def _tls(loaded: Loaded) -> Iterator[Problem]:
    settings = loaded.settings
    used = next(
        name for name in ("tls-port", "tls-replication", "tls-cluster") if settings[name].value not in {"0", "no"}
    )
    at = settings[used].at or Location("", 1)
    for name in ("tls-cert-file", "tls-key-file"):
        if settings[name].value == "":
            yield Problem(at=at, message=f"expected {name}, because TLS is on")
    clients = settings["tls-auth-clients"].value
    needs_authority = clients in {"yes", "optional"} or "yes" in {
        settings["tls-replication"].value,
        settings["tls-cluster"].value,
    }
    if needs_authority and settings["tls-ca-cert-file"].value == "" and settings["tls-ca-cert-dir"].value == "":
        yield Problem(at=at, message="expected tls-ca-cert-file or tls-ca-cert-dir, because certificates are checked")
    protocols = settings["tls-protocols"]
    if isinstance(protocols.value, str) and not {word.lower() for word in protocols.value.split()} <= _PROTOCOLS:
        yield Problem(at=protocols.at or at, message="expected TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3 in tls-protocols")
