"""`volumes`, `tmpfs`, `configs` and `secrets` of a compose service.

Source: Compose Specification, "volumes": short form `VOLUME:CONTAINER_PATH[:ACCESS_MODE]`, where VOLUME is a host
path if it begins with `.`, `/`, `~` or a drive letter and a named volume otherwise; "configs" and "secrets" for the
default targets `/<name>` and `/run/secrets/<name>`.
"""

import posixpath
from collections.abc import Callable, Iterator

from auditor.formats.tree import Mapping, Node, Scalar
from auditor.formats.yaml import embedded
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE
from auditor.model.workload import Mount, MountKind
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import RepositoryFiles

from .text import boolean, items

_DRIVE = lazy(r"[A-Za-z]:[\\/]")
_PROJECT_FOLDER = lazy(r"\$(?:\{PWD\}|PWD\b)")


@dataclass(frozen=True)
class Short:
    """The short form `SOURCE:TARGET:MODE`; `source` is "" for an anonymous volume."""

    source: str
    target: str
    mode: str = ""


def short(written: str) -> Short:
    """Take apart the short form."""
    drive = written[:2] if _DRIVE.match(written) else ""
    parts = written[len(drive) :].split(":")
    if len(parts) == 1:
        return Short("", drive + parts[0])
    return Short(drive + parts[0], parts[1], parts[2] if len(parts) > 2 else "")


def target_of(node: Node) -> str | None:
    """Return the path in the container of an entry of `volumes`."""
    if isinstance(node, Mapping):
        return node.text("target")
    return short(node.text).target if isinstance(node, Scalar) else None


def is_path(source: str) -> bool:
    """Tell whether the source of a volume is a path of the host rather than a volume's name."""
    return source.startswith((".", "/", "~", "\\")) or _DRIVE.match(source) is not None


def config_name(root: Mapping, config: str) -> str:
    """Return the file name a config has in the first service that gives it one, its own name otherwise."""
    for _, service in root.mapping("services") or ():
        for item in items(service.get("configs")) if isinstance(service, Mapping) else ():
            if isinstance(item, Mapping) and item.text("source") == config:
                target = item.text("target")
                if target:
                    return posixpath.basename(target)
    return config


@dataclass(frozen=True)
class Storage:
    """What mounts are resolved against: the project's own elements, and where paths are relative to.

    `folder` returns for the file in which a path is written the folder, relative to the scanned root, that
    the path is relative to.
    """

    files: RepositoryFiles
    folder: Callable[[str], str]
    volumes: Mapping
    configs: Mapping
    secrets: Mapping
    content_name: Callable[[str, str], str]
    variable: Callable[[str], str | None]

    def in_repository(self, path: str, at: Location) -> str | None:
        """Return a relative path of the file at `at` as a path below the scanned root, None if it leaves it."""
        joined = posixpath.normpath(posixpath.join(self.folder(at.path), path))
        if joined.startswith(("../", "/")) or joined == "..":
            return None
        return "" if joined == "." else joined

    def mounts(self, service: Mapping) -> Iterator[Mount]:
        """Yield everything mounted into the container of a service."""
        for item in items(service.get("volumes")):
            if isinstance(item, Scalar):
                yield self._short(item)
            elif isinstance(item, Mapping):
                yield from self._long(item)
        for item in items(service.get("tmpfs")):
            if isinstance(item, Scalar):
                target, _, options = item.text.partition(":")
                words = [word for word in options.split(",") if word in {"exec", "noexec"}]
                executable = words[-1:] == ["exec"]
                yield Mount(kind=MountKind.EPHEMERAL, target=target, at=item.at, executable=executable)
        for section, elements in (("configs", self.configs), ("secrets", self.secrets)):
            for item in items(service.get(section)):
                mount = self._element(section, elements, item)
                if mount is not None:
                    yield mount

    def _short(self, item: Scalar) -> Mount:
        written = short(_PROJECT_FOLDER.sub(".", _raw(item)) if _PROJECT_FOLDER.match(_raw(item)) else item.text)
        read_only = "ro" in written.mode.split(",")
        return self._mount("", written.source, written.target, item.at, read_only=read_only)

    def _long(self, item: Mapping) -> Iterator[Mount]:
        target = item.scalar("target")
        if target is None:
            return
        read_only = boolean(item.get("read_only"))
        source = item.scalar("source")
        yield self._mount(
            item.text("type") or "volume",
            source.text if source is not None else "",
            target.text,
            source.at if source is not None else item.at,
            read_only=read_only is not None and read_only.value is True,
        )

    def _mount(self, kind: str, source: str, target: str, at: Location, *, read_only: bool) -> Mount:
        if kind == "tmpfs" or (not source and kind in {"", "volume"}):
            return Mount(kind=MountKind.EPHEMERAL, target=target, at=at, read_only=read_only)
        if HOLE in source or HOLE in target or kind not in {"", "bind", "volume"}:
            return Mount(kind=MountKind.UNKNOWN, target=target, at=at, read_only=read_only)
        if kind == "bind" or (not kind and is_path(source)):
            return self._bind(source, target, at, read_only=read_only)
        device = self._device(source)
        if device is not None:
            return self._bind(device, target, at, read_only=read_only)
        return Mount(kind=MountKind.VOLUME, target=target, at=at, read_only=read_only)

    def _device(self, volume: str) -> str | None:
        """Return the host path of a named volume that is a bind mount (`driver_opts` with `o: bind`)."""
        options = self.volumes.mapping(volume, "driver_opts")
        if options is None or "bind" not in (options.text("o") or "").split(","):
            return None
        return options.text("device")

    def _bind(self, source: str, target: str, at: Location, *, read_only: bool) -> Mount:
        if source.startswith(("/", "~", "\\")) or _DRIVE.match(source):
            return Mount(kind=MountKind.BIND, target=target, at=at, host_path=source, read_only=read_only)
        path = self.in_repository(source, at)
        outside = source if path is None else None
        return Mount(
            kind=MountKind.BIND,
            target=target,
            at=at,
            host_path=outside,
            repository_path=path,
            read_only=read_only,
        )

    def _element(self, section: str, elements: Mapping, item: Node) -> Mount | None:
        name = item.text if isinstance(item, Scalar) else item.text("source") if isinstance(item, Mapping) else None
        if name is None:
            return None
        target = item.text("target") if isinstance(item, Mapping) else None
        if section == "secrets":
            target = posixpath.join("/run/secrets", target or name)
        target = posixpath.join("/", target or name)
        definition = elements.mapping(name)
        kind = MountKind.SECRET if section == "secrets" else MountKind.CONFIG
        file = definition.scalar("file") if definition is not None else None
        if file is not None and HOLE not in file.text:
            path = self.in_repository(file.text, file.at)
            if section == "configs":
                content = self.files.source(path) if path is not None else None
                if content is None:
                    return Mount(kind=MountKind.BIND, target=target, at=item.at, repository_path=path, read_only=True)
                return Mount(
                    kind=kind, target=target, at=item.at, content=content, repository_path=path, read_only=True
                )
            return Mount(kind=kind, target=target, at=item.at, repository_path=path, read_only=True)
        content = self._content(definition, name)
        if kind is MountKind.SECRET or content is not None:
            return Mount(kind=kind, target=target, at=item.at, content=content, read_only=True)
        return Mount(kind=MountKind.UNKNOWN, target=target, at=item.at, read_only=True)

    def _content(self, definition: Mapping | None, name: str) -> Source | None:
        """Return the text of an element that holds it itself or takes it from a known variable."""
        if definition is None:
            return None
        content = definition.scalar("content")
        if content is not None:
            return embedded(content, self.content_name(content.at.path, name))
        variable = definition.scalar("environment")
        value = self.variable(variable.text) if variable is not None else None
        if variable is None or value is None or HOLE in value:
            return None
        return Source(
            path=variable.at.path,
            text=value,
            line=variable.at.line,
            column=variable.at.column,
            exact=False,
            name=self.content_name(variable.at.path, name),
        )


def _raw(item: Scalar) -> str:
    raw = getattr(item, "raw", item)
    return raw.text if isinstance(raw, Scalar) else item.text
