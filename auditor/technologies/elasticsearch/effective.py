"""Make nodes of files and of containers."""

from dataclasses import replace
from typing import Final

from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import MountKind, Role, Workload
from auditor.technologies.common.program import start_of
from auditor.technologies.common.searchnode.build import NodeBuild, exposure, refuse_discovery, transport_exposure
from auditor.technologies.common.searchnode.document import NodeFile
from auditor.technologies.common.searchnode.reader import read
from auditor.technologies.common.searchnode.words import flags, variables
from auditor.technologies.common.sectioned import Gap
from auditor.technologies.common.versions import Range
from auditor.technologies.document import FileView

from .images import PROGRAM, Image, apply_bitnami, image_of
from .rules import refused
from .service import Elasticsearch
from .versions import versions_of

_MANUAL: Final = "Elasticsearch reference 8.x"
_DATA: Final = ("/usr/share/elasticsearch/data", "/usr/share/elasticsearch")


def parse(source: Source) -> NodeFile:
    """Read an elasticsearch.yml.

    Raises:
        FormatError: a template whose expressions leave no readable YAML.
    """
    return read(source, str)


def _defaults() -> Settings:
    values = {"network.host": "_local_", "xpack.security.audit.enabled": "false", "http.cors.enabled": "false"}
    return Settings(Setting(name, value, Origin.DEFAULT, source=_MANUAL) for name, value in values.items())


def file_node(document: NodeFile) -> Elasticsearch:
    """Return the node started with just this file, on a host."""
    build = NodeBuild(_defaults())
    build.load(document, None)
    build.refuse_values()
    node = Elasticsearch(
        component=document.source.path,
        technology="elasticsearch",
        at=document.source.at(),
        settings=build.settings,
        consumed=frozenset(build.consumed),
        gaps=tuple(build.gaps),
        headers=build.headers,
        versions=versions_of(None, build.settings),
        has_own_file=True,
    )
    return _finished(node, build, None)


def container_node(workload: Workload, view: FileView) -> Elasticsearch | None:
    """Return the node that a container runs, None if it runs another program."""
    image = image_of(workload)
    start = start_of(workload, ("elasticsearch",), PROGRAM if image is not None else None)
    if start is None:
        return None
    build = NodeBuild(_defaults())
    environment = workload.environment
    path = environment.get("ES_PATH_CONF")
    folder = path.value if path is not None else (image or Image("elastic")).folder
    if isinstance(folder, Unknown):
        build.gaps.append(Gap(prefix="", reason=folder.reason))
    elif not build.open_file(f"{folder.rstrip('/')}/elasticsearch.yml", view, parse, environment):
        _apply_image(build, workload, image, view)
    given, gaps = flags(start.words, str)
    build.gaps.extend(gaps)
    tag = workload.image_version if image is not None else None
    if image is not None and image.family != "bitnami":
        upper = versions_of(tag, ()).exact is None or versions_of(tag, ()).is_at_least(7, 15)
        build.add_words(variables(environment, str, upper=upper), given)
        if workload.environment_open is not None or workload.role is Role.IMAGE:
            reason = workload.environment_open or "who runs this image may set variables"
            build.gaps.append(Gap(prefix="", reason=reason))
    else:
        build.add_words((), given)
    build.refuse_values()
    versions = versions_of(tag, build.settings)
    if image is not None and image.family == "elastic" and versions.is_below(6, 0):
        versions, image = _before_xpack(workload, versions, image)
    node = Elasticsearch(
        component=workload.component,
        technology="elasticsearch",
        at=workload.image.at if workload.image is not None else workload.at,
        origin=workload.origin,
        version=tag,
        settings=build.settings,
        consumed=frozenset(build.consumed),
        gaps=tuple(build.gaps),
        headers=build.headers,
        in_container=not workload.on_host,
        edition=image.family if image is not None else None,
        versions=versions,
        keeps_data=_keeps_data(workload),
        has_own_file=build.replaced,
        has_password=bool({"ELASTIC_PASSWORD", "ELASTIC_PASSWORD_FILE"} & set(environment)),
    )
    return _finished(node, build, workload)


def _before_xpack(workload: Workload, versions: Range, image: Image) -> tuple[Range, Image]:
    """Docker's own images up to 5 do not have X-Pack, Elastic's have it (docker-library/elasticsearch, 5)."""
    return versions, Image("oss") if workload.is_official_image else image


def _apply_image(build: NodeBuild, workload: Workload, image: Image | None, view: FileView) -> None:
    if image is None:
        build.gaps.append(Gap(prefix="", reason="the settings file is in the image, not in the scanned files"))
    elif image.family == "bitnami":
        apply_bitnami(build, workload)
        if build.open_file(f"{image.folder}/my_elasticsearch.yml", view, parse, workload.environment):
            build.replaced = False  # it is merged into the file that the script writes
    else:
        build.default("cluster.name", "docker-cluster", Origin.IMAGE, "elasticsearch.yml of the image")
        build.default("network.host", "0.0.0.0", Origin.IMAGE, "elasticsearch.yml of the image")  # noqa: S104  # what it says


def _keeps_data(workload: Workload) -> bool:
    return any(
        mount.target.rstrip("/") in _DATA and mount.kind in {MountKind.BIND, MountKind.VOLUME, MountKind.UNKNOWN}
        for mount in workload.mounts
    )


def _finished(node: Elasticsearch, build: NodeBuild, workload: Workload | None) -> Elasticsearch:
    """Return the node with what would be refused, its exposure and the defaults of its version."""
    node = replace(node, exposure=exposure(node, workload), transport_exposure=transport_exposure(node, workload))
    problems = [*build.refused, *refused(node, build.options)]
    if node.versions.is_at_least(7, 0) and node.edition != "bitnami":
        problems.extend(refuse_discovery(node, forms_alone=node.sets_up_tls is not False))
    if "xpack.security.enabled" not in node.settings and isinstance(node.security, bool):
        value = "true" if node.security else "false"
        node.settings.set(Setting("xpack.security.enabled", value, Origin.DEFAULT, source=_MANUAL))
    return replace(node, refused=tuple(problems))
