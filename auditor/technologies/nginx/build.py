"""Make services of containers and files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.patterns import lazy
from auditor.technologies.common.program import Start
from auditor.technologies.document import FileView

from .document import Kind, NginxConfig, read
from .image_view import contents_of
from .images import WRITES, Image, image_of, invocation_of
from .levels import LONE, Level
from .listening import listens_of
from .loader import Loader
from .places import Place, places_of
from .refusals import refusals
from .service import Nginx, VirtualServer
from .shown import shown_settings
from .tls import version_of

_CALLED = lazy(r"(?<![\w.$}/-])(/[\w./-]+\.(?:py|sh|pl|rb|js|php))\b")
_MAX_CALLED = 20


def service_of_file(document: NginxConfig, view: FileView) -> Nginx:
    """Return the server that somebody starts with this file, or that includes it in its http block."""
    source = document.source
    main = Level("main", (), source.at())
    loader = Loader(view)
    if document.kind is Kind.MAIN:
        loader.load(document, main)
    else:
        kind = "stream" if document.kind is Kind.STREAM else "http"
        context = Level(kind, (), source.at(), main, open=LONE)
        main.blocks.append(context)
        main.open = LONE
        loader.load(document, context)
    outside = Exposure(reach=Reach.HOST_NETWORK, reason="it listens on addresses of its host")
    return _service(main, loader, component=source.path, at=source.at(), origin="file", outside=outside)


def service_of_workload(workload: Workload, view: FileView) -> Nginx | None:
    """Return the server that a container runs, None if it runs another program."""
    image = image_of(workload)
    start = invocation_of(workload, image)
    if start is None:
        return None
    at = workload.image.at if workload.image else workload.at
    main = Level("main", (), at)
    path, option = _path(start, image)
    loader = Loader(view, folder=path.rpartition("/")[0])
    if _writes_configuration(workload, view) or path == "":
        main.open = option or "the container's start script may write the configuration"
    else:
        _load_main(main, loader, path, image, workload)
    return _service(
        main,
        loader,
        component=workload.component,
        at=at,
        origin=workload.origin,
        outside=workload.exposure(80, 443),
        version=workload.image_version if image is not None else None,
        workload=workload,
    )


def _path(start: Start, image: Image | None) -> tuple[str, str]:
    """Return the main file's path, or "" and why it is not known."""
    path = image.configuration if image is not None else "/etc/nginx/nginx.conf"
    words = start.words
    for place, word in enumerate(words):
        if word.value == "-c" and place + 1 < len(words):
            given = words[place + 1].value
            if isinstance(given, Unknown):
                return "", given.reason
            path = given if given.startswith("/") else f"/etc/nginx/{given}"
    return path, ""


def _writes_configuration(workload: Workload, view: FileView) -> bool:
    """Tell whether the command, or a script of the scanned files that the container starts with, may write it."""
    first = workload.entrypoint[0].value if workload.entrypoint else "/docker-entrypoint.sh"
    script = view.open(first) if isinstance(first, str) and first.startswith("/") else None
    if isinstance(script, Source):
        called = (view.open(path) for path in _CALLED.findall(script.text)[:_MAX_CALLED])
        texts = [script.text, *(each.text for each in called if isinstance(each, Source))]
        if any("/etc/nginx" in text or "envsubst" in text for text in texts):
            return True
    return any(
        isinstance(word.value, str) and " " in word.value and any(sign in word.value for sign in WRITES)
        for word in workload.arguments
    )


def _load_main(main: Level, loader: Loader, path: str, image: Image | None, workload: Workload) -> None:
    if image is not None:
        contents = contents_of(image, workload, loader.view, main.at)
        loader.view, loader.values = contents, contents.values
    found = loader.view.open(path)
    if isinstance(found, Source):
        loader.load(read(found), main)
    else:
        main.open = found.reason if isinstance(found, Unknown) else f"{path} is not in the scanned files"


def _service(
    main: Level,
    loader: Loader,
    *,
    component: str,
    at: Location,
    origin: str,
    outside: Exposure,
    version: str | None = None,
    workload: Workload | None = None,
) -> Nginx:
    http = next((block for block in main.blocks if block.kind == "http"), None)
    stream = next((block for block in main.blocks if block.kind == "stream"), None)
    servers = _servers(http) if http is not None else ()
    if main.open and http is None and stream is None:
        servers = Unknown(main.open)
    streams = _servers(stream) if stream is not None else ()
    ports = {
        listen.port
        for found in (servers, streams)
        if not isinstance(found, Unknown)
        for server in found
        for listen in server.listens
        if not listen.is_local
    }
    exposures: Mapping[int, Exposure] = {}
    exposure = outside
    if workload is not None:
        exposures = {port: workload.exposure(port) for port in ports}
        exposure = workload.exposure(*ports) if ports else outside
    elif not ports and not isinstance(servers, Unknown):
        exposure = Exposure(reach=Reach.LOOPBACK, reason="it listens on loopback addresses only")
    service = Nginx(
        component=component,
        technology="nginx",
        at=at,
        origin=origin,
        version=version,
        exposure=exposure,
        exposures=exposures,
        consumed=frozenset(loader.consumed),
        main=main,
        http=http,
        servers=servers,
        streams=streams,
        parsed_version=version_of(version),
    )
    refused = (*loader.problems, *refusals(service))
    if refused:
        why = Unknown("nginx would refuse to start with this configuration")
        return replace(service, refused=_once(refused), servers=why, streams=why, settings=Settings())
    return replace(service, settings=shown_settings(service))


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


def _servers(context: Level) -> tuple[VirtualServer, ...] | Unknown:
    found: list[VirtualServer] = []
    for level in context.children("server"):
        server = _server(level)
        if isinstance(server, Unknown):
            return server
        found.append(server)
    if not found and context.open:
        return Unknown(context.open)
    return tuple(found)


def _server(level: Level) -> VirtualServer | Unknown:
    if level.conditional:
        return Unknown("a template decides whether the server is there")
    listens = listens_of(level)
    if isinstance(listens, Unknown):
        return listens
    names = tuple(word if isinstance(word, str) else "_" for line in level.own("server_name") for word in line.words)
    places: list[Place] = []
    for place in places_of(level) if level.parent is not None and level.parent.kind == "http" else _none():
        if isinstance(place, Unknown):
            return place
        places.append(place)
    return VirtualServer(level, names, listens, tuple(places))


def _none() -> Iterator[Place]:
    return iter(())
