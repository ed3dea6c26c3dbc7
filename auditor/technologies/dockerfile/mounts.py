"""What the layers of an image put where: files of the scanned tree, here-documents, and places that are not known."""

import posixpath
from collections.abc import Iterable
from fnmatch import fnmatchcase

from auditor.model.workload import Mount, MountKind
from auditor.technologies.document import RepositoryFiles

from .stage import Copied, Layer, Written

MAX_FILES = 200
"""Most files that one wildcard of a COPY is expanded to."""
_MAX_STAGES = 100
"""Most stages that a file is followed through, each copied from the one before."""


def mounts(layers: Iterable[Layer], context: str, files: RepositoryFiles) -> tuple[Mount, ...]:
    """Return the mounts that stand for `layers`, the last layer first, so that it hides earlier ones.

    Args:
        layers: what COPY, ADD and RUN do, in order.
        context: the folder, relative to the scanned root, that COPY reads from.
        files: the scanned tree.
    """
    return _mounts(layers, context, files, {}, 0)


def _mounts(
    layers: Iterable[Layer],
    context: str,
    files: RepositoryFiles,
    done: dict[tuple[int, str], tuple[Mount, ...]],
    depth: int,
) -> tuple[Mount, ...]:
    """Return the mounts of `layers`; `done` are those of other stages, by the identity of their layers."""
    found: list[Mount] = []
    for layer in layers:
        if isinstance(layer, Written):
            found.append(_written(layer))
            continue
        folder = context if layer.context is None else layer.context
        if layer.origin is not None:
            key = id(layer.origin), folder
            if key not in done:
                done[key] = _mounts(layer.origin, folder, files, done, depth + 1) if depth < _MAX_STAGES else ()
            found.extend(_from_stage(layer, source, done[key]) for source in layer.sources)
        else:
            for source in layer.sources:
                found.extend(_copied(layer, source, folder, files))
    return tuple(reversed(found))


def _written(layer: Written) -> Mount:
    if layer.content is not None:
        return Mount(kind=MountKind.CONFIG, target=layer.path, at=layer.at, content=layer.content)
    return Mount(kind=MountKind.UNKNOWN, target=layer.path, at=layer.at)


def _copied(layer: Copied, source: str, context: str, files: RepositoryFiles) -> Iterable[Mount]:
    if not layer.known:
        yield Mount(kind=MountKind.UNKNOWN, target=_inside(layer, source), at=layer.at)
        return
    path = posixpath.normpath(posixpath.join(context, source.lstrip("/") or "."))
    path = "" if path == "." else path
    if path.startswith(".."):
        return
    if any(char in path for char in "*?["):
        matching = [p for p in files.paths(posixpath.dirname(path)) if fnmatchcase(p, path)]
        for match in matching[:MAX_FILES]:
            target = posixpath.join(layer.target, posixpath.basename(match))
            yield Mount(kind=MountKind.COPY, target=target, at=layer.at, repository_path=match)
        return
    is_file = files.source(path) is not None if path else False
    target = _inside(layer, source) if is_file else layer.target.rstrip("/") or "/"
    yield Mount(kind=MountKind.COPY, target=target, at=layer.at, repository_path=path)


def _inside(layer: Copied, source: str) -> str:
    """Return where one file lands: below a target that is a folder, else at the target."""
    if layer.target.endswith("/") or len(layer.sources) > 1:
        return posixpath.join(layer.target, posixpath.basename(source.rstrip("/")))
    return layer.target


def _from_stage(layer: Copied, source: str, origin: Iterable[Mount]) -> Mount:
    """Follow a `COPY --from=stage` to what put the file into that stage."""
    wanted = posixpath.normpath(posixpath.join("/", source))
    target = _inside(layer, source)
    for mount in sorted(origin, key=lambda mount: len(mount.target), reverse=True):
        if mount.target == wanted:
            return Mount(
                kind=mount.kind,
                target=target,
                at=layer.at,
                repository_path=mount.repository_path,
                content=mount.content,
            )
        prefix = mount.target.rstrip("/") + "/"
        if wanted.startswith(prefix) and mount.repository_path is not None:
            path = posixpath.join(mount.repository_path, wanted[len(prefix) :])
            return Mount(kind=mount.kind, target=target, at=layer.at, repository_path=path)
    return Mount(kind=MountKind.UNKNOWN, target=target.rstrip("/") or "/", at=layer.at)
