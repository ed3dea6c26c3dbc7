"""A Dockerfile's image as a workload of its own, and merged into the workload that is built from it."""

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import replace

from auditor.model.image_reference import image_prefix
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Mount, Port, Role, Workload
from auditor.technologies.document import RepositoryFiles

from .document import DockerfileDocument
from .mounts import mounts
from .stage import Copied, Image, Layer, evaluate


def image_workload(document: DockerfileDocument, files: RepositoryFiles) -> Workload:
    """Return the container that the image runs when nothing else is said (role IMAGE)."""
    image = evaluate(document, None, {})
    source = document.source
    context = _context(image.layers, posixpath.dirname(source.path), files)
    workload = Workload(
        component=source.key,
        technology="dockerfile",
        at=document.stages[-1].base_at,
        name=source.file_name,
        origin="dockerfile",
        unit=posixpath.dirname(source.path),
        role=Role.IMAGE,
        built_from=source.key,
        build_context=context,
        is_built=True,
        templated=bool(document.partial),
    )
    return merge_image(workload, image, files)


def image_of(workload: Workload, document: DockerfileDocument, built: Callable[[str], Image | None]) -> Image:
    """Return the image that a workload is built to; `built` gives those that other workloads are built to, by name."""
    return evaluate(document, workload.build_target, workload.build_args, built)


def _context(layers: Iterable[Layer], folder: str, files: RepositoryFiles) -> str:
    """Return the likely build context: the Dockerfile's folder, or one above it that holds what is copied."""
    wanted = [
        posixpath.normpath(source.lstrip("/"))
        for layer in layers
        if isinstance(layer, Copied) and layer.known and layer.origin is None
        for source in layer.sources
        if source.lstrip("/") not in {"", "."} and not any(char in source for char in "*?[")
    ]
    candidate = folder
    while wanted:
        paths = [posixpath.join(candidate, path) for path in wanted]
        if all(files.source(path) is not None or files.paths(path) for path in paths):
            return candidate
        if not candidate:
            break
        candidate = posixpath.dirname(candidate)
    return folder


def merge_image(workload: Workload, image: Image, files: RepositoryFiles) -> Workload:
    """Return the workload with what its image brings, which the workload's own settings override."""
    context = workload.build_context or ""
    found = mounts(image.layers, context, files)
    own_command = workload.entrypoint is not None
    return replace(
        workload,
        image=image.base,
        image_prefix=image_prefix(image.base_text),
        entrypoint=workload.entrypoint if own_command else image.entrypoint,
        command=workload.command if own_command or workload.command is not None else image.command,
        environment={**image.environment, **workload.environment},
        mounts=(*workload.mounts, *_visible(found, workload.mounts)),
        ports=(*workload.ports, *_further(image, workload)),
        user=workload.user or image.user or _changed_user(image),
        liveness=workload.liveness or image.health,
        consumed=workload.consumed | ({workload.built_from} if workload.built_from else set()),
    )


def _changed_user(image: Image) -> Located[str] | None:
    if not image.may_change_user:
        return None
    return Located(value=Unknown("the entrypoint may give up root with a tool such as gosu"), at=image.base.at)


def _visible(found: Iterable[Mount], own: Iterable[Mount]) -> Iterable[Mount]:
    """Leave out what a mount of the workload hides."""
    hiding = [mount.target.rstrip("/") + "/" for mount in own]
    return [mount for mount in found if not (mount.target.rstrip("/") + "/").startswith(tuple(hiding))]


def _further(image: Image, workload: Workload) -> Iterable[Port]:
    known = {port.container for port in workload.ports if isinstance(port.container, int)}
    return [port for port in image.ports if not (isinstance(port.container, int) and port.container in known)]
