"""Make Collectors of files, containers and units.

Sources: opentelemetry-collector-releases 0.113, Dockerfiles of otelcol, otelcol-contrib and otelcol-k8s (CMD has
the path of the configuration); OpenTelemetry documentation, "Collector: Configuration" (several `--config`).
"""

from collections.abc import Sequence
from dataclasses import field, replace
from typing import Final

from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping as Tree
from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Located, Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import Version, exposure_of, version_of
from auditor.technologies.common.program import Program, start_of, written
from auditor.technologies.document import FileView
from auditor.technologies.recognition.otel import OPERATED

from .components import LOCAL_SINCE, LOGGING_GONE, Listener
from .document import CollectorFile, merged, read_document
from .reading import Reading
from .service import Collector, Logged, Pipeline

_PROGRAMS: Final = {
    "opentelemetry-collector": "otelcol",
    "opentelemetry-collector-contrib": "otelcol-contrib",
    "opentelemetry-collector-k8s": "otelcol-k8s",
    "opentelemetry-collector-otlp": "otelcol-otlp",
}
"""Names of images, and of the program and the folder of its file in each."""
_NAMES: Final = frozenset({*_PROGRAMS.values(), "otelcontribcol"})
_GATE: Final = "component.UseLocalHostAsDefaultHost"
_SOURCE: Final = "CHANGELOG of the Collector 0.104"


@dataclass
class _Build:
    root: Tree | None = None
    consumed: set[str] = field(default_factory=set[str])
    refused: list[Problem] = field(default_factory=list[Problem])
    incomplete: str = ""
    in_pod: bool = False
    """Whether an operator runs it in a Pod."""

    def load(self, document: CollectorFile) -> None:
        self.root = document.root if self.root is None else merged(self.root, document.root)
        self.consumed.add(document.source.key)
        if _is_open(document.root):
            self.incomplete = self.incomplete or "template expressions may add components"


def _is_open(root: Tree) -> bool:
    parts = [root, *(value for _, value in root if isinstance(value, Tree))]
    pipelines = root.mapping("service", "pipelines")
    return any(part.open for part in parts) or (pipelines is not None and pipelines.open)


def file_server(document: CollectorFile) -> Collector:
    """Return the Collector started with just this file."""
    build = _Build(in_pod=document.source.name == OPERATED)
    build.load(document)
    at = document.source.at()
    origin = "kubernetes" if build.in_pod else "file"
    server = Collector(component=document.source.path, technology="otel", at=at, origin=origin)
    return _server(build, server, None, _default_host(None, ""))


def container_server(workload: Workload, view: FileView) -> Collector | None:
    """Return the Collector that a container or a unit runs, None if it runs another program."""
    program = _PROGRAMS.get(workload.image_name or "")
    image = Program(entrypoints=(), takes=lambda word: word.startswith("-")) if program is not None else None
    start = start_of(workload, _NAMES, image)
    if start is None:
        return None
    build = _Build()
    paths, gates = _flags(start.words, build)
    if not paths and not build.incomplete and start.by_image and program is not None:
        paths = [f"/etc/{program}/config.yaml"]
    for path in paths:
        _open(build, path, view)
    version = workload.image_version if program is not None else None
    server = Collector(
        component=workload.component,
        technology="otel",
        at=workload.image.at if workload.image else workload.at,
        origin=workload.origin,
        version=version,
    )
    return _server(build, server, workload, _default_host(version_of(version), gates))


def _default_host(version: Version | None, gates: str) -> str | Unknown:
    """Return the host that servers listen on where nothing says another."""
    if f"-{_GATE}" in gates:
        return ""
    if _GATE in gates:
        return "localhost"
    if version is None:
        return Unknown("it depends on the version, which is not known, where servers listen by default")
    return "localhost" if version >= LOCAL_SINCE else ""


def _flags(words: Sequence[Located[str]], build: _Build) -> tuple[list[str], str]:
    """Return the configuration files and feature gates of a command line."""
    paths: list[str] = []
    gates = ""
    for index, word in enumerate(words):
        text = written(word)
        name, equals, value = text.lstrip("-").partition("=")
        if HOLE in name and not (index and _awaits_value(words[index - 1])):
            build.incomplete = "a word of its command is not known"
        if not text.startswith("-") or name not in {"config", "feature-gates", "set"}:
            continue
        given = value if equals else written(words[index + 1]) if index + 1 < len(words) else ""
        if HOLE in given or name == "set":
            build.incomplete = "a setting of its command line is not known"
        elif name == "feature-gates":
            gates = given
        elif given.startswith(("env:", "yaml:", "http:", "https:", "s3:")):
            build.incomplete = "a part of its configuration is no file"
        else:
            paths.append(given.removeprefix("file:"))
    return paths, gates


def _awaits_value(word: Located[str]) -> bool:
    """Tell whether the next word is the value of this flag."""
    text = written(word)
    return text.startswith("-") and "=" not in text


def _open(build: _Build, path: str, view: FileView) -> None:
    found = view.open(path)
    if isinstance(found, Source):
        try:
            build.load(read_document(found))
        except FormatError as error:
            build.refused.append(Problem(at=error.at, message=error.expected))
    else:
        missing = "its configuration is not in the scanned files"
        build.incomplete = found.reason if isinstance(found, Unknown) else missing


def _server(build: _Build, server: Collector, workload: Workload | None, host: str | Unknown) -> Collector:
    if build.root is None:
        return replace(server, incomplete=build.incomplete, refused=tuple(build.refused))
    reading = Reading(build.root, workload.environment if workload is not None else None, host)
    receivers = _reached(list(reading.receivers()), workload, in_pod=build.in_pod)
    listening = [each.host for each in receivers]
    unknown = next((each for each in listening if isinstance(each, Unknown)), None)
    hosts = [each for each in listening if isinstance(each, str)] if unknown is None else unknown
    if not build.incomplete:
        build.refused.extend(reading.problems())
    build.refused.extend(_gone(reading, server.version))
    return replace(
        server,
        receivers=receivers,
        scraped=_reached(list(reading.scraped()), workload, in_pod=build.in_pod),
        diagnostics=_reached(list(reading.diagnostics()), workload, in_pod=build.in_pod),
        senders=tuple(reading.senders()),
        logged=tuple(Logged(name, value.at) for name, value in reading.logged()),
        pipelines=tuple(_pipelines(reading)),
        incomplete=build.incomplete,
        consumed=frozenset(build.consumed),
        refused=tuple(build.refused),
        settings=_settings(reading, receivers, host),
        exposure=_exposure(hosts, [each.port for each in receivers], workload, None, in_pod=build.in_pod),
    )


def _reached(listeners: Sequence[Listener], workload: Workload | None, *, in_pod: bool) -> tuple[Listener, ...]:
    return tuple(
        each.reached(
            _exposure(
                each.host if isinstance(each.host, Unknown) else [each.host],
                [each.port],
                workload,
                each.at if workload is None else None,
                in_pod=in_pod,
            )
        )
        for each in listeners
    )


def _exposure(
    hosts: Sequence[str] | Unknown,
    ports: Sequence[int],
    workload: Workload | None,
    at: Location | None,
    *,
    in_pod: bool,
) -> Exposure:
    found = exposure_of(hosts, ports, workload, at)
    if in_pod and found.reach is Reach.HOST_NETWORK:
        return Exposure(reach=Reach.CONTAINER_NETWORK, reason="it listens on addresses of its Pod", at=at)
    return found


def _gone(reading: Reading, version: str | None) -> list[Problem]:
    """Return exporters that this version has no more."""
    known, listed = version_of(version), reading.root.mapping("exporters")
    if known is None or known < LOGGING_GONE or listed is None:
        return []
    message = "expected no exporter logging, which is gone since 0.111"
    return [Problem(at=key.at, message=message) for key, _ in listed if key.text.partition("/")[0] == "logging"]


def _pipelines(reading: Reading) -> list[Pipeline]:
    found: list[Pipeline] = []
    for key, tree in reading.pipelines():
        listed = tree.sequence("processors")
        names = [item.text.partition("/")[0] for item in listed.scalars()] if listed is not None else []
        found.append(Pipeline(key.text, "memory_limiter" in names, key.at))
    return found


def _settings(reading: Reading, receivers: Sequence[Listener], host: str | Unknown) -> Settings:
    settings = Settings()
    for each in receivers:
        shown = each.host if isinstance(each.host, Unknown) else f"{each.host or '0.0.0.0'}:{each.port}"  # noqa: S104  # shown
        origin = Origin.DEFAULT if each.host is host else Origin.FILE
        settings.set(Setting(f"{each.name}: endpoint", shown, origin, each.at, _SOURCE if each.host is host else ""))
    for sender in reading.senders():
        secured = sender.is_plaintext
        value = secured if isinstance(secured, Unknown) else "none" if secured else "on"
        settings.set(Setting(f"{sender.name}: TLS", value, Origin.FILE, sender.address_at))
    return settings
