"""Make servers of files and of containers.

Source: Cassandra documentation 4.1, "cassandra.yaml file configuration" (defaults), and Config.java of 4.1.
"""

import posixpath
from dataclasses import replace
from typing import Final

from auditor.formats.errors import FormatError
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.technologies.common.configured import Version, exposure_of
from auditor.technologies.common.program import start_of
from auditor.technologies.common.sectioned import Gap
from auditor.technologies.common.versions import range_of
from auditor.technologies.document import FileView

from .build import Build
from .documents import CassandraYaml
from .images import PROGRAM, apply_bitnami, apply_official, apply_shipped, default_password, image_of
from .reader import read
from .rules import refused
from .script import EnvScript, Jmx, jmx_of, with_options
from .service import Cassandra

_MANUAL: Final = "Cassandra documentation 4.1"
_DEFAULTS: Final = {
    "authenticator": "AllowAllAuthenticator",
    "authorizer": "AllowAllAuthorizer",
    "native_transport_port": "9042",
    "auto_snapshot": "true",
    "hinted_handoff_enabled": "true",
    "user_defined_functions_enabled": "false",
    "user_defined_functions_threads_enabled": "true",
    "client_encryption_options.enabled": "false",
    "server_encryption_options.internode_encryption": "none",
}
_SINCE: Final[dict[str, Version]] = {
    "audit_logging_options": (4, 0),
    "network_authorizer": (4, 0),
    "commitlog_sync_period": (4, 1),
    "cidr_authorizer": (5, 0),
    "storage_compatibility_mode": (5, 0),
}
_BEFORE: Final[dict[str, Version]] = {"start_rpc": (4, 0), "rpc_server_type": (4, 0), "request_scheduler": (4, 0)}
_FALLBACK_PORT: Final = 9042


def file_server(document: CassandraYaml, view: FileView) -> Cassandra:
    """Return the server started with just this file and a script beside it, on a host."""
    build = Build(Settings(Setting(n, v, Origin.DEFAULT, source=_MANUAL) for n, v in _DEFAULTS.items()))
    build.load(document)
    jmx = Jmx(remote=Unknown("no cassandra-env.sh is in the scanned files"))
    script = view.open("cassandra-env.sh")
    if isinstance(script, Source):
        build.consumed.add(script.key)
        jmx = jmx_of(script, None)
    server = Cassandra(
        component=document.source.path,
        technology="cassandra",
        at=document.source.at(),
        settings=build.settings,
        consumed=frozenset(build.consumed),
        gaps=tuple(build.gaps),
        headers=build.headers,
        versions=range_of(None, (option.written for option in build.options), _SINCE, _BEFORE),
        jmx=jmx,
    )
    name = document.source.file_name.lower()
    return _finished(server, build, None, whole=name.startswith(("cassandra.y", "cassandra_latest.y")))


def script_server(document: EnvScript) -> Cassandra:
    """Return the server of which only the script is known."""
    source = document.source
    return Cassandra(
        component=source.path,
        technology="cassandra",
        at=source.at(),
        consumed=frozenset([source.key]),
        gaps=(Gap(prefix="", reason="no cassandra.yaml is in the scanned files"),),
        jmx=jmx_of(source, None),
    )


def container_server(workload: Workload, view: FileView) -> Cassandra | None:
    """Return the server that a container runs, None if it runs another program."""
    image = image_of(workload)
    start = start_of(workload, ("cassandra",), PROGRAM if image is not None else None)
    if start is None:
        return None
    build = Build(Settings(Setting(n, v, Origin.DEFAULT, source=_MANUAL) for n, v in _DEFAULTS.items()))
    folders = image.folders if image is not None else ("/etc/cassandra", "/opt/cassandra/conf")
    mounted = _mounted(folders, "cassandra.yaml", view)
    document = _load(build, mounted)
    if image is None:
        if mounted is None:
            build.gaps.append(Gap(prefix="", reason="cassandra.yaml is in the image, not in the scanned files"))
        else:
            build.gaps.append(Gap(prefix="rpc_address", reason="the image's start script may change it"))
    else:
        if mounted is None:
            apply_shipped(build)
        if image.family == "official" and start.by_image:
            apply_official(build, workload, document.source.text if document is not None else None)
        elif image.family == "bitnami" and mounted is None:
            apply_bitnami(build, workload)
        if workload.role is Role.IMAGE and mounted is None:
            build.gaps.append(Gap(prefix="", reason="who runs this image may set variables"))
    tag = workload.image_version if image is not None else None
    server = Cassandra(
        component=workload.component,
        technology="cassandra",
        at=workload.image.at if workload.image is not None else workload.at,
        origin=workload.origin,
        version=tag,
        settings=build.settings,
        consumed=frozenset(build.consumed),
        gaps=tuple(build.gaps),
        headers=build.headers,
        in_container=not workload.on_host,
        workload=workload,
        versions=range_of(tag, (option.written for option in build.options), _SINCE, _BEFORE),
        jmx=_jmx_in_container(workload, folders, view, build),
        default_password=default_password(workload) if image is not None and image.family == "bitnami" else None,
    )
    return _finished(replace(server, consumed=frozenset(build.consumed)), build, workload, whole=document is not None)


def _mounted(folders: tuple[str, ...], name: str, view: FileView) -> Source | Unknown | None:
    found = (view.open(posixpath.join(folder, name)) for folder in folders)
    return next((source for source in found if source is not None), None)


def _load(build: Build, mounted: Source | Unknown | None) -> CassandraYaml | None:
    if isinstance(mounted, Unknown):
        build.gaps.append(Gap(prefix="", reason=mounted.reason))
    if not isinstance(mounted, Source):
        return None
    try:
        document = read(mounted)
    except FormatError as error:
        build.gaps.append(Gap(prefix="", reason=f"the settings file cannot be read ({error.at})"))
        return None
    build.load(document)
    return document


def _jmx_in_container(workload: Workload, folders: tuple[str, ...], view: FileView, build: Build) -> Jmx:
    """Return what the script and the variables LOCAL_JMX and JVM_EXTRA_OPTS make of JMX."""
    variable = workload.environment.get("LOCAL_JMX")
    local = variable.value if variable is not None else None
    script = _mounted(folders, "cassandra-env.sh", view)
    if isinstance(script, Unknown):
        return Jmx(script, script, script)
    if script is not None:
        build.consumed.add(script.key)
        jmx = jmx_of(script, local)
    elif isinstance(local, Unknown):
        return Jmx(local, local, local)
    else:
        remote = local not in {None, "", "yes"}
        jmx = Jmx(remote=remote, authenticated=remote, at=variable.at if variable is not None else None)
    if workload.environment_open is not None:
        reason = Unknown(workload.environment_open)
        return Jmx(reason, reason, reason)
    for name in ("JVM_OPTS", "JVM_EXTRA_OPTS"):
        options = workload.environment.get(name)
        if options is None or (name == "JVM_OPTS" and jmx.remote is False):
            continue
        if isinstance(options.value, Unknown):
            return Jmx(options.value, options.value, options.value)
        jmx = with_options(jmx, options.value, options.at)
    return jmx


def _finished(server: Cassandra, build: Build, workload: Workload | None, *, whole: bool) -> Cassandra:
    number = server.text("native_transport_port")
    port = int(number) if isinstance(number, str) and is_whole_number(number) and len(number) < 6 else _FALLBACK_PORT
    secure = server.text("native_transport_port_ssl")
    ports = [port, *([int(secure)] if isinstance(secure, str) and is_whole_number(secure) and len(secure) < 6 else [])]
    exposure = exposure_of(server.client_hosts, ports, workload, server.where("rpc_address"))
    problems = (*build.refused, *refused(server, build.options, whole=whole))
    return replace(server, exposure=exposure, refused=problems)
