"""Images that run Solr, and what their start scripts set before they start it.

Sources: `Dockerfile` of apache/solr-docker (9.9 to 10.0) and docker-solr/docker-solr (5.5 to 8.11); `libsolr.sh` and
`solr-env.sh` of bitnami/containers (8 and 9): security.json with one user where SOLR_ENABLE_AUTHENTICATION is yes.
"""

from typing import Final

from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.program import Program
from auditor.technologies.common.versions import Range, range_of

_PROGRAM: Final = Program()
_BITNAMI: Final = Program(entrypoints=("entrypoint.sh",), takes=lambda word: word.endswith("run.sh"))
SCRIPTS: Final = frozenset({"solr-foreground", "solr-fg", "solr-precreate", "solr-create", "solr-demo"})
"""Scripts of the image that end in starting the server."""
_OTHERS: Final = frozenset({"solr", "solrcloud", "ckan-solr", "docker-solr"})
"""Names of images that others build on Solr's."""
_REMOTE_JMX: Final = frozenset({"8.1", "8.1.1", "8.2", "8.2.0"})
"""Releases whose solr.in.sh switches remote JMX on (CVE-2019-12409: 8.1.1 and 8.2.0)."""


@dataclass(frozen=True)
class Image:
    """`family` is official, bitnami, or "" for one whose own configuration is not known."""

    family: str
    versions: Range
    home: str
    include: str
    defaults: tuple[tuple[str, str], ...] = ()

    @property
    def program(self) -> Program:
        """How the image's own script starts the server."""
        return _BITNAMI if self.family == "bitnami" else _PROGRAM


def image_of(workload: Workload) -> Image | None:
    """Return what is known of the container's image, None if it is not named like one of Solr."""
    repository, name = workload.image_repository or "", workload.image_name or ""
    versions = range_of(workload.image_version, (), {}, {})
    if name == "solr" and repository.partition("/")[0] in {"bitnami", "bitnamilegacy", "bitnamisecure"}:
        defaults = (("SOLR_JETTY_HOST", "0.0.0.0"), ("SOLR_SSL_CHECK_PEER_NAME", "false"))  # noqa: S104  # what it sets
        return Image("bitnami", versions, "/opt/bitnami/solr/server/solr", "/opt/bitnami/solr/bin/solr.in.sh", defaults)
    if repository in {"solr", "apache/solr"} or repository.endswith("/library/solr"):
        return Image("official", versions, _home(versions), "/etc/default/solr.in.sh", _defaults(workload, versions))
    if name in _OTHERS:
        return Image("", Range(), "/var/solr/data", "/etc/default/solr.in.sh")
    return None


def _home(versions: Range) -> str:
    return "/opt/solr/server/solr" if versions.is_below(8, 0) else "/var/solr/data"


def _defaults(workload: Workload, versions: Range) -> tuple[tuple[str, str], ...]:
    defaults: list[tuple[str, str]] = []
    if not versions.is_below(9, 0):
        # The same address is the default of the releases before.
        defaults.append(("SOLR_JETTY_HOST", "0.0.0.0"))  # noqa: S104  # what it sets
    if workload.image_version in _REMOTE_JMX:
        defaults.append(("ENABLE_REMOTE_JMX_OPTS", "true"))
    return tuple(defaults)
