"""Which files belong to one application, and which containers run it."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Sequence

from auditor.model.workload import MountKind, Workload
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.environments import is_template_file

from .document import SpringFile

_RESOURCES = lazy(r"(?P<root>.*?)/?(?:^|/)src/(?P<set>\w+)/resources/(?P<config>config/)?[^/]+")
_TESTS = lazy(r"(?:^|/)(?:tests?|it|testdata|fixtures)/")
_FILES = frozenset({MountKind.BIND, MountKind.COPY, MountKind.CONFIG})


@dataclass(frozen=True)
class Project:
    """The settings files of one application, the weakest first; `root` is the folder it is built in."""

    root: str
    files: tuple[SpringFile, ...]
    is_packaged: bool
    """Whether they are built into the application's jar."""


def projects_of(files: Iterable[SpringFile]) -> list[Project]:
    """Return the applications; settings of tests and templates to copy are nobody's."""
    found: defaultdict[tuple[str, bool], list[tuple[int, bool, SpringFile]]] = defaultdict(list)
    for file in files:
        path = file.source.path
        match = _RESOURCES.fullmatch(path)
        if is_template_file(file.source.file_name) or _TESTS.search(path) or (match and match["set"] == "test"):
            continue
        if file.source.is_embedded:
            found[file.source.key, False].append((0, file.is_properties, file))
        elif match:
            found[match["root"], True].append((1 if match["config"] else 0, file.is_properties, file))
        else:
            found[posixpath.dirname(path), False].append((0, file.is_properties, file))
    return [
        Project(root, tuple(file for *_, file in sorted(ranked, key=lambda item: item[:2])), packaged)
        for (root, packaged), ranked in sorted(found.items())
    ]


def built_in(workload: Workload, projects: Sequence[Project]) -> Project | None:
    """Return the application that a workload's image is built of, None if none or more than one may be meant."""
    packaged = [project for project in projects if project.is_packaged]
    beside = posixpath.dirname(workload.built_from) if workload.built_from is not None else None
    if beside is not None:
        below = [project for project in packaged if _is_below(project.root, beside)]
        if below:
            return below[0] if len(below) == 1 else None
    if workload.build_context is None or not _is_java(workload):
        return None
    below = [project for project in packaged if _is_below(project.root, workload.build_context)]
    return below[0] if len(below) == 1 else None


def mounted_in(workload: Workload, projects: Sequence[Project]) -> list[Project]:
    """Return the applications' files that are put into a container beside its jar."""
    folders = {m.repository_path for m in workload.mounts if m.kind in _FILES and m.repository_path is not None}
    keys = {mount.content.key for mount in workload.mounts if mount.content is not None}
    return [
        project
        for project in projects
        if not project.is_packaged
        and any(
            file.source.key in keys
            or (not file.source.is_embedded and folders & {file.source.path, posixpath.dirname(file.source.path)})
            for file in project.files
        )
    ]


def _is_below(path: str, folder: str) -> bool:
    return folder in {"", ".", path} or path.startswith(folder + "/")


def _is_java(workload: Workload) -> bool:
    words = [word.value for word in workload.arguments if isinstance(word.value, str)]
    return any(name.startswith(("SPRING_", "JAVA_")) for name in workload.environment) or any(
        word == "java" or word.endswith(("/java", ".jar")) for text in words for word in text.split()
    )
