"""What the entrypoints of MongoDB images make of the environment and the command.

Sources: docker-library/mongo `docker-entrypoint.sh` (image `mongo`); percona/percona-docker `ps-entry.sh`, which works
alike; bitnami/containers `libmongodb.sh` (7.0). The images `mongodb/mongodb-*-server` read `MONGODB_INITDB_ROOT_*`.
"""

from typing import Final

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Variable, Workload
from auditor.records import dataclass
from auditor.technologies.common.sectioned import Gap

from .document import Option


@dataclass(frozen=True)
class Image:
    """A family of images: the edition it ships, and the prefix of the variables its entrypoint reads."""

    edition: str
    prefix: str
    is_bitnami: bool = False


_OFFICIAL: Final = Image("community", "MONGO_INITDB_ROOT_")
_BITNAMI: Final = Image("community", "MONGODB_", is_bitnami=True)
_IMAGES: Final = {
    "mongo": _OFFICIAL,
    "bitnami/mongodb": _BITNAMI,
    "bitnamilegacy/mongodb": _BITNAMI,
    "bitnamisecure/mongodb": _BITNAMI,
    "mongodb/mongodb-community-server": Image("community", "MONGODB_INITDB_ROOT_"),
    "mongodb/mongodb-enterprise-server": Image("enterprise", "MONGODB_INITDB_ROOT_"),
    "percona/percona-server-mongodb": Image("percona", "MONGO_INITDB_ROOT_"),
}


def image_of(workload: Workload) -> Image | None:
    """Return the family of the container's image, None if it is another image; a mirror's folders do not matter."""
    repository = workload.image_repository or ""
    for name, image in _IMAGES.items():
        if repository == name or repository.endswith(f"/{name}" if "/" in name else f"/library/{name}"):
            return image
    return None


@dataclass(frozen=True)
class Environment:
    """Options that the entrypoint adds, what it leaves open, and why it refuses to start ("" if it does not)."""

    options: tuple[Option, ...] = ()
    gaps: tuple[Gap, ...] = ()
    refusal: str = ""
    at: Location | None = None


def root_user(workload: Workload, image: Image) -> Environment:
    """Return what the variables of the root user do: `--auth` is added where name and password are given."""
    user, password = (_variable(workload, image.prefix + part) for part in ("USERNAME", "PASSWORD"))
    given = [variable for variable in (user, password) if variable is not None and variable.value != ""]
    if not given:
        return Environment(gaps=_open_environment(workload))
    certain = [variable for variable in given if _is_set(variable)]
    if not certain:
        reasons = [variable.value.reason for variable in given if isinstance(variable.value, Unknown)]
        return Environment(gaps=(Gap(prefix="security.authorization", reason=reasons[0]),))
    if len(given) == 2:  # were the other one empty, the container would not start
        return Environment(options=(_on("security.authorization", "enabled", "auth", certain[0].at),))
    gaps = _open_environment(workload)
    if gaps:
        return Environment(gaps=gaps)
    reason = f"expected both {image.prefix}USERNAME and {image.prefix}PASSWORD, or neither"
    return Environment(refusal=reason, at=certain[0].at)


def bitnami(workload: Workload) -> Environment:
    """Return what Bitnami's scripts write into their own configuration file."""
    options = [_on("net.bindIpAll", "true", "bindIpAll", workload.at)]
    gaps: tuple[Gap, ...] = ()
    passwords = [
        variable
        for name in ("MONGODB_ROOT_PASSWORD", "MONGODB_INITIAL_PRIMARY_ROOT_PASSWORD", "MONGODB_PASSWORD")
        if (variable := _variable(workload, name)) is not None
    ]
    not_enforced = _variable(workload, "MONGODB_DISABLE_ENFORCE_AUTH")
    first = next((variable for variable in passwords if _is_set(variable)), None)
    if not_enforced is not None and str(not_enforced.value).lower() not in {"", "no", "false", "0"}:
        pass
    elif first is not None:
        options.append(_on("security.authorization", "enabled", "authorization", first.at))
        options.append(_on("setParameter.enableLocalhostAuthBypass", "false", "enableLocalhostAuthBypass", first.at))
    else:
        undecided = next((v.value.reason for v in passwords if isinstance(v.value, Unknown)), None)
        gaps = (Gap(prefix="security.authorization", reason=undecided),) if undecided else _open_environment(workload)
    port = _variable(workload, "MONGODB_PORT_NUMBER")
    if port is not None and isinstance(port.value, str) and port.value:
        options.append(_on("net.port", port.value, "port", port.at))
    mode = _variable(workload, "MONGODB_REPLICA_SET_MODE")
    if mode is not None and mode.value != "":
        options.append(_on("replication.replSetName", "replicaset", "replSetName", mode.at))
    key = _variable(workload, "MONGODB_REPLICA_SET_KEY")
    if key is not None and key.value != "":
        options.append(_on("security.keyFile", "/opt/bitnami/mongodb/conf/keyfile", "keyFile", key.at))
    return Environment(options=tuple(options), gaps=gaps)


def _variable(workload: Workload, name: str) -> Variable | None:
    """Return the variable, or the one whose `_FILE` form names a file that holds its value."""
    return workload.environment.get(name) or workload.environment.get(f"{name}_FILE")


def _is_set(variable: Variable) -> bool:
    """Tell whether it is not empty for sure; a key of a Secret or ConfigMap is taken to hold something."""
    if isinstance(variable.value, str):
        return variable.value != ""
    return (variable.reference or "").startswith(("Secret ", "ConfigMap "))


def _open_environment(workload: Workload) -> tuple[Gap, ...]:
    """Return what may still name a root user: an env file that is not scanned, or whoever runs the image."""
    if workload.environment_open:
        return (Gap(prefix="security.authorization", reason=workload.environment_open),)
    if workload.role is Role.IMAGE:
        return (Gap(prefix="security.authorization", reason="who runs this image may set the root user's variables"),)
    return ()


def _on(name: str, value: str, written: str, at: Location) -> Option:
    return Option(name=name, written=written, value=value, at=at)
