"""Images of Elasticsearch, and what their start scripts make of the environment.

Sources: elastic/elasticsearch `distribution/docker` (Dockerfile, `docker-entrypoint.sh`, 7.x-8.x) and
docker-library/elasticsearch (up to 5, without X-Pack); bitnami/containers `libelasticsearch.sh` and
`elasticsearch-env.sh` (7 and 8: security off unless ELASTICSEARCH_ENABLE_SECURITY).
"""

from typing import Final

from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable, Workload
from auditor.records import dataclass
from auditor.technologies.common.program import Program
from auditor.technologies.common.searchnode.build import NodeBuild
from auditor.technologies.common.sectioned import Gap, Option


@dataclass(frozen=True)
class Image:
    """A family of images: `elastic`, `oss` (no X-Pack), `platinum` (trial licence, up to 6.2) or `bitnami`."""

    family: str
    folder: str = "/usr/share/elasticsearch/config"


_ELASTIC: Final = Image("elastic")
_BITNAMI: Final = Image("bitnami", "/opt/bitnami/elasticsearch/config")
_IMAGES: Final = {
    "elasticsearch": _ELASTIC,
    "elasticsearch/elasticsearch": _ELASTIC,
    "elasticsearch/elasticsearch-wolfi": _ELASTIC,
    "elasticsearch/elasticsearch-basic": _ELASTIC,
    "elasticsearch/elasticsearch-oss": Image("oss"),
    "elasticsearch/elasticsearch-platinum": Image("platinum"),
    "bitnami/elasticsearch": _BITNAMI,
    "bitnamilegacy/elasticsearch": _BITNAMI,
    "bitnamisecure/elasticsearch": _BITNAMI,
}
PROGRAM: Final = Program(
    entrypoints=("docker-entrypoint.sh", "entrypoint.sh", "tini", "run.sh"),
    takes=lambda word: word.startswith("-") or word == "eswrapper" or word.endswith(("run.sh", "entrypoint.sh")),
)
_YES: Final = frozenset({"1", "yes", "true"})


def image_of(workload: Workload) -> Image | None:
    """Return the family of the container's image, None if it is another image; a mirror's folders do not matter."""
    repository = workload.image_repository or ""
    for name, image in _IMAGES.items():
        if repository == name or repository.endswith(f"/{name}" if "/" in name else f"/library/{name}"):
            return image
    return None


def apply_bitnami(build: NodeBuild, workload: Workload) -> None:
    """Put in force what Bitnami's scripts write where no settings file is mounted."""
    environment = workload.environment

    def on(name: str, *, default: bool) -> bool | Unknown:
        if f"{name}_FILE" in environment:
            return Unknown(f"the value of {name} is in a file")
        found = environment.get(name)
        if found is None and workload.environment_open is not None:
            return Unknown(workload.environment_open)
        if found is None or found.value == "":
            return default
        return found.value if isinstance(found.value, Unknown) else found.value.lower() in _YES

    def put(name: str, value: bool | Unknown, variable: str) -> None:
        if isinstance(value, Unknown):
            build.gaps.append(Gap(prefix=name, reason=value.reason))
            return
        found = environment.get(variable)
        text = "true" if value else "false"
        if found is not None:
            build.add((Option(name=name, written=name, value=text, at=found.at),), Origin.ENVIRONMENT)
        else:
            build.default(name, text, Origin.IMAGE, "libelasticsearch.sh", workload.at)

    enabled = on("ELASTICSEARCH_ENABLE_SECURITY", default=False)
    rest = on("ELASTICSEARCH_ENABLE_REST_TLS", default=True)
    skipped = on("ELASTICSEARCH_SKIP_TRANSPORT_TLS", default=False)
    put("xpack.security.enabled", enabled, "ELASTICSEARCH_ENABLE_SECURITY")
    if enabled is not False:
        put("xpack.security.http.ssl.enabled", rest, "ELASTICSEARCH_ENABLE_REST_TLS")
        transport = skipped if isinstance(skipped, Unknown) else not skipped
        put("xpack.security.transport.ssl.enabled", transport, "ELASTICSEARCH_SKIP_TRANSPORT_TLS")
    if "ELASTICSEARCH_ACTION_DESTRUCTIVE_REQUIRES_NAME" in environment:
        named = on("ELASTICSEARCH_ACTION_DESTRUCTIVE_REQUIRES_NAME", default=False)
        put("action.destructive_requires_name", named, "ELASTICSEARCH_ACTION_DESTRUCTIVE_REQUIRES_NAME")
    _discovery(build, environment.get("ELASTICSEARCH_CLUSTER_HOSTS"), workload)


def _discovery(build: NodeBuild, hosts: Variable | None, workload: Workload) -> None:
    """Put in force how the node finds others: by ELASTICSEARCH_CLUSTER_HOSTS, or not at all."""
    build.default("network.host", "0.0.0.0", Origin.IMAGE, "libelasticsearch.sh", workload.at)  # noqa: S104  # what the script writes
    if hosts is not None and hosts.value != "":
        name = "discovery.seed_hosts"
        build.add((Option(name=name, written=name, value=hosts.value, at=hosts.at),), Origin.ENVIRONMENT)
    elif workload.environment_open is not None:
        build.gaps.append(Gap(prefix="discovery", reason=workload.environment_open))
    else:
        build.default("discovery.type", "single-node", Origin.IMAGE, "libelasticsearch.sh", workload.at)
