"""Put the files of an HAProxy together: alone, in a container, or as a unit starts it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import version_of
from auditor.technologies.common.program import Program, start_of
from auditor.technologies.document import FileView

from .binds import Bind
from .document import HaproxyConfig, read
from .proxies import proxies_of
from .refusals import refusals
from .sections import Line, Reader, Section
from .service import Haproxy
from .shown import shown_settings

_OFFICIAL = "/usr/local/etc/haproxy/haproxy.cfg"
_IMAGES: Mapping[str, str] = {
    "haproxy": _OFFICIAL,
    "haproxytech/haproxy-alpine": _OFFICIAL,
    "haproxytech/haproxy-debian": _OFFICIAL,
    "haproxytech/haproxy-ubuntu": _OFFICIAL,
    "bitnami/haproxy": "/bitnami/haproxy/conf/haproxy.cfg",
    "bitnamilegacy/haproxy": "/bitnami/haproxy/conf/haproxy.cfg",
}
"""The file that an image's command names (Dockerfiles of docker-library/haproxy 2.6 to 3.4; the images' READMEs)."""
_PACKAGED = "/etc/haproxy/haproxy.cfg"
_START = Program(entrypoints=("docker-entrypoint.sh", "entrypoint.sh", "run.sh"))
_WRITES = (">", "sed -i", "envsubst", "gomplate", "dockerize", "consul-template")
"""What a start command does that makes the configuration itself."""


@dataclass
class _Arguments:
    """What the words behind `haproxy` say: files in order, and `-dV`, which is `ssl-server-verify none`."""

    paths: list[str] = field(default_factory=list[str])
    doubt: str = ""
    no_verify: bool = False


def service_of_files(documents: Sequence[HaproxyConfig], *, open_reason: str = "") -> Haproxy:
    """Return the server that somebody starts with these files."""
    reader = Reader()
    for document in documents:
        reader.read(document)
    outside = Exposure(reach=Reach.HOST_NETWORK, reason="it listens on addresses of its host")
    source = documents[0].source
    return assemble(reader, source.path, source.at(), "file", outside, open_reason=open_reason)


def service_of_workload(workload: Workload, view: FileView) -> Haproxy | None:
    """Return the server that a container or unit runs, None if it runs another program."""
    path = _IMAGES.get(workload.image_repository or "") if not workload.on_host else None
    start = start_of(workload, {"haproxy", "haproxy-systemd-wrapper"}, _START if path is not None else None)
    if start is None:
        return None
    arguments = _arguments(word.value for word in start.words)
    paths = arguments.paths or ([path or _PACKAGED] if not arguments.doubt else [])
    version = version_of(workload.image_version) if path is not None else None
    environment = {name: variable.value for name, variable in workload.environment.items()}
    complete = path is not None and workload.environment_open is None and not workload.templated
    reader = Reader(environment, complete, version)
    open_reason = arguments.doubt or ("the container's command may write the files" if _writes(workload) else "")
    for source in _sources(paths, view):
        if isinstance(source, Source):
            reader.read(read(source))
        else:
            open_reason = open_reason or source.reason
    at = workload.image.at if workload.image is not None else workload.at
    if arguments.no_verify:
        reader.sections.append(_no_verify(at, len(reader.sections)))
    found = assemble(
        reader,
        workload.component,
        at,
        workload.origin,
        workload.exposure(80, 443),
        open_reason=open_reason,
        workload=workload,
    )
    return replace(found, version=workload.image_version if path is not None else None)


def _writes(workload: Workload) -> bool:
    return any(
        isinstance(word.value, str) and " " in word.value and any(sign in word.value for sign in _WRITES)
        for word in workload.arguments
    )


def _arguments(words: Iterable[str | Unknown]) -> _Arguments:
    found = _Arguments()
    takes_path = only_paths = False
    for word in words:
        if isinstance(word, Unknown):
            found.doubt = found.doubt or (word.reason if takes_path or not found.paths else "")
        elif takes_path or only_paths:
            found.paths.append(word)
        elif word == "--":
            only_paths = True
        elif word == "-dV":
            found.no_verify = True
        takes_path = word == "-f"
    return found


def _sources(paths: Sequence[str], view: FileView) -> Iterator[Source | Unknown]:
    for path in paths:
        found = view.open(path)
        if isinstance(found, Source):
            yield found
            continue
        inside = view.glob(f"{path.rstrip('/')}/*.cfg")
        if isinstance(inside, Unknown) or not inside:
            yield found if isinstance(found, Unknown) else Unknown(f"{path} is not in the scanned files")
            continue
        opened = [view.open(name) for name in sorted(inside) if not name.rpartition("/")[2].startswith(".")]
        yield from (source if source is not None else Unknown(f"{path} is not known") for source in opened)


def _no_verify(at: Location, order: int) -> Section:
    line = Line(("ssl-server-verify", "none"), at)
    return Section("global", "", None, at, order, [line])


def assemble(
    reader: Reader,
    component: str,
    at: Location,
    origin: str,
    outside: Exposure,
    *,
    open_reason: str = "",
    workload: Workload | None = None,
) -> Haproxy:
    """Return the server that starts with what `reader` has read."""
    open_reason = open_reason or reader.open
    proxies = tuple(proxies_of(reader.sections, open_reason))
    service = Haproxy(
        component=component,
        technology="haproxy",
        at=at,
        origin=origin,
        exposure=outside,
        consumed=frozenset(reader.consumed),
        sections=tuple(reader.sections),
        proxies=proxies,
        open=open_reason,
        parsed_version=reader.version,
    )
    problems: list[Problem] = list(reader.problems)
    if not open_reason:
        problems += refusals(reader.sections, proxies)
    service = replace(service, exposure=_exposure(service, outside, workload))
    ports = _ports([*_outside(service), *service.sockets()])
    reached = {port: workload.exposure(port) if workload is not None else outside for port in ports}
    service = replace(service, exposures=reached)
    if problems:
        return replace(service, refused=tuple(dict.fromkeys(problems)), settings=Settings())
    return replace(service, settings=shown_settings(service))


def _outside(service: Haproxy) -> list[Bind]:
    return [bind for proxy in service.proxies if proxy.is_frontend for bind in service.remote(proxy)]


def _ports(binds: Iterable[Bind]) -> set[int]:
    return {bind.port for bind in binds if isinstance(bind.port, int) and not bind.is_local}


def _exposure(service: Haproxy, outside: Exposure, workload: Workload | None) -> Exposure:
    ports = _ports(_outside(service))
    if workload is not None:
        return workload.exposure(*ports) if ports else outside
    undecided = any(isinstance(bind, Unknown) for proxy in service.proxies for bind in service.binds(proxy))
    if not _outside(service) and not undecided and not service.open:
        return Exposure(reach=Reach.LOOPBACK, reason="it listens on loopback addresses and socket files only")
    return outside
