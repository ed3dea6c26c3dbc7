"""The images that run Redis or Valkey: what they are built with and which environment variables they read.

Sources, read in 2026: `docker-entrypoint.sh` of redis/docker-library-redis and valkey-io/valkey-container (both compile
protected mode to `no`; neither reads a password variable; Valkey's appends VALKEY_EXTRA_FLAGS), `libredis.sh`,
`redis-env.sh` and `run.sh` of bitnami/containers, `entrypoint.redis-stack-server.sh` of redis-stack/redis-stack.
"""

from auditor.model.location import Location
from auditor.model.numbers import whole_number
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.recognition.redis_directives import Version

_OFFICIAL = {"redis", "valkey", "valkey/valkey"}
_OTHERS = ("k8s.gcr.io/", "registry.k8s.io/", "gcr.io/")
"""Registries whose images named redis are their own, not copies of the official one."""
_STACK = {"redis/redis-stack", "redis/redis-stack-server"}
_BITNAMI = {"bitnami", "bitnamilegacy", "bitnamisecure"}
_SYSTEMS = {
    "debian", "ubuntu", "alpine", "centos", "fedora", "rockylinux", "almalinux", "amazonlinux", "ubi8", "ubi9",
    "debian-slim", "oraclelinux", "archlinux", "opensuse",
}  # fmt: skip


@dataclass(frozen=True)
class Image:
    """`protected_mode` is the build's default, Unknown for an image that is not known here."""

    name: str = ""
    is_server: bool = False
    """Whether it starts a server when no command is given."""
    is_sentinel: bool = False
    is_bitnami: bool = False
    is_stack: bool = False
    is_known: bool = False
    protected_mode: str | Unknown = "yes"
    product: str = "redis"
    version: str | None = None

    def takes(self, first: str | Unknown) -> bool:
        """Tell whether the entrypoint puts the server's name before a command that starts with `first`."""
        return isinstance(first, str) and not self.is_bitnami and (first.startswith("-") or first.endswith(".conf"))

    def default_arguments(self, at: Location) -> tuple[tuple[str | Unknown, Location], ...]:
        """Return what the image puts behind the server's name by itself."""
        return (("--protected-mode", at), ("no", at)) if self.is_stack else ()


def _reference(workload: Workload) -> str:
    value = workload.image.value if workload.image else ""
    return value if isinstance(value, str) else ""


def image_of(workload: Workload) -> Image:
    """Return what is known of the workload's image; a host has none, and what packages build is as upstream does."""
    if workload.on_host:
        return Image(is_known=True)
    repository, name = workload.image_repository or "", workload.image_name or ""
    namespace = repository.rpartition("/")[0]
    product = "valkey" if "valkey" in name else "redis"
    version = workload.image_version
    if repository in _OFFICIAL and not _reference(workload).startswith(_OTHERS):
        return Image(repository, is_server=True, is_known=True, protected_mode="no", product=product, version=version)
    if repository in _STACK:
        return Image(repository, is_server=True, is_stack=True, is_known=True, version=version)
    if namespace in _BITNAMI and name in {"redis", "valkey", "redis-sentinel", "valkey-sentinel"}:
        return Image(
            repository,
            is_server=True,
            is_sentinel=name.endswith("sentinel"),
            is_bitnami=True,
            is_known=True,
            product=product,
            version=version,
        )
    if name in _SYSTEMS:
        return Image(repository, is_known=True)
    unknown = Unknown(f"what the image {repository or 'of this container'} sets is not known")
    is_server = name in {"redis", "valkey", "redis-server", "redis-sentinel"}
    return Image(
        repository, is_server=is_server, is_sentinel=name == "redis-sentinel", protected_mode=unknown, product=product
    )


_LATEST_MINOR = {3: 2, 4: 0, 5: 0, 6: 2, 7: 4}
"""What a tag with the major number alone stands for, since these series have ended."""


def parse_version(text: str | None, product: str) -> Version | None:
    """Return (major, minor) of a version text, the last minor of a lone major; None if it tells nothing."""
    if text is None:
        return None
    parts = text.split(".")
    major = whole_number(parts[0])
    if major is None:
        return None
    # A tag such as "v1" or "20240101" counts the image's releases, not the server's.
    if not (7 if product == "valkey" else 2) <= major <= 20:
        return None
    if len(parts) > 1:
        return major, whole_number(parts[1]) or 0
    return major, 2 if product == "valkey" and major == 7 else _LATEST_MINOR.get(major, 0)
