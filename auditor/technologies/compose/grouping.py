"""Find the projects of a tree: default files with their overrides, includes, and variants with what they build on."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from auditor.formats.tree import Mapping
from auditor.technologies.document import RepositoryFiles

from .document import ComposeDocument, references
from .environment import Environment
from .project import DEFAULT_NAMES, Library, Project, defines, lacking, node_paths
from .text import items

_OVERRIDE = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)
_BASE_WORDS = ("base", "common", "main", "core", "shared")
_MAX_INCLUDES = 10


def projects(documents: Sequence[ComposeDocument], files: RepositoryFiles) -> Iterator[Project]:
    """Yield every project, each file of the tree in at least one unless others only extend it."""
    library = Library({document.source.path: document for document in documents}, files)
    yield from _Grouping(library, files).projects()


class _Grouping:
    def __init__(self, library: Library, files: RepositoryFiles) -> None:
        self.library = library
        self.files = files
        self.by_folder: dict[str, dict[str, ComposeDocument]] = defaultdict(dict)
        for path, document in sorted(library.documents.items()):
            folder, _, name = path.rpartition("/")
            self.by_folder[folder][name] = document
        self.referenced = {
            posixpath.normpath(posixpath.join(posixpath.dirname(path), reference))
            for path, document in library.documents.items()
            for reference in references(document)
        }
        self.environments: dict[str, Environment] = {}
        self.seen: set[tuple[str, ...]] = set()

    def projects(self) -> Iterator[Project]:
        """Yield what nothing else refers to first, so that included files are met through what includes them."""
        for folder in sorted(self.by_folder):
            base = self.base_files(folder)
            used = {file.source.path for file in base}
            if not used & self.referenced:
                yield from self.with_includes(base, folder, self.environment(folder), "", 0)
            for document in self.by_folder[folder].values():
                path = document.source.path
                if path not in used and path not in self.referenced:
                    yield from self.variant(document, folder)
        for folder in sorted(self.by_folder):
            yield from self.with_includes(self.base_files(folder), folder, self.environment(folder), "", 0)

    def environment(self, folder: str) -> Environment:
        """Return the environment of the project in `folder`: its `.env`, one object for all that use it."""
        if folder not in self.environments:
            self.environments[folder] = Environment.load(self.files, [posixpath.join(folder, ".env")])
        return self.environments[folder]

    def base_files(self, folder: str) -> tuple[ComposeDocument, ...]:
        """Return what Compose reads by itself in `folder`, the first file being the base."""
        here = self.by_folder.get(folder, {})
        named = self.environment(folder).values.get("COMPOSE_FILE")
        if named:
            separator = self.environment(folder).values.get("COMPOSE_PATH_SEPARATOR", ":")
            paths = [posixpath.normpath(posixpath.join(folder, path)) for path in named.split(separator)]
            found = [self.library.document(path) for path in paths]
            if found and all(document is not None for document in found):
                return tuple(document for document in found if document is not None)
        base = next((here[name] for name in DEFAULT_NAMES if name in here), None)
        if base is None:
            return ()
        override = next((here[name] for name in _OVERRIDE if name in here), None)
        return (base,) if override is None else (base, override)

    def with_includes(
        self,
        base: tuple[ComposeDocument, ...],
        folder: str,
        environment: Environment,
        qualifier: str,
        depth: int,
        *,
        within: str | None = None,
    ) -> Iterator[Project]:
        """Yield the project and those it includes, each once."""
        paths_of_base = tuple(file.source.path for file in base)
        if not base or paths_of_base in self.seen:
            return
        self.seen.add(paths_of_base)
        project = Project(self.library, base, folder, environment, qualifier, within=within)
        yield project
        for file in base if depth < _MAX_INCLUDES else ():
            for paths, own_folder, env_paths in _includes(file, folder):
                found = [self.library.document(path) for path in paths]
                included = tuple(document for document in found if document is not None)
                if included:
                    inner = Environment.load(self.files, env_paths, environment)
                    inner.used = environment.used
                    name = posixpath.basename(paths[0])
                    inner_qualifier = "" if name in DEFAULT_NAMES and own_folder != folder else paths[0]
                    root = project.identities[0]
                    yield from self.with_includes(included, own_folder, inner, inner_qualifier, depth + 1, within=root)

    def variant(self, document: ComposeDocument, folder: str) -> Iterator[Project]:
        """Yield the project of a file that Compose does not read by itself."""
        names = lacking(document)
        path = document.source.path
        if not names:
            yield from self.with_includes((document,), folder, self.environment(folder), path, 0)
            return
        base, base_folder = self.base_of(document, names, folder)
        only = frozenset(key.text for key, _ in document.services)
        if not base:
            base_folder, only = folder, only - names
        if only:
            environment = self.environment(base_folder)
            yield Project(self.library, (*base, document), base_folder, environment, path, only)

    def base_of(
        self, document: ComposeDocument, names: frozenset[str], folder: str
    ) -> tuple[tuple[ComposeDocument, ...], str]:
        """Return the files that a variant is merged with (the first that declare a service it leaves open)."""
        above = folder
        while True:
            default = self.base_files(above)[:1]
            if default and default[0] is not document and defines(default[0], names):
                return default, above
            if not above:
                break
            above = posixpath.dirname(above)
        others = [other for other in self.by_folder[folder].values() if other is not document]
        for other in sorted(others, key=_not_named_base):
            if defines(other, names) and not lacking(other):
                return (other,), folder
        return (), folder


def _not_named_base(document: ComposeDocument) -> tuple[bool, str]:
    name = posixpath.basename(document.source.path)
    return not any(word in name for word in _BASE_WORDS), name


def _includes(file: ComposeDocument, folder: str) -> Iterable[tuple[list[str], str, list[str]]]:
    """Yield for each `include` its files, its folder and its env files, all below the scanned root."""
    for item in items(file.root.get("include")):
        written = node_paths(item.get("path")) if isinstance(item, Mapping) else node_paths(item)
        paths = [posixpath.normpath(posixpath.join(folder, path)) for path in written]
        if not paths:
            continue
        own = item.text("project_directory") if isinstance(item, Mapping) else None
        own_folder = posixpath.normpath(posixpath.join(folder, own)) if own else posixpath.dirname(paths[0])
        env_files = node_paths(item.get("env_file")) if isinstance(item, Mapping) else []
        env_paths = [posixpath.normpath(posixpath.join(folder, path)) for path in env_files]
        yield paths, own_folder, env_paths or [posixpath.join(own_folder, ".env")]
