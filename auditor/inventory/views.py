"""How one server sees files: from inside its container, or started with a file of the tree on a host."""

import posixpath
from collections.abc import Sequence
from fnmatch import fnmatchcase

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Mount, MountKind, Workload
from auditor.patterns import lazy
from auditor.technologies.common.host import ProgramFiles
from auditor.technologies.document import FileView, RepositoryFiles


def view_of(workload: Workload, files: RepositoryFiles) -> FileView:
    """Return how a workload sees files: from inside its container, or on the host that starts it."""
    return ProgramFiles(workload.unit, files) if workload.on_host else ContainerView(workload, files)


class ContainerView:
    """Paths inside a container: what is mounted or copied there.

    A path under no mount is the image's own (`open` returns None: nothing of the scanned tree stands there, so
    the image's file, if any, is in force).
    """

    def __init__(self, workload: Workload, files: RepositoryFiles) -> None:
        self._mounts = sorted(workload.mounts, key=lambda mount: len(mount.target), reverse=True)
        self._files = files

    def open(self, path: str) -> Source | Unknown | None:
        path = posixpath.normpath(path)
        for mount in self._mounts:
            inner = _below(path, mount.target)
            if inner is None:
                continue
            if mount.kind is MountKind.CONFIG:
                if inner == "" and mount.content is not None:
                    return mount.content
                continue
            if mount.repository_path is not None:
                return self._repository(mount, inner)
            if mount.kind in {MountKind.VOLUME, MountKind.EPHEMERAL} and inner:
                return Unknown(f"{path} is on the volume mounted at {mount.target}")
            return Unknown(f"{path} comes from {mount.kind} storage that is not in the scanned files")
        return None

    def _repository(self, mount: Mount, inner: str) -> Source | Unknown | None:
        assert mount.repository_path is not None
        path = posixpath.normpath(posixpath.join(mount.repository_path, inner)) if inner else mount.repository_path
        found = self._files.source(path)
        if found is None and mount.kind is MountKind.BIND and not self._files.paths(mount.repository_path) and inner:
            return Unknown(f"{mount.repository_path} is not in the scanned files")
        if found is None and not inner:
            return Unknown(f"{mount.repository_path} is not in the scanned files")
        return found

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        folder = posixpath.dirname(posixpath.normpath(pattern))
        found: set[str] = set()
        for mount in self._mounts:
            if mount.kind is MountKind.CONFIG and fnmatchcase(mount.target, pattern):
                found.add(mount.target)
            elif mount.repository_path is not None:
                for path in self._files.paths(mount.repository_path) or (mount.repository_path,):
                    inside = posixpath.join(mount.target, path[len(mount.repository_path) :].lstrip("/")).rstrip("/")
                    if fnmatchcase(inside, pattern) and inside.count("/") == pattern.count("/"):
                        found.add(inside)
            elif _below(folder, mount.target) is not None and mount.kind is not MountKind.CONFIG:
                return Unknown(f"{folder} is on storage that is not in the scanned files")
        return sorted(found)


class HostView:
    """Paths of a server started with the file at `start` of the tree.

    Relative paths are looked up beside it. An absolute path is looked up in the tree if `start` itself stands in
    it under an absolute path (`roles/db/files/etc/redis/redis.conf`: the root is `roles/db/files`); else it is not
    known what stands there.
    """

    _ROOTS = lazy(r"(?:^|.*/)(?=(?:etc|usr|opt|var|srv|home|root|run)/)")

    def __init__(self, start: str, files: RepositoryFiles) -> None:
        self._folder = posixpath.dirname(start)
        self._files = files
        match = self._ROOTS.match(start)
        self._root = match[0].rstrip("/") if match else None

    def _resolve(self, path: str) -> str | None:
        if not path.startswith("/"):
            return posixpath.normpath(posixpath.join(self._folder, path))
        if self._root is None:
            return None
        return posixpath.normpath(posixpath.join(self._root, path.lstrip("/")))

    def open(self, path: str) -> Source | Unknown | None:
        resolved = self._resolve(path)
        found = self._files.source(resolved) if resolved is not None and not resolved.startswith("..") else None
        if found is None and path.startswith("/"):
            return Unknown(f"{path} is not in the scanned files")
        return found

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        resolved = self._resolve(pattern)
        if resolved is None or resolved.startswith(".."):
            return Unknown(f"{pattern} is not in the scanned files")
        folder = posixpath.dirname(resolved)
        depth = resolved.count("/")
        matching = [p for p in self._files.paths(folder) if p.count("/") == depth and fnmatchcase(p, resolved)]
        if not matching and pattern.startswith("/"):
            return Unknown(f"{pattern} is not in the scanned files")
        strip = posixpath.dirname(pattern)
        return [posixpath.join(strip, posixpath.basename(path)) for path in matching]


def _below(path: str, target: str) -> str | None:
    """Return the part of `path` below `target` ("" if equal), None if it is elsewhere."""
    target = posixpath.normpath(target)
    if path == target:
        return ""
    prefix = target.rstrip("/") + "/"
    return path[len(prefix) :] if path.startswith(prefix) else None
