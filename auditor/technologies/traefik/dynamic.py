"""The dynamic configuration: files of the file provider and labels of containers.

Sources: Traefik 3.7, pkg/provider/file/file.go (`directory` is read with its subfolders and goes before `filename`;
files ending .toml, .yaml and .yml), pkg/provider/docker/config.go (`traefik.enable`; a container without routers gets
one by the default rule), pkg/config/static/static_config.go (names of providers).
"""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final

from auditor.formats.errors import FormatError
from auditor.model.fact import Problem
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Labelled
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .document import read_document
from .parts import Part, dotted

ENDINGS: Final = ("toml", "yaml", "yml")
_READ: Final = frozenset({"docker", "file", "providersthrottledurations", "providersthrottleduration", "precedence"})
_FOLDERS: Final = ("", "/*", "/*/*")
"""The folder of the file provider and two levels below it."""


@dataclass(kw_only=True)
class Dynamic:
    """Parts by provider. `unknown` is why there may be more routers, middlewares and services, "" if there are none."""

    parts: dict[str, Part] = field(default_factory=dict[str, Part])
    unknown: str = ""
    consumed: set[str] = field(default_factory=set[str])
    broken: list[Problem] = field(default_factory=list[Problem])
    holders: dict[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])
    """The containers whose labels declare a router or service: by protocol, `routers` or `services`, and name."""

    def lacks(self, reason: str) -> None:
        self.unknown = self.unknown or reason


def of_providers(static: Part, folder: str, view: FileView, containers: Sequence[Labelled], *, labels: bool) -> Dynamic:
    """Return what the providers of a static configuration give.

    `labels` tells whether the labels of the containers around it are known.
    """
    dynamic = Dynamic()
    if gap := static.gap("providers"):
        dynamic.lacks(gap)
    for provider in static.each("providers"):
        name = provider.name.lower()
        if name not in _READ and static.has("providers", name) is not False:
            dynamic.lacks(f"the provider {provider.name} gives routers that no file of the tree holds")
    _files(dynamic, static, folder, view)
    docker = static.has("providers", "docker")
    if isinstance(docker, Unknown):
        dynamic.lacks(docker.reason)
    elif docker:
        _docker(dynamic, static, containers, labels=labels)
    return dynamic


def _files(dynamic: Dynamic, static: Part, folder: str, view: FileView) -> None:
    directory, filename = static.text("providers", "file", "directory"), static.text("providers", "file", "filename")
    if isinstance(directory, Unknown) or isinstance(filename, Unknown):
        dynamic.lacks("which files the file provider reads is not known")
        return
    paths: list[str] = []
    missing = ""
    if directory:
        root = _absolute(directory, folder)
        for ending in (f"{depth}/*.{ending}" for depth in _FOLDERS for ending in ENDINGS):
            found = view.glob(posixpath.normpath(root) + ending)
            if isinstance(found, Unknown):
                missing = missing or found.reason
            else:
                paths += [path for path in found if path not in paths]
        if missing and not paths:
            dynamic.lacks(missing)
    elif filename:
        paths.append(_absolute(filename, folder))
    for path in sorted(paths):
        found_file = view.open(path)
        if isinstance(found_file, Source):
            _load(dynamic, found_file)
        else:
            dynamic.lacks(f"{path} is not in the scanned files")


def _absolute(path: str, folder: str) -> str:
    """Return a path as the server sees it; containers start in `/`."""
    return path if path.startswith("/") or not folder else posixpath.join("/", path)


def _load(dynamic: Dynamic, source: Source) -> None:
    dynamic.consumed.add(source.key)
    try:
        document = read_document(source)
    except FormatError as error:
        dynamic.broken.append(Problem(at=error.at, message=error.expected))
        dynamic.lacks("a file of the file provider cannot be read")
        return
    add_file(dynamic, document.root)


def add_file(dynamic: Dynamic, root: Part) -> None:
    """Add a file to what the file provider gives."""
    _merge(dynamic.parts.setdefault("file", Part(root.at)), root)


def _merge(into: Part, part: Part) -> None:
    """Add parts; the first file that names an element keeps it."""
    into.open = into.open or part.open
    for name, child in part.parts.items():
        if name not in into.parts:
            into.parts[name] = child
        elif child.parts:
            _merge(into.parts[name], child)


def _docker(dynamic: Dynamic, static: Part, containers: Sequence[Labelled], *, labels: bool) -> None:
    if not labels:
        dynamic.lacks("the labels of the containers around it are not known")
        return
    swarm = static.is_on("providers", "docker", "swarmmode")
    constraints = static.text("providers", "docker", "constraints")
    if isinstance(swarm, Unknown) or swarm or constraints is not None:
        dynamic.lacks("labels of Swarm services or constraints decide which routers there are")
        return
    default = static.text("providers", "docker", "exposedbydefault")
    root = dynamic.parts.setdefault("docker", Part(static.at))
    for container in containers:
        _container(dynamic, root, container, default)


def _container(dynamic: Dynamic, root: Part, container: Labelled, default: str | Unknown | None) -> None:
    labels = {name.lower(): label for name, label in container.labels.items()}
    own = [(name, label) for name, label in labels.items() if name.startswith("traefik.")]
    enable = labels.get("traefik.enable")
    enabled = enable.value if enable is not None else default if default is not None else "true"
    if container.open:
        dynamic.lacks(f"template expressions may add labels to {container.name}")
    if not own or (isinstance(enabled, str) and enabled.lower() != "true"):
        return
    if isinstance(enabled, Unknown):
        dynamic.lacks(f"whether Traefik heeds {container.name} is not known: {enabled.reason}")
        return
    mine = Part(container.at)
    for name, label in own:
        mine.put(dotted(name[len("traefik.") :]), label.value, label.at)
    others = any(
        isinstance(mine.find(kind, inner), Part) for kind in ("tcp", "udp") for inner in ("routers", "services")
    )
    if not isinstance(mine.find("http", "routers"), Part) and not (others and mine.find("http") is None):
        mine.put(("http", "routers", container.name.lower(), "rule"), "Host(default)", container.at)
    for router in mine.each("http", "routers"):
        if "rule" not in router.parts:
            router.put(("rule",), "Host(default)", router.at)
    for kind, what in (("http", "routers"), ("http", "services"), ("tcp", "routers"), ("tcp", "services")):
        for part in mine.each(kind, what):
            dynamic.holders.setdefault((kind, what, part.name.lower()), container.name)
    _merge(root, mine)


def elements(dynamic: Dynamic, *path: str) -> Iterator[tuple[str, Part]]:
    """Yield the elements at `path` of every provider, such as `http`, `routers`, with the provider's name."""
    for provider, root in dynamic.parts.items():
        for part in root.each(*path):
            yield provider, part
