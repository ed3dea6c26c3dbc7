"""One container or service that somebody will run: one type for compose, Pod templates, Dockerfiles and units."""

import re
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Generic, TypeVar

from auditor.records import dataclass

from .exposure import Exposure, Reach
from .fact import Fact
from .image_reference import IMAGE, ROOT_BASES
from .linking import NOWHERE, Network, Passage
from .location import Location
from .source import Source
from .unknown import Unknown, known

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Located(Generic[T]):
    """A value with its place. The value may be Unknown; an absent value is None instead of a Located.

    It is left out of the representation: an argument may hold a secret.
    """

    value: T | Unknown = field(repr=False)
    at: Location


@dataclass(frozen=True, kw_only=True)
class Variable:
    """An environment variable or application setting.

    `value` is the text after interpolation (never shown: it may be a secret). `reference` names the Secret,
    ConfigMap or variable it comes from when the value is not written here, e.g. `Secret db-credentials#password`.
    `at` covers the value.
    """

    name: str
    value: str | Unknown = field(repr=False)
    at: Location
    reference: str | None = None


class MountKind(StrEnum):
    """What stands behind a path in a container."""

    BIND = "bind"
    """A path of the host; `repository_path` if it is a file or folder of the scanned tree."""
    COPY = "copy"
    """A file or folder of the scanned tree copied into the image."""
    CONFIG = "config"
    """One file whose text is in the scanned tree: a ConfigMap key, a compose config."""
    SECRET = "secret"
    VOLUME = "volume"
    """Persistent storage: named volume, PersistentVolumeClaim."""
    EPHEMERAL = "ephemeral"
    """tmpfs, emptyDir, anonymous volume."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Mount:
    """A path in the container and what stands there. `target` and `host_path` are as the container engine sees them."""

    kind: MountKind
    target: str
    at: Location
    host_path: str | None = None
    repository_path: str | None = None
    content: Source | None = None
    read_only: bool = False
    executable: bool = False
    """Whether a tmpfs is told to let programs be started from it, which Docker does not by itself."""
    folder: str | None = None
    """The mounted folder that this is one file of, with nothing of the image's own in it (a whole ConfigMap)."""


@dataclass(frozen=True, kw_only=True)
class Port:
    """A container port. `host_ip` is "" for all addresses; `published` is False if only other containers reach it."""

    container: int | Unknown
    at: Location
    published: bool = False
    host_ip: str = ""
    host: int | Unknown | None = None
    protocol: str = "tcp"
    via: str = ""
    """What publishes it: `ports`, `Service redis (LoadBalancer)`, `hostPort` …"""
    tls_ends: bool = False
    """Whether all clients speak TLS to what publishes it, and that ends TLS (an Ingress with certificates)."""


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A container with the labels that it is started with; `open` tells whether there may be more of them."""

    name: str
    at: Location
    labels: Mapping[str, Located[str]]
    open: bool = False


class Role(StrEnum):
    """What kind of run it is; a job needs no readiness probe, a build stage no restart policy."""

    SERVICE = "service"
    JOB = "job"
    INIT = "init"
    IMAGE = "image"
    """A Dockerfile that no scanned file runs."""


@dataclass(frozen=True, kw_only=True)
class Workload(Fact):
    """A container as it will run. Absent settings are None; `Located.value` may be Unknown.

    `environment` is complete unless `environment_open` names what else feeds it (an `env_file` or ConfigMap that is
    not in the scanned tree). `image` is the reference as written after interpolation; for a container built from
    a Dockerfile in the tree it is the image of the final stage's `FROM`, and `built_from` is the Dockerfile's path.
    """

    name: str
    origin: str
    unit: str = ""
    """What it is deployed with: the compose project's folder, the Kubernetes namespace and object."""
    role: Role = Role.SERVICE
    image: Located[str] | None = None
    image_prefix: str | None = None
    """The image as far as it is known where only its tag or digest is not: `redis` of `redis:${TAG}`."""
    built_from: str | None = None
    build_target: str | None = None
    """The stage of `built_from` to build, None for the last one."""
    build_context: str | None = None
    """The folder, relative to the scanned root, that the Dockerfile's COPY reads from."""
    is_built: bool = False
    """Whether the declaring file builds the image, so that `image` is nobody's published image."""
    built_as: str | None = None
    """The name that the declaring file gives to the image it builds."""
    entrypoint: tuple[Located[str], ...] | None = None
    command: tuple[Located[str], ...] | None = None
    """None where the image's own entrypoint or command runs. Words after splitting, each with its place."""
    on_host: bool = False
    """Whether a host's service manager starts it: no container, no image, the host's files and network."""
    environment: Mapping[str, Variable] = field(default_factory=dict[str, Variable])
    environment_open: str | None = None
    mounts: tuple[Mount, ...] = ()
    ports: tuple[Port, ...] = ()
    confined: Exposure | None = None
    """The widest place from which its ports can be reached at all, whatever publishes them: a network policy, an
    internal network, a network namespace of its own. None if nothing confines it."""
    network: Network = field(default=NOWHERE, compare=False, repr=False)
    """By which names others reach it, and whose names it can use."""
    passages: tuple[Passage, ...] = ()
    """The ways in for clients from outside through proxies of the scanned files."""
    host_network: Located[bool] | None = None
    host_pid: Located[bool] | None = None
    host_ipc: Located[bool] | None = None
    privileged: Located[bool] | None = None
    user: Located[str] | None = None
    """User name or id the process runs as; Kubernetes `runAsUser`, compose `user`, Dockerfile `USER`."""
    run_as_non_root: Located[bool] | None = None
    allow_privilege_escalation: Located[bool] | None = None
    """Kubernetes field, or False for compose `no-new-privileges`."""
    read_only_root: Located[bool] | None = None
    capabilities_added: tuple[Located[str], ...] = ()
    seccomp: Located[str] | None = None
    memory_limit: Located[str] | None = None
    cpu_limit: Located[str] | None = None
    liveness: Located[str] | None = None
    """Liveness probe, compose healthcheck or Dockerfile HEALTHCHECK; value is its kind, "none" if disabled."""
    readiness: Located[str] | None = None
    replicas: Located[int] | None = None
    restart: Located[str] | None = None
    """Restart policy in Docker's words: no, always, on-failure, unless-stopped (Pods: always unless set)."""
    build_args: Mapping[str, Variable] = field(default_factory=dict[str, Variable])
    service_account: Located[str] | None = None
    automount_token: Located[bool] | None = None
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    labelled: tuple[Labelled, ...] = ()
    """The containers of its project that have labels, itself among them: proxies on the same engine read these."""
    consumed: frozenset[str] = frozenset()
    """Keys of the sources that are judged through this workload (its env_files, its Dockerfile)."""
    templated: bool = False
    """Whether parts of the declaring file are template expressions, so that absent settings may be set by them."""

    @property
    def arguments(self) -> tuple[Located[str], ...]:
        """Entrypoint and command in one row, as far as the files set them."""
        return (self.entrypoint or ()) + (self.command or ())

    @property
    def image_name(self) -> str | None:
        """Last path component of the image without tag or digest, lower case: `redis` for docker.io/library/redis:7."""
        parsed = self._image_match()
        return parsed["name"].rpartition("/")[2].lower() if parsed else None

    @property
    def image_repository(self) -> str | None:
        """Image without registry host, tag and digest: `bitnami/redis`, `library/redis` is `redis`."""
        parsed = self._image_match()
        if not parsed:
            return None
        parts = parsed["name"].lower().split("/")
        if len(parts) > 1 and ("." in parts[0] or ":" in parts[0] or parts[0] == "localhost"):
            parts = parts[1:]
        return "/".join(parts).removeprefix("library/")

    @property
    def image_tag(self) -> str | None:
        """Tag as written; None if there is none."""
        parsed = self._image_match()
        return parsed["tag"] if parsed else None

    @property
    def image_digest(self) -> str | None:
        """Digest as written (`sha256:…`); None if the image is not pinned by one."""
        parsed = self._image_match()
        return parsed["digest"] if parsed else None

    @property
    def image_version(self) -> str | None:
        """Leading version number of the tag: "7.2" of `7.2-alpine`; None for `latest` and the like."""
        tag = self.image_tag or ""
        match = re.match(r"v?(\d{1,18}(?:\.\d{1,18})*)", tag)
        return match[1] if match else None

    def _image_match(self) -> re.Match[str] | None:
        if self.image is None:
            return None
        written = self.image_prefix if isinstance(self.image.value, Unknown) else self.image.value
        return IMAGE.fullmatch(written.strip()) if written else None

    @property
    def is_official_image(self) -> bool:
        """Whether the image is a Docker Official Image, by its name (`redis`, not `bitnami/redis`)."""
        parsed = self._image_match()
        repository = self.image_repository
        if parsed is None or repository is None or "/" in repository:
            return False
        host = parsed["name"].lower().removesuffix(repository).removesuffix("library/").rstrip("/")
        return host in {"", "docker.io", "index.docker.io", "registry-1.docker.io"}

    def effective(self, setting: Located[T] | None, default: T) -> T | Unknown:
        """Return a setting's value, or `default` where it is absent and no template expression may set it."""
        if setting is not None:
            return setting.value
        return Unknown("template expressions may set it") if self.templated else default

    def decided(self, setting: Located[T] | None, default: T) -> T:
        """Return what `effective` returns, or end the check as "not evaluated" if that is Unknown."""
        value = self.effective(setting, default)
        return known(value)

    @property
    def runs_as_root(self) -> bool | Unknown:
        """Whether the main process starts as user 0; Unknown where a published image decides."""
        non_root = self.effective(self.run_as_non_root, False)
        if isinstance(non_root, Unknown) or non_root:
            return non_root if isinstance(non_root, Unknown) else False
        if self.user is not None:
            if isinstance(self.user.value, Unknown):
                return self.user.value
            return self.user.value.partition(":")[0].strip() in {"0", "root"}
        if self.templated:
            return Unknown("template expressions may set it")
        if self.is_built and self.image is not None and self.is_official_image and self.image_name in ROOT_BASES:
            return True
        return Unknown("the image decides which user it runs as")

    @property
    def may_gain_privileges(self) -> bool | Unknown:
        """Whether a process may get more privileges than its parent (no_new_privs is off, the default everywhere)."""
        return self.effective(self.allow_privilege_escalation, True)

    @property
    def has_health_check(self) -> bool | Unknown:
        """Whether something notices that the container hangs. Kubernetes does not read an image's HEALTHCHECK.

        Docker Official Images define no HEALTHCHECK (official-images FAQ, "Healthcheck").
        """
        check = self.liveness or self.readiness
        if check is not None:
            return check.value if isinstance(check.value, Unknown) else check.value != "none"
        if self.templated:
            return Unknown("template expressions may set it")
        if self.origin == "kubernetes" or self.is_official_image:
            return False
        return Unknown("the image may define a health check")

    @property
    def restart_policy(self) -> str | Unknown:
        """Docker's word for what happens when the process ends: "no" in Compose and "always" in Pods by default."""
        return self.effective(self.restart, "always" if self.origin == "kubernetes" else "no")

    def exposure(self, *ports: int) -> Exposure:
        """Return from where one of the container `ports` can be reached (the widest of them)."""
        outside = self._published(*ports)
        confined = self.confined
        own = confined if confined is not None and not outside.is_within(confined) else outside
        return own.widened(way.exposure for way in self.passages if way.port in ports) if self.passages else own

    def by_loopback(self, *ports: int) -> Exposure | None:
        """Return from where a server on loopback addresses is reached through a proxy beside it, None if by none."""
        ways = [way.exposure for way in self.passages if way.is_local and way.port in ports]
        return min(ways, key=lambda way: way.ends_before, default=None)

    def _published(self, *ports: int) -> Exposure:
        """Return from where a port would be reached if nothing confined the workload."""
        if self.on_host:
            return Exposure(reach=Reach.HOST_NETWORK, reason="it listens on addresses of its host")
        best: Exposure | None = None
        behind_tls: Exposure | None = None
        if self.host_network is not None and self.host_network.value is True:
            reason = "the container uses the host's network"
            return Exposure(reach=Reach.HOST_NETWORK, reason=reason, at=self.host_network.at)
        if self.host_network is not None and isinstance(self.host_network.value, Unknown):
            reason = self.host_network.value.reason
            best = Exposure(reach=Reach.UNKNOWN, reason=reason, at=self.host_network.at)
        for port in self.ports:
            if isinstance(port.container, int) and port.container not in ports:
                continue
            if not port.published:
                continue
            if isinstance(port.container, Unknown):
                best = best or Exposure(reach=Reach.UNKNOWN, reason=port.container.reason, at=port.at)
            elif port.host_ip in {"127.0.0.1", "::1", "localhost"} or port.host_ip.startswith("127."):
                if best is None:
                    best = Exposure(
                        reach=Reach.CONTAINER_NETWORK,
                        reason=f"port {port.container} is published on the host's loopback address only",
                        at=port.at,
                    )
            else:
                where = f"on {port.host_ip}" if port.host_ip else "on all addresses"
                found = Exposure(
                    reach=Reach.PUBLISHED,
                    reason=f"port {port.container} is published {where} ({port.via or 'ports'})",
                    at=port.at,
                    tls_ends=port.tls_ends,
                )
                if not port.tls_ends:
                    return found
                behind_tls = behind_tls or found
        if behind_tls is not None and (best is None or best.reach is not Reach.UNKNOWN):
            return behind_tls
        if best is not None:
            return best
        others = "every pod of the cluster" if self.origin == "kubernetes" else "other containers"
        return Exposure(reach=Reach.CONTAINER_NETWORK, reason=f"no port is published; {others} can reach it")
