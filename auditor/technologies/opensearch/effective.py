"""Make nodes of files and of containers, and facts of the security plugin's files."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from auditor.formats.errors import FormatError
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.technologies.common.configured import version_of
from auditor.technologies.common.program import Start, start_of
from auditor.technologies.common.searchnode.build import NodeBuild, exposure, refuse_discovery, transport_exposure
from auditor.technologies.common.searchnode.document import NodeFile
from auditor.technologies.common.searchnode.words import flags, variables
from auditor.technologies.common.sectioned import Gap
from auditor.technologies.document import FileView

from .documents import SecurityFile, canonical, parse_node, parse_security
from .images import PROGRAM, Image, apply_bitnami, apply_demo, apply_switch, image_of, runs_demo
from .rules import refused
from .security import (
    AuditSettings,
    InternalUsers,
    RoleMappings,
    Roles,
    SecurityFacts,
    SecuritySettings,
    mappings_of,
    roles_of,
    users_of,
)
from .service import OpenSearch

_MANUAL: Final = "OpenSearch documentation 2.x"
_FILES: Final = ("internal_users.yml", "roles_mapping.yml", "roles.yml", "config.yml", "audit.yml")
_PASSWORD: Final = "OPENSEARCH_INITIAL_ADMIN_PASSWORD"  # noqa: S105  # the variable's name


def _defaults() -> Settings:
    values = {
        "network.host": "_local_",
        "http.cors.enabled": "false",
        "plugins.security.ssl_only": "false",
        "plugins.security.ssl.http.enabled": "false",
    }
    return Settings(Setting(name, value, Origin.DEFAULT, source=_MANUAL) for name, value in values.items())


def file_node(document: NodeFile) -> OpenSearch:
    """Return the node started with just this file, on a host."""
    build = NodeBuild(_defaults())
    build.load(document, None)
    build.refuse_values()
    has_plugin: bool | Unknown = True
    if not any(option.name.startswith("plugins.security") for option in document.options):
        has_plugin = Unknown("whether the security plugin is installed is not known")
    is_old = document.source.file_name.lower().startswith("elasticsearch")
    node = OpenSearch(
        component=document.source.path,
        technology="opensearch",
        at=document.source.at(),
        settings=build.settings,
        consumed=frozenset(build.consumed),
        gaps=tuple(build.gaps),
        headers=build.headers,
        product="Open Distro" if is_old else "OpenSearch",
        has_plugin=has_plugin,
    )
    return _finished(node, build, None)


def container_facts(workload: Workload, view: FileView) -> Iterator[OpenSearch | SecurityFacts]:
    """Yield the node that a container runs and what its security files say, nothing if it runs another program."""
    image = image_of(workload)
    names = ("opensearch",) if image is None else (image.program,)
    start = start_of(workload, names, PROGRAM if image is not None else None)
    if start is None:
        return
    at = workload.image.at if workload.image is not None else workload.at
    files = tuple(_security_files(workload, view, image))
    node = _container_node(workload, view, image, start, at)
    chosen = _admin_is_chosen(workload, node.version, image, files)
    yield replace(node, admin_is_chosen=chosen)
    yield from files


def _container_node(
    workload: Workload,
    view: FileView,
    image: Image | None,
    start: Start,
    at: Location,
) -> OpenSearch:
    build = NodeBuild(_defaults())
    path = image.conf if image is not None else "/usr/share/opensearch/config/opensearch.yml"
    own = build.open_file(path, view, parse_node, workload.environment)
    demo: bool | Unknown = False
    if image is None:
        reason = "what the start script of this image adds is not known"
        build.gaps.append(Gap(prefix="" if not own else "plugins.security", reason=reason))
    elif image.family != "bitnami":
        demo = runs_demo(build, workload)
        if not own:
            build.default("cluster.name", "docker-cluster", Origin.IMAGE, "opensearch.yml of the image")
            build.default("network.host", "0.0.0.0", Origin.IMAGE, "opensearch.yml of the image")  # noqa: S104  # what it says
    elif not own:
        apply_bitnami(build, workload)
    if demo is True:
        apply_demo(build, at)
    elif isinstance(demo, Unknown):
        build.gaps.append(Gap(prefix="plugins.security", reason=demo.reason))
    given, gaps = flags(start.words, canonical)
    build.gaps.extend(gaps)
    if image is not None and image.family != "bitnami":
        build.add_words(variables(workload.environment, canonical, upper=False), given)
        apply_switch(build, workload)
        if workload.environment_open is not None or workload.role is Role.IMAGE:
            reason = workload.environment_open or "who runs this image may set variables"
            build.gaps.append(Gap(prefix="", reason=reason))
    else:
        build.add_words((), given)
    build.refuse_values()
    tag = workload.image_version if image is not None else None
    node = OpenSearch(
        component=workload.component,
        technology="opensearch",
        at=at,
        origin=workload.origin,
        version=tag,
        settings=build.settings,
        consumed=frozenset(build.consumed),
        gaps=tuple(build.gaps),
        headers=build.headers,
        in_container=not workload.on_host,
        product=image.product if image is not None else "OpenSearch",
        runs_demo_installer=demo,
    )
    return _finished(node, build, workload)


def _admin_is_chosen(
    workload: Workload, tag: str | None, image: Image | None, files: tuple[SecurityFacts, ...]
) -> bool | Unknown:
    """Return whether the administrator's password is not the published one."""
    version = version_of(tag)
    if any(isinstance(file, InternalUsers) for file in files) or image is None:
        return True
    if image.family == "opendistro" or (version is not None and version < (2, 12)):
        return False
    if version is not None and version >= (2, 12):
        return True  # without a password of somebody's choice the container stops
    return True if _PASSWORD in workload.environment else Unknown("before 2.12 the password is the published one")


def _finished(node: OpenSearch, build: NodeBuild, workload: Workload | None) -> OpenSearch:
    node = replace(node, exposure=exposure(node, workload), transport_exposure=transport_exposure(node, workload))
    problems = [*build.refused, *refused(node), *refuse_discovery(node, forms_alone=False)]
    version = version_of(node.version)
    if workload is not None and node.runs_demo_installer is True and version is not None and version >= (2, 12):
        password = workload.environment.get(_PASSWORD)
        given = password is not None and password.value != ""
        own = node.security is not True or workload.environment_open is not None or workload.role is Role.IMAGE
        if not given and not own and not any(mount.target.endswith("internal_users.yml") for mount in workload.mounts):
            message = f"expected {_PASSWORD}; without it the container stops"
            problems.append(Problem(at=node.at, message=message))
    return replace(node, refused=tuple(problems))


def _security_files(workload: Workload, view: FileView, image: Image | None) -> Iterator[SecurityFacts]:
    for folder in image.security_folders if image is not None else ():
        for name in _FILES:
            found = view.open(f"{folder}/{name}")
            if not isinstance(found, Source):
                continue
            try:
                document = parse_security(found)
            except FormatError:
                continue  # reported where the file is read on its own
            if document is not None:
                version = workload.image_version
                yield from facts_of(document, workload.component, origin=workload.origin, version=version)


def facts_of(
    document: SecurityFile,
    component: str,
    *,
    origin: str = "file",
    version: str | None = None,
) -> Iterator[SecurityFacts]:
    """Yield what a file of the security plugin says; nothing for kinds that no check asks about."""
    root = document.root
    common: dict[str, Any] = {
        "component": component,
        "technology": "opensearch",
        "at": document.source.at(),
        "origin": origin,
        "version": version,
        "consumed": frozenset([document.source.key]),
    }
    if document.kind == "internalusers":
        yield InternalUsers(**common, users=tuple(users_of(root)))
    elif document.kind == "rolesmapping":
        yield RoleMappings(**common, mappings=tuple(mappings_of(root)))
    elif document.kind == "roles":
        yield Roles(**common, roles=tuple(roles_of(root)))
    elif document.kind == "config":
        yield SecuritySettings(**common, root=root)
    elif document.kind == "audit":
        yield AuditSettings(**common, root=root)
