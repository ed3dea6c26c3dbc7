"""Make servers of files and of containers.

Sources: elastic/kibana `src/dev/build/tasks/os_packages/docker_generator` (image: `kibana.yml` with server.host 0.0.0.0
and elasticsearch.hosts http://elasticsearch:9200; `kibana-docker` turns SERVER_SSL_ENABLED into server.ssl.enabled);
opensearch-build `docker/release` (image: `opensearch_dashboards-default.x.yml` with verificationMode none, and the same
variables); both programs take a variable over the file.
"""

from dataclasses import replace
from typing import Final

from auditor.formats.errors import FormatError
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import Program, start_of
from auditor.technologies.common.searchnode.build import NodeBuild
from auditor.technologies.common.searchnode.document import NodeFile
from auditor.technologies.common.searchnode.reader import read
from auditor.technologies.common.sectioned import Gap, Option
from auditor.technologies.document import FileView

from .service import Kibana

_MANUAL: Final = "Kibana reference 8.x, OpenSearch documentation 2.x"
_OLDER: Final = {"elasticsearch.url": "elasticsearch.hosts"}
_ANYWHERE: Final = "0.0.0.0"  # noqa: S104  # what the images' files say
_FROM_ENVIRONMENT: Final = (
    "server.host",
    "server.port",
    "server.ssl.enabled",
    "server.ssl.supportedProtocols",
    "server.xsrf.disableProtection",
    "xpack.security.session.idleTimeout",
    "opensearch_security.auth.anonymous_auth_enabled",
    "opensearch_security.cookie.secure",
)
_PORT: Final = 5601


@dataclass(frozen=True)
class _Image:
    is_dashboards: bool
    path: str
    values: dict[str, str]


_KIBANA: Final = _Image(
    False,
    "/usr/share/kibana/config/kibana.yml",
    {"server.host": _ANYWHERE, "elasticsearch.hosts": "http://elasticsearch:9200"},
)
_DASHBOARDS: Final = _Image(
    True,
    "/usr/share/opensearch-dashboards/config/opensearch_dashboards.yml",
    {"server.host": _ANYWHERE, "opensearch.hosts": "https://localhost:9200", "opensearch.ssl.verificationMode": "none"},
)
_IMAGES: Final = {
    "kibana": _KIBANA,
    "kibana/kibana": _KIBANA,
    "kibana/kibana-wolfi": _KIBANA,
    "kibana/kibana-oss": _KIBANA,
    "opensearchproject/opensearch-dashboards": _DASHBOARDS,
}
_PROGRAM: Final = Program(
    entrypoints=("tini", "kibana-docker", "opensearch-dashboards-docker-entrypoint.sh"),
    takes=lambda word: word.startswith("-"),
)


def parse(source: Source) -> NodeFile:
    """Read a settings file; nested and dotted keys are the same.

    Raises:
        FormatError: a template whose expressions leave no readable YAML.
    """
    return read(source, lambda name: _OLDER.get(name, name))


def _defaults() -> Settings:
    values = {"server.host": "localhost", "server.ssl.enabled": "false"}
    return Settings(Setting(name, value, Origin.DEFAULT, source=_MANUAL) for name, value in values.items())


def _is_dashboards(document: NodeFile) -> bool:
    return "dashboards" in document.source.file_name.lower()


def file_server(document: NodeFile) -> Kibana:
    """Return the server started with just this file, on a host."""
    build = NodeBuild(_defaults())
    build.load(document, None)
    server = Kibana(
        component=document.source.path,
        technology="kibana",
        at=document.source.at(),
        settings=build.settings,
        consumed=frozenset(build.consumed),
        gaps=tuple(build.gaps),
        headers=build.headers,
        refused=tuple(build.refused),
        is_dashboards=_is_dashboards(document),
    )
    return _finished(server, None)


def _image_of(workload: Workload) -> _Image | None:
    repository = workload.image_repository or ""
    for name, image in _IMAGES.items():
        if repository == name or repository.endswith(f"/{name}" if "/" in name else f"/library/{name}"):
            return image
    return None


def container_server(workload: Workload, view: FileView) -> Kibana | None:
    """Return the server that a container with one of the images runs, None if it runs another program."""
    image = _image_of(workload)
    if image is None or start_of(workload, ("kibana", "opensearch-dashboards"), _PROGRAM) is None:
        return None
    build = NodeBuild(_defaults())
    found = view.open(image.path)
    if found is None:
        for name, value in image.values.items():
            build.default(name, value, Origin.IMAGE, "settings file of the image")
    elif isinstance(found, Unknown):
        build.gaps.append(Gap(prefix="", reason=found.reason))
    else:
        try:
            build.load(parse(found), workload.environment)
        except FormatError as error:
            build.gaps.append(Gap(prefix="", reason=f"the settings file cannot be read ({error.at})"))
    back = "opensearch" if image.is_dashboards else "elasticsearch"
    for name in (*_FROM_ENVIRONMENT, f"{back}.hosts", f"{back}.ssl.verificationMode"):
        variable = workload.environment.get(name.upper().replace(".", "_"))
        if variable is not None and variable.value != "":
            build.add((Option(name=name, written=name, value=variable.value, at=variable.at),), Origin.ENVIRONMENT)
    if workload.environment_open is not None or workload.role is Role.IMAGE or workload.templated:
        reason = workload.environment_open or "who runs this image may set variables"
        build.gaps.append(Gap(prefix="", reason=reason))
    server = Kibana(
        component=workload.component,
        technology="kibana",
        at=workload.image.at if workload.image is not None else workload.at,
        origin=workload.origin,
        version=workload.image_version,
        settings=build.settings,
        consumed=frozenset(build.consumed),
        gaps=tuple(build.gaps),
        headers=build.headers,
        refused=tuple(build.refused),
        in_container=not workload.on_host,
        is_dashboards=image.is_dashboards,
    )
    return _finished(server, workload)


def _finished(server: Kibana, workload: Workload | None) -> Kibana:
    host, port = server.host, server.text("server.port")
    number = int(port) if isinstance(port, str) and is_whole_number(port) and len(port) < 6 else _PORT
    hosts = host if isinstance(host, Unknown) else [host]
    return replace(server, exposure=exposure_of(hosts, (number,), workload, server.where("server.host")))
