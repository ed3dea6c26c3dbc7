"""Make Envoys of files, containers and units.

Sources: Envoy 1.36, ci/docker-entrypoint.sh and ci/Dockerfile-envoy (`envoy -c /etc/envoy/envoy.yaml`), "Command line
options" (`--config-yaml` is merged over the file).
"""

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import Final

from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping as Tree
from auditor.model.fact import Problem
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import Program, Word, start_of
from auditor.technologies.document import FileView

from .document import EnvoyFile, read_document
from .fields import TEMPLATE, field_of, is_open, message_at, messages, place_of, text_at
from .refusals import refusals
from .resources import Listener, chains_of, cluster_of
from .service import Admin, Envoy
from .transport import Tls

_IMAGES: Final = frozenset({"envoy", "envoy-alpine", "envoy-distroless", "envoy-dev", "envoy-contrib", "envoy-debug"})
_DEFAULT: Final = "/etc/envoy/envoy.yaml"
_LISTENERS: Final = ("static_resources", "listeners")
_TAKING: Final = frozenset({"-c", "--config-path"})
_OVERLAYS: Final = frozenset({"--config-yaml"})


@dataclass(kw_only=True)
class _Build:
    document: EnvoyFile | None = None
    unknown: str = ""
    refused: list[Problem] = field(default_factory=list[Problem])


def file_server(document: EnvoyFile) -> Envoy:
    """Return the Envoy started with just this file."""
    at = document.source.at()
    server = Envoy(component=document.source.path, technology="envoy", at=at, root=document.root)
    return _complete(server, _Build(document=document), None)


def container_server(workload: Workload, view: FileView) -> Envoy | None:
    """Return the Envoy that a container or a unit runs, None if it runs another program."""
    is_image = workload.image_name in _IMAGES
    started = start_of(workload, ("envoy",), Program() if is_image else None)
    if started is None:
        return None
    build = _Build()
    path = _path(started.words, build)
    if path is None and not started.words and started.by_image:
        path = _DEFAULT
    if path is not None:
        _open(build, path, view)
    elif not build.unknown:
        build.unknown = "its command names no file"
    server = Envoy(
        component=workload.component,
        technology="envoy",
        at=workload.image.at if workload.image else workload.at,
        origin=workload.origin,
        version=workload.image_version if is_image else None,
        root=Tree([], workload.at),
    )
    return _complete(server, build, workload)


def _path(words: Sequence[Word], build: _Build) -> str | None:
    path: str | None = None
    for index, word in enumerate(words):
        if isinstance(word.value, Unknown):
            build.unknown = "a word of its command is not known"
            continue
        name, equals, value = word.value.partition("=")
        following = value if equals else words[index + 1].value if index + 1 < len(words) else ""
        if name in _OVERLAYS:
            build.unknown = "settings of its command line are merged over the file"
        elif name in _TAKING:
            path = following if isinstance(following, str) else path
    return path


def _open(build: _Build, path: str, view: FileView) -> None:
    found = view.open(path)
    if not isinstance(found, Source):
        build.unknown = f"{path} is not in the scanned files"
        return
    try:
        build.document = read_document(found)
    except FormatError as error:
        build.refused.append(Problem(at=error.at, message=error.expected))


def _complete(server: Envoy, build: _Build, workload: Workload | None) -> Envoy:
    document = build.document
    if document is None:
        return replace(server, unknown=build.unknown or "its file cannot be read", refused=tuple(build.refused))
    root = document.root
    unknown = build.unknown
    if message_at(root, "dynamic_resources") is not None:
        unknown = unknown or "listeners or clusters are fetched from a management server (dynamic_resources)"
    if root.open or any(is_open(root, "static_resources", kind) for kind in ("listeners", "clusters")):
        unknown = unknown or "template expressions may add listeners or clusters"
    if document.partial and any(field_of(each, "address") is None for each in messages(root, *_LISTENERS)):
        unknown = unknown or "template expressions make listeners"
    listeners = tuple(_listeners(root, workload))
    clusters = tuple(cluster_of(each) for each in messages(root, "static_resources", "clusters"))
    completed = replace(
        server,
        root=root,
        admin=_admin(root, workload),
        listeners=listeners,
        clusters=clusters,
        unknown=unknown,
        consumed=frozenset({document.source.key}),
        exposure=exposure_of([each.host for each in listeners], [each.port for each in listeners], workload, None),
    )
    if not unknown and not document.partial:
        build.refused += refusals(completed)
    return replace(completed, settings=_settings(completed), refused=tuple(build.refused))


def _admin(root: Tree, workload: Workload | None) -> Admin | None:
    admin = message_at(root, "admin")
    address = message_at(admin, "address", "socket_address")
    host, port = text_at(address, "address"), text_at(address, "port_value")
    if address is None and is_open(root, "admin", "address", "socket_address"):
        host = Unknown(TEMPLATE)
    if host is None:
        return None
    number = int(port) if isinstance(port, str) and is_whole_number(port) else 0
    at = place_of(root, "admin", "address", "socket_address", "address")
    hosts = host if isinstance(host, Unknown) else [host]
    return Admin(
        host=host,
        port=number,
        at=at,
        exposure=exposure_of(hosts, [number], workload, at if workload is None else None),
        is_limited=field_of(admin, "allow_paths") is not None,
    )


def _listeners(root: Tree, workload: Workload | None) -> Iterator[Listener]:
    for each in messages(root, *_LISTENERS):
        address = message_at(each, "address", "socket_address")
        host, port, name = text_at(address, "address"), text_at(address, "port_value"), text_at(each, "name")
        if address is None:
            continue
        number = int(port) if isinstance(port, str) and is_whole_number(port) else 0
        at = place_of(address, "address")
        yield Listener(
            name=name if isinstance(name, str) and name else str(number or "without a name"),
            host=host if isinstance(host, str) else "",
            port=number,
            at=place_of(each, "name") if field_of(each, "name") is not None else at,
            chains=tuple(chains_of(each)),
            exposure=exposure_of(
                [host] if isinstance(host, str) else Unknown("where it listens is not known"),
                [number],
                workload,
                at if workload is None else None,
            ),
        )


def _settings(envoy: Envoy) -> Settings:
    settings = Settings()
    if envoy.admin is not None:
        settings.set(Setting("admin", envoy.admin.address, Origin.FILE, envoy.admin.at))
    for listener in envoy.listeners:
        secured = sum(isinstance(chain.tls, Tls) for chain in listener.chains)
        shown = f"{listener.host}:{listener.port}, TLS in {secured} of {len(listener.chains)} filter chains"
        settings.set(Setting(f"listener {listener.name}", shown, Origin.FILE, listener.at))
    for cluster in envoy.clusters:
        hosts = ", ".join(cluster.hosts[:3]) or "no address in the file"
        transport = "TLS" if isinstance(cluster.tls, Tls) else "no TLS" if cluster.tls is None else "another transport"
        shown = f"{hosts}, {transport}"
        settings.set(Setting(f"cluster {cluster.name}", shown, Origin.FILE, cluster.at))
    return settings
