"""How the start scripts of the bitnami images turn environment variables into a configuration.

Read in `libredis.sh` (`redis_configure_default`, `redis_validate`), `redis-env.sh` and `redis-default.conf` of
bitnami/containers, Redis 6.2-7.4; the Valkey image has the same with `VALKEY_` in the names.
"""

from typing import Protocol

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload

from .loader import Loaded
from .parameters import PARAMETERS, Kind
from .values import normalise

_TLS = {
    "REDIS_TLS_CERT_FILE": "tls-cert-file",
    "REDIS_TLS_KEY_FILE": "tls-key-file",
    "REDIS_TLS_CA_FILE": "tls-ca-cert-file",
    "REDIS_TLS_AUTH_CLIENTS": "tls-auth-clients",
}


class _Put(Protocol):
    """Put a setting in force."""

    def __call__(self, name: str, value: str | Unknown, at: Location | None = None) -> None: ...


class _Environment:
    """The image's variables by their Redis names, with `*_FILE` forms and with what is not known."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._prefix = "VALKEY_" if "valkey" in (workload.image_name or "") else "REDIS_"

    def value(self, name: str, default: str = "") -> tuple[str | Unknown, Location | None]:
        own = name.replace("REDIS_", self._prefix, 1)
        variables = self._workload.environment
        if f"{own}_FILE" in variables:
            return Unknown(f"the value of {own} is in a file"), variables[f"{own}_FILE"].at
        if own in variables:
            found = variables[own]
            return (default if found.value == "" else found.value), found.at
        if self._workload.environment_open is not None:
            return Unknown(f"{own} may be set by {self._workload.environment_open}"), None
        return default, None

    def is_yes(self, name: str, *, default: str = "no") -> bool | Unknown:
        value, _ = self.value(name, default)
        return value if isinstance(value, Unknown) else value.lower() in {"1", "yes", "true"}


def apply(loaded: Loaded, workload: Workload, *, is_sentinel: bool) -> None:
    """Apply what the image's scripts do before they start the server."""
    if is_sentinel:
        loaded.cloud(Unknown("the image's start script writes the configuration"), workload.at, Origin.IMAGE)
        return
    environment = _Environment(workload)
    name = "valkey" if "valkey" in (workload.image_name or "") else "redis"
    folder = f"/opt/bitnami/{name}"
    mounted = loaded.view.open(f"{folder}/mounted-etc/{name}.conf")
    _validate(loaded, environment, workload)
    if isinstance(mounted, Unknown):
        loaded.cloud(mounted, workload.at, Origin.FILE)
    elif mounted is not None:
        loaded.file(mounted)
    else:
        _from_environment(loaded, environment)
        overrides = loaded.view.open(f"{folder}/mounted-etc/overrides.conf")
        if isinstance(overrides, Unknown):
            loaded.cloud(overrides, workload.at, Origin.FILE)
        elif overrides is not None:
            loaded.file(overrides, Origin.INCLUDE)


def _validate(loaded: Loaded, environment: _Environment, workload: Workload) -> None:
    empty_allowed = environment.is_yes("ALLOW_EMPTY_PASSWORD")
    if empty_allowed is not False:
        return
    password, at = environment.value("REDIS_PASSWORD")
    loaded.password_needed = True
    if password == "":
        message = "expected REDIS_PASSWORD or ALLOW_EMPTY_PASSWORD=yes; without them the container stops"
        loaded.problems.append(Problem(at=at or workload.at, message=message))


def _from_environment(loaded: Loaded, environment: _Environment) -> None:
    def put(name: str, value: str | Unknown, at: Location | None = None) -> None:
        parameter = PARAMETERS[name]
        if isinstance(value, str):
            normal = normalise(parameter, value)
            if normal is None:
                loaded.problems.append(Problem(at=at or Location("", 1), message=f"expected a valid value for {name}"))
                return
            value = normal
        shown = seal(value) if isinstance(value, str) and parameter.kind is Kind.SECRET else value
        origin = Origin.ENVIRONMENT if at else Origin.IMAGE
        loaded.settings.set(Setting(name=name, value=shown, origin=origin, at=at, source="" if at else "libredis.sh"))

    remote = environment.is_yes("REDIS_ALLOW_REMOTE_CONNECTIONS", default="yes")
    put("bind", remote if isinstance(remote, Unknown) else "0.0.0.0 ::" if remote else "127.0.0.1 -::1")
    empty_allowed = environment.is_yes("ALLOW_EMPTY_PASSWORD")
    put("protected-mode", empty_allowed if isinstance(empty_allowed, Unknown) else "no" if empty_allowed else "yes")
    put("appendonly", *environment.value("REDIS_AOF_ENABLED", "yes"))
    put("port", *environment.value("REDIS_PORT_NUMBER", "6379"))
    put("aclfile", *environment.value("REDIS_ACLFILE"))
    password, at = environment.value("REDIS_PASSWORD")
    if environment.value("REDIS_USER")[0] != "":
        password = Unknown("REDIS_USER changes what REDIS_PASSWORD is for")
    put("requirepass", password, at)
    _tls(environment, put)
    _replication(environment, put)


def _tls(environment: _Environment, put: _Put) -> None:
    enabled = environment.is_yes("REDIS_TLS_ENABLED")
    if isinstance(enabled, Unknown):
        put("tls-port", enabled)
        return
    if not enabled:
        return
    number, at = environment.value("REDIS_TLS_PORT_NUMBER", "6379")
    if number == "6379" and environment.value("REDIS_PORT_NUMBER", "6379")[0] == "6379":
        put("port", "0")
    put("tls-port", number, at)
    for variable, name in _TLS.items():
        default = "yes" if name == "tls-auth-clients" else ""
        put(name, *environment.value(variable, default))


def _replication(environment: _Environment, put: _Put) -> None:
    mode, at = environment.value("REDIS_REPLICATION_MODE")
    if isinstance(mode, Unknown):
        put("replicaof", mode, at)
    elif mode:
        enabled = environment.is_yes("REDIS_TLS_ENABLED")
        put("tls-replication", enabled if isinstance(enabled, Unknown) else "yes" if enabled else "no")
        if mode in {"slave", "replica"}:
            host, place = environment.value("REDIS_MASTER_HOST", "sentinel")
            port, _ = environment.value("REDIS_MASTER_PORT_NUMBER", "6379")
            unknown = next((part for part in (host, port) if isinstance(part, Unknown)), None)
            put("replicaof", f"{host} {port}" if unknown is None else unknown, place or at)
