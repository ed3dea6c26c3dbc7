"""Images of Cassandra, and what their start scripts make of the environment.

Sources: docker-library/cassandra `docker-entrypoint.sh` (3.11-5.0: it edits lines of cassandra.yaml that begin with a
name, commented out or not); conf/cassandra.yaml of 4.1 and 5.0 (what the image's own file says); bitnami/containers
`libcassandra.sh` and `cassandra-env.sh` (4.0-5.0: log-in on, administrator `cassandra` with the password `cassandra`
where none is given, a mounted cassandra.yaml is taken as it is).
"""

import re
from collections.abc import Mapping
from typing import Final

from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable, Workload
from auditor.records import dataclass
from auditor.technologies.common.program import Program
from auditor.technologies.common.sectioned import Gap, Option

from .build import Build

_NAMES: Final = (
    "broadcast_address",
    "broadcast_rpc_address",
    "cluster_name",
    "endpoint_snitch",
    "listen_address",
    "num_tokens",
    "rpc_address",
    "start_rpc",
)
_SHIPPED: Final = {
    "authenticator": "AllowAllAuthenticator",
    "authorizer": "AllowAllAuthorizer",
    "endpoint_snitch": "SimpleSnitch",
    "commitlog_sync": "periodic",
    "commitlog_sync_period": "10000ms",
    "disk_failure_policy": "stop",
    "commit_failure_policy": "stop",
    "listen_address": "localhost",
    "rpc_address": "localhost",
}
_YES: Final = frozenset({"1", "yes", "true"})


@dataclass(frozen=True)
class Image:
    """A family of images: `official` or `bitnami`, with the folders that a settings file can be mounted into."""

    family: str
    folders: tuple[str, ...]


_OFFICIAL: Final = Image("official", ("/etc/cassandra", "/opt/cassandra/conf"))
_BITNAMI: Final = Image("bitnami", ("/bitnami/cassandra/conf",))
_IMAGES: Final = {
    "cassandra": _OFFICIAL,
    "bitnami/cassandra": _BITNAMI,
    "bitnamilegacy/cassandra": _BITNAMI,
    "bitnamisecure/cassandra": _BITNAMI,
}
PROGRAM: Final = Program(
    entrypoints=("docker-entrypoint.sh", "entrypoint.sh", "run.sh"),
    takes=lambda word: word.startswith("-") or word.endswith(("run.sh", "entrypoint.sh")),
)


def image_of(workload: Workload) -> Image | None:
    """Return the family of the container's image, None if it is another image; a mirror's folders do not matter."""
    repository = workload.image_repository or ""
    for name, image in _IMAGES.items():
        if repository == name or repository.endswith(f"/{name}" if "/" in name else f"/library/{name}"):
            return image
    return None


def apply_shipped(build: Build) -> None:
    """Put in force what the image's own cassandra.yaml says."""
    for name, value in _SHIPPED.items():
        build.default(name, value, Origin.IMAGE, "cassandra.yaml of the image")


def apply_official(build: Build, workload: Workload, text: str | None) -> None:
    """Put in force what the start script writes into cassandra.yaml; `text` is a mounted one."""
    environment = workload.environment
    for name in _NAMES:
        if text is not None and re.search(rf"^(?:# )?{name}:", text, re.M) is None:
            continue
        variable = environment.get(f"CASSANDRA_{name.upper()}")
        if variable is not None and variable.value != "":
            value: str | Unknown = variable.value
            if value == "auto":
                value = "the container's address"
            build.add((Option(name=name, written=name, value=value, at=variable.at),), Origin.ENVIRONMENT)
        elif workload.environment_open is not None:
            build.gaps.append(Gap(prefix=name, reason=workload.environment_open))
        elif name == "rpc_address":
            build.default(name, "0.0.0.0", Origin.IMAGE, "docker-entrypoint.sh", workload.at)  # noqa: S104  # what it writes
        elif name in {"listen_address", "broadcast_address", "broadcast_rpc_address"}:
            build.default(name, "the container's address", Origin.IMAGE, "docker-entrypoint.sh", workload.at)


def apply_bitnami(build: Build, workload: Workload) -> None:
    """Put in force what Bitnami's scripts write into the image's own cassandra.yaml."""
    environment = workload.environment

    def text(name: str, default: str) -> tuple[str | Unknown, Variable | None]:
        found = environment.get(name)
        if f"{name}_FILE" in environment:
            return Unknown(f"the value of {name} is in a file"), environment[f"{name}_FILE"]
        if found is None and workload.environment_open is not None:
            return Unknown(workload.environment_open), None
        return (found.value or default if found is not None and isinstance(found.value, str) else default), found

    def put(setting: str, name: str, default: str) -> None:
        value, found = text(name, default)
        at = found.at if found is not None else workload.at
        origin = Origin.ENVIRONMENT if found is not None else Origin.IMAGE
        if isinstance(value, Unknown):
            build.gaps.append(Gap(prefix=setting, reason=value.reason))
        elif origin is Origin.ENVIRONMENT:
            build.add((Option(name=setting, written=setting, value=value, at=at),), origin)
        else:
            build.default(setting, value, origin, "libcassandra.sh", at)

    is_open = _is_empty_allowed(environment) and not _has(environment, "CASSANDRA_PASSWORD")
    put("authenticator", "CASSANDRA_AUTHENTICATOR", "AllowAllAuthenticator" if is_open else "PasswordAuthenticator")
    put("authorizer", "CASSANDRA_AUTHORIZER", "AllowAllAuthorizer" if is_open else "CassandraAuthorizer")
    put("endpoint_snitch", "CASSANDRA_ENDPOINT_SNITCH", "SimpleSnitch")
    put("client_encryption_options.enabled", "CASSANDRA_CLIENT_ENCRYPTION", "false")
    put("server_encryption_options.internode_encryption", "CASSANDRA_INTERNODE_ENCRYPTION", "none")
    put("user_defined_functions_enabled", "CASSANDRA_ENABLE_USER_DEFINED_FUNCTIONS", "false")
    put("scripted_user_defined_functions_enabled", "CASSANDRA_ENABLE_SCRIPTED_USER_DEFINED_FUNCTIONS", "false")
    remote, _ = text("CASSANDRA_ENABLE_REMOTE_CONNECTIONS", "true")
    address = "0.0.0.0" if remote == "true" else "127.0.0.1"  # noqa: S104  # what the script writes
    if isinstance(remote, Unknown):
        build.gaps.append(Gap(prefix="rpc_address", reason=remote.reason))
    else:
        build.default("rpc_address", address, Origin.IMAGE, "libcassandra.sh", workload.at)
        build.default("broadcast_rpc_address", "the container's name", Origin.IMAGE, "libcassandra.sh", workload.at)


def default_password(workload: Workload) -> bool | None:
    """Return whether Bitnami's script leaves the administrator the published password; None if that is not known."""
    if workload.environment_open is not None:
        return None
    return not _has(workload.environment, "CASSANDRA_PASSWORD") and not _is_empty_allowed(workload.environment)


def _has(environment: Mapping[str, Variable], name: str) -> bool:
    found = environment.get(name)
    return f"{name}_FILE" in environment or (found is not None and found.value != "")


def _is_empty_allowed(environment: Mapping[str, Variable]) -> bool:
    found = environment.get("ALLOW_EMPTY_PASSWORD")
    return found is not None and isinstance(found.value, str) and found.value.lower() in _YES
