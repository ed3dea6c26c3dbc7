"""The configuration directory as a container's daemons see it."""

import posixpath
from collections.abc import Iterator

from auditor.model.fact import Service
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import MountKind, Workload
from auditor.technologies.document import FileView

from .build import Origins, services, version_of
from .document import Property
from .folder import Folder
from .image_settings import written
from .starting import HBASE, family_of, start_of

_KINDS = ("core", "hdfs", "yarn", "mapred", "kms", "httpfs", "hbase")
_FOLDERS = ("/opt/hadoop/etc/hadoop", "/etc/hadoop", "/etc/hadoop/conf", "/usr/local/hadoop/etc/hadoop")
_HBASE_FOLDERS = ("/opt/hbase/conf", "/etc/hbase", "/etc/hbase/conf", "/hbase/conf", "/usr/local/hbase/conf")


def services_of_workload(workload: Workload, view: FileView) -> Iterator[Service]:
    """Yield what the container runs of Hadoop and HBase; nothing where none of its configuration is known."""
    family = family_of(workload)
    start = start_of(workload, family)
    if start is None:
        return
    at = workload.image.at if workload.image is not None else workload.at
    for is_hbase in (False, True):
        daemons = start.daemons & HBASE if is_hbase else start.daemons - HBASE
        if not daemons:
            continue
        folder = Folder(at=at, definitions=tuple(_defined(workload, start.definitions)))
        folder.variables = {name: variable.value for name, variable in workload.environment.items()}
        named = start.folder if start.folder is not None and start.folder.startswith("/") else None
        path = _folder(workload, view, named, is_hbase=is_hbase)
        known_image = family is not None and not is_hbase
        if path is not None:
            _read(folder, path, view)
        elif not known_image:
            continue
        if not known_image and not _replaces(workload, path):
            folder.missing = "the image's own {kind}-site.xml is not in the scanned files"
        for kind in _KINDS if known_image else ():
            items = written(workload, family, kind, folder.sites.get(kind))
            if items is not None:
                folder.sites[kind] = items
        version = version_of(workload) if known_image or is_hbase else None
        origins = Origins(
            component=workload.component, at=at, workload=workload, version=version, known_image=known_image
        )
        yield from services(folder, daemons, origins)


def _replaces(workload: Workload, path: str | None) -> bool:
    """Tell whether a folder of the scanned tree stands in the place of the image's configuration directory."""
    return any(mount.kind is MountKind.BIND and mount.target.rstrip("/") == path for mount in workload.mounts)


def _defined(workload: Workload, definitions: tuple[str, ...]) -> Iterator[Property]:
    at = workload.arguments[0].at if workload.arguments else workload.at
    for definition in definitions:
        name, _, value = definition.partition("=")
        known = Unknown("a shell variable supplies it") if "$" in value else value
        yield Property(name=name, value=known, at=at, origin=Origin.FLAG)


def _folder(workload: Workload, view: FileView, named: str | None, *, is_hbase: bool) -> str | None:
    """Return the configuration directory in which something of the scanned tree, or something not scanned, stands."""
    wanted = ("hbase",) if is_hbase else _KINDS[:-1]
    candidates = [named] if named is not None else []
    variable = workload.environment.get("HBASE_CONF_DIR" if is_hbase else "HADOOP_CONF_DIR")
    if variable is not None and isinstance(variable.value, str):
        candidates.append(variable.value)
    for mount in workload.mounts:
        name = posixpath.basename(mount.target)
        candidates.append(posixpath.dirname(mount.target) if name.endswith("-site.xml") else mount.target)
    candidates += _HBASE_FOLDERS if is_hbase else _FOLDERS
    for path in dict.fromkeys(candidates):
        if any(isinstance(view.open(f"{path}/{kind}-site.xml"), Source) for kind in wanted):
            return path
    return None


def _read(folder: Folder, path: str, view: FileView) -> None:
    names = [*(f"{kind}-site.xml" for kind in _KINDS), "log4j.properties", "hadoop-env.sh"]
    for name in names:
        found = view.open(f"{path}/{name}")
        if isinstance(found, Source):
            folder.add(_named(found, name), _Beside(path, view))
        elif isinstance(found, Unknown) and name.endswith("-site.xml"):
            folder.unreadable[name.partition("-")[0]] = found.reason


def _named(source: Source, name: str) -> Source:
    """Return the text under the name that it has in the container, which says what kind of file it is."""
    if source.file_name.lower() == name:
        return source
    return Source(
        path=source.path, text=source.text, line=source.line, column=source.column, exact=source.exact, name=name
    )


class _Beside:
    """Files as a site file names those that it takes in: relative to its own directory."""

    def __init__(self, folder: str, view: FileView) -> None:
        self._folder = folder
        self._view = view

    def open(self, path: str) -> Source | Unknown | None:
        return self._view.open(posixpath.join(self._folder, path.removeprefix("file://")))

    def glob(self, pattern: str) -> list[str] | Unknown:
        found = self._view.glob(posixpath.join(self._folder, pattern))
        return found if isinstance(found, Unknown) else list(found)
