"""Make Traefiks of files, containers and units.

Sources: Traefik 3.7, pkg/config/static/static_config.go (an entry point `http` on :80 where none is set; `traefik` on
:8080 for the API, ping and metrics), pkg/provider/docker (`exposedByDefault` is true), pkg/observability/types/logs.go
(no access log, level ERROR), pkg/tls/tlsmanager.go (VersionTLS12; in the default options since 2.8).
"""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.technologies.common.configured import exposure_of, version_of
from auditor.technologies.document import FileView

from .document import DYNAMIC, TraefikFile, secret_at
from .dynamic import Dynamic, add_file, of_providers
from .parts import Part
from .resources import PROVIDER, TraefikResource, merged
from .routes import EntryPoint
from .service import Traefik
from .static import IMAGES, Static, of_workload, refusals, start

_MANUAL: Final = "Traefik 3.7 documentation"
_INTERNAL: Final = "traefik"
_DEFAULTS: Final = {
    "api.insecure": "false",
    "accessLog": "off",
    "log.level": "ERROR",
    "serversTransport.insecureSkipVerify": "false",
}
_RESOURCES_UNKNOWN: Final = "objects and the static configuration that Traefik has in the cluster are not all scanned"
_STATIC_UNKNOWN: Final = "the static configuration that loads this file is not in the scanned files"


def container_server(workload: Workload, view: FileView) -> Traefik | None:
    """Return the Traefik that a container or a unit runs, None if it runs another program."""
    started = start(workload)
    if started is None:
        return None
    static = of_workload(workload, started.words, view)
    version = workload.image_version if workload.image_name in IMAGES else None
    known_labels = workload.origin == "compose"
    dynamic = of_providers(static.root, static.folder, view, workload.labelled, labels=known_labels)
    static.refused += refusals(static.root, version_of(version))
    server = Traefik(
        component=workload.component,
        technology="traefik",
        at=workload.image.at if workload.image else workload.at,
        origin=workload.origin,
        version=version,
        static=static.root,
    )
    return _complete(server, static, dynamic, workload)


def static_server(document: TraefikFile, view: FileView, others: Sequence[TraefikFile]) -> Traefik:
    """Return the Traefik started with just this static file; `others` are the files that no container loads."""
    static = Static(root=document.root, consumed={document.source.key})
    dynamic = of_providers(static.root, "", view, (), labels=False)
    directory = static.root.text("providers", "file", "directory")
    if isinstance(directory, str) and directory and not directory.startswith("/"):
        below = posixpath.normpath(posixpath.join(folder_of(document), directory)) + "/"
        for other in others:
            key = other.source.key
            if key.startswith(below) and not other.is_static and key not in dynamic.consumed:
                dynamic.consumed.add(key)
                add_file(dynamic, other.root)
    return _complete(_alone(document, document.root), static, dynamic, None)


def dynamic_server(documents: Sequence[TraefikFile]) -> Traefik:
    """Return a Traefik whose file provider reads these files of one folder; what else it reads is not known."""
    root = Part(documents[0].root.at)
    root.open = _STATIC_UNKNOWN
    dynamic = Dynamic(unknown=_STATIC_UNKNOWN)
    for document in documents:
        add_file(dynamic, document.root)
    static = Static(root=root, consumed={document.source.key for document in documents})
    return _complete(_alone(documents[0], root), static, dynamic, None)


def resource_server(documents: Sequence[TraefikResource]) -> Traefik:
    """Return a Traefik that custom resources of one file configure; what else it is given is not known."""
    objects = merged(documents)
    root = Part(objects.at)
    root.open = _STATIC_UNKNOWN
    dynamic = Dynamic(parts={PROVIDER: objects}, unknown=_RESOURCES_UNKNOWN)
    static = Static(root=root, consumed={document.source.key for document in documents})
    return _complete(_alone(documents[0], root), static, dynamic, None)


def _alone(document: TraefikFile, root: Part) -> Traefik:
    return Traefik(
        component=document.source.path, technology="traefik", at=document.source.at(), origin="file", static=root
    )


def _complete(server: Traefik, static: Static, dynamic: Dynamic, workload: Workload | None) -> Traefik:
    points = tuple(_points(static.root, workload, server.at))
    hosts = [point.host for point in points]
    unknown = static.root.gap("entrypoints")
    own = [part for name, part in static.root.parts.items() if name in DYNAMIC and part.parts]
    is_file = static.origin is Origin.FILE and not dynamic.consumed & static.consumed
    read = (static.root.text("providers", "file", name) for name in ("filename", "directory"))
    may_load_itself = any(isinstance(path, Unknown) for path in read)
    ignored = own if is_file and not static.root.open and not may_load_itself else []
    return replace(
        server,
        points=points,
        providers=dynamic.parts,
        holders=dynamic.holders,
        unknown=dynamic.unknown,
        ignored=tuple(ignored),
        broken=tuple(dynamic.broken),
        settings=_settings(static),
        consumed=frozenset(static.consumed | dynamic.consumed),
        refused=tuple(static.refused),
        exposure=exposure_of(Unknown(unknown) if unknown else hosts, [point.port for point in points], workload, None),
    )


def _points(root: Part, workload: Workload | None, at: Location) -> Iterator[EntryPoint]:
    """Yield the entry points, and those that Traefik makes by itself."""
    declared = list(root.each("entrypoints"))
    for part in declared:
        address = part.text("address")
        if isinstance(address, str) and not address.lower().endswith("/udp"):
            yield _point(part.name, address, part, workload, part.where("address"))
    if root.gap("entrypoints"):
        return
    if not declared:
        yield _point("http", ":80", Part(at), workload, at)
    if _INTERNAL not in {part.name.lower() for part in declared} and _needs_internal(root):
        yield _point(_INTERNAL, ":8080", Part(at), workload, root.where("api"))


def _needs_internal(root: Part) -> bool:
    if root.is_on("api", "insecure") is True or root.is_on("providers", "rest", "insecure") is True:
        return True
    return any(
        root.has(*path) is True and root.text(*path, "entrypoint") in {None, _INTERNAL}
        for path in (("ping",), ("metrics", "prometheus"))
    )


def _point(name: str, address: str, part: Part, workload: Workload | None, at: Location) -> EntryPoint:
    shown = address.partition("/")[0]
    host, _, port = shown.rpartition(":")
    number = int(port) if is_whole_number(port) and len(port) < 6 else 0
    return EntryPoint(
        name=name,
        address=shown,
        host=host.strip("[]"),
        port=number,
        at=at,
        part=part,
        exposure=exposure_of([host], [number], workload, at if workload is None else None),
        is_internal=name.lower() == _INTERNAL,
    )


def _settings(static: Static) -> Settings:
    settings = Settings()
    for name, value in _DEFAULTS.items():
        if not static.root.gap(*(part.lower() for part in name.split("."))):
            settings.set(Setting(name, value, Origin.DEFAULT, None, _MANUAL))
    in_lower = {name.lower(): name for name in _DEFAULTS}
    if static.root.has("providers", "docker") is True:
        settings.set(Setting("providers.docker.exposedByDefault", "true", Origin.DEFAULT, None, _MANUAL))
        in_lower["providers.docker.exposedbydefault"] = "providers.docker.exposedByDefault"
    for names, part in static.root.values():
        if names and names[0].lower() not in DYNAMIC:
            name = ".".join(names)
            known = part.value if isinstance(part.value, Unknown) else part.value or "on"
            is_secret = bool(secret_at(names)) or (isinstance(known, str) and "@" in known and "://" in known)
            shown = seal(known) if is_secret and isinstance(known, str) else known
            settings.set(Setting(in_lower.get(name.lower(), name), shown, static.origin, part.at))
    return settings


def folder_of(document: TraefikFile) -> str:
    """Return the folder of a file: files of one folder are one file provider's."""
    return posixpath.dirname(document.source.path)
