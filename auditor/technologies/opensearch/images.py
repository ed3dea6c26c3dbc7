"""Images of OpenSearch, and what their start scripts make of the environment.

Sources: opensearch-build `opensearch-docker-entrypoint.sh` and `config/opensearch.yml` (1.x-3.x); the security plugin's
`SecuritySettingsConfigurer.java` and `install_demo_configuration.sh` (what the demonstration set-up writes; it leaves a
file alone that has settings of the plugin; 2.12 and later stop without OPENSEARCH_INITIAL_ADMIN_PASSWORD);
opendistro-build `elasticsearch/docker` (1.x); bitnami/containers `libopensearch.sh` and `opensearch-env.sh` (2 and 3).
"""

from typing import Final

from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.program import Program
from auditor.technologies.common.searchnode.build import NodeBuild
from auditor.technologies.common.sectioned import Gap, Option

_DEMO: Final = "install_demo_configuration.sh of the security plugin"
_DISABLED: Final = "plugins.security.disabled"


@dataclass(frozen=True)
class Image:
    """A family of images: `opensearch`, `opendistro` or `bitnami`; `plugin_folder` holds the plugin's own files."""

    family: str
    product: str
    program: str
    conf: str
    security_folders: tuple[str, ...] = ()


_OPENSEARCH: Final = Image(
    "opensearch",
    "OpenSearch",
    "opensearch",
    "/usr/share/opensearch/config/opensearch.yml",
    (
        "/usr/share/opensearch/config/opensearch-security",
        "/usr/share/opensearch/plugins/opensearch-security/securityconfig",
    ),
)
_OPENDISTRO: Final = Image(
    "opendistro",
    "Open Distro",
    "elasticsearch",
    "/usr/share/elasticsearch/config/elasticsearch.yml",
    ("/usr/share/elasticsearch/plugins/opendistro_security/securityconfig",),
)
_BITNAMI: Final = Image(
    "bitnami",
    "OpenSearch",
    "opensearch",
    "/opt/bitnami/opensearch/config/opensearch.yml",
    ("/opt/bitnami/opensearch/config/opensearch-security",),
)
_IMAGES: Final = {
    "opensearchproject/opensearch": _OPENSEARCH,
    "opensearchstaging/opensearch": _OPENSEARCH,
    "amazon/opendistro-for-elasticsearch": _OPENDISTRO,
    "bitnami/opensearch": _BITNAMI,
    "bitnamilegacy/opensearch": _BITNAMI,
    "bitnamisecure/opensearch": _BITNAMI,
}
PROGRAM: Final = Program(
    entrypoints=("opensearch-docker-entrypoint.sh", "docker-entrypoint.sh", "entrypoint.sh", "run.sh"),
    takes=lambda word: word.startswith("-") or word == "eswrapper" or word.endswith(("run.sh", "entrypoint.sh")),
)


def image_of(workload: Workload) -> Image | None:
    """Return the family of the container's image, None if it is another image; a mirror's folders do not matter."""
    repository = workload.image_repository or ""
    for name, image in _IMAGES.items():
        if repository == name or repository.endswith(f"/{name}"):
            return image
    return None


def is_true(workload: Workload, name: str) -> bool | Unknown:
    """Return whether a variable is the word true, as the start scripts compare it."""
    found = workload.environment.get(name)
    if found is None:
        return Unknown(workload.environment_open) if workload.environment_open is not None else False
    return found.value if isinstance(found.value, Unknown) else found.value == "true"


def apply_switch(build: NodeBuild, workload: Workload) -> None:
    """Put DISABLE_SECURITY_PLUGIN in force, which the start script turns into a `-E` option."""
    switched = is_true(workload, "DISABLE_SECURITY_PLUGIN")
    if isinstance(switched, Unknown):
        build.gaps.append(Gap(prefix=_DISABLED, reason=switched.reason))
    elif switched:
        at = workload.environment["DISABLE_SECURITY_PLUGIN"].at
        build.add((Option(name=_DISABLED, written=_DISABLED, value="true", at=at),), Origin.ENVIRONMENT)


def runs_demo(build: NodeBuild, workload: Workload) -> bool | Unknown:
    """Return whether the start script sets up the demonstration certificates and users."""
    skipped = is_true(workload, "DISABLE_INSTALL_DEMO_CONFIG")
    if skipped is not False:
        return skipped if isinstance(skipped, Unknown) else False
    if any(gap.touches("plugins.security") for gap in build.gaps):
        return Unknown("whether the settings file configures the security plugin is not known")
    return not any(option.name.startswith("plugins.security") for option in build.options)


def apply_demo(build: NodeBuild, at: Location) -> None:
    """Put in force what the demonstration set-up writes into the settings file."""
    for name, value in {
        "plugins.security.ssl.transport.pemcert_filepath": "esnode.pem",
        "plugins.security.ssl.http.enabled": "true",
        "plugins.security.ssl.http.pemcert_filepath": "esnode.pem",
        "plugins.security.allow_unsafe_democertificates": "true",
        "plugins.security.allow_default_init_securityindex": "true",
        "plugins.security.authcz.admin_dn": "CN=kirk,OU=client,O=client,L=test, C=de",
        "plugins.security.ssl.transport.enforce_hostname_verification": "false",
        "plugins.security.audit.type": "internal_opensearch",
    }.items():
        build.default(name, value, Origin.IMAGE, _DEMO, at)


def apply_bitnami(build: NodeBuild, workload: Workload) -> None:
    """Put in force what Bitnami's scripts write where no settings file is mounted."""
    name = "OPENSEARCH_ENABLE_SECURITY"
    found = workload.environment.get(name)
    build.default("network.host", "0.0.0.0", Origin.IMAGE, "libopensearch.sh", workload.at)  # noqa: S104  # what it writes
    if found is None and workload.environment_open is not None:
        build.gaps.append(Gap(prefix="plugins.security", reason=workload.environment_open))
    elif found is not None and isinstance(found.value, Unknown):
        build.gaps.append(Gap(prefix="plugins.security", reason=found.value.reason))
    elif found is None or str(found.value).lower() not in {"1", "yes", "true"}:
        build.default(_DISABLED, "true", Origin.IMAGE, "libopensearch.sh", found.at if found else workload.at)
    else:
        reason = "the image's start script configures the security plugin"
        build.gaps.append(Gap(prefix="plugins.security.ssl.transport", reason=reason))
        build.default("plugins.security.ssl.http.enabled", "true", Origin.IMAGE, "libopensearch.sh", found.at)
    if "OPENSEARCH_CLUSTER_HOSTS" not in workload.environment and workload.environment_open is None:
        build.default("discovery.type", "single-node", Origin.IMAGE, "libopensearch.sh", workload.at)
    else:
        build.gaps.append(Gap(prefix="discovery", reason="OPENSEARCH_CLUSTER_HOSTS lists the nodes"))
