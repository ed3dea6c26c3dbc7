"""Which compose files make one project, and the project's services after extending and merging.

Sources: Compose Specification, "Compose file" (preferred names), "Merge and override", "include" and "extends";
Docker manual, "Merge Compose files" (the override file that is read by itself, paths relative to the first file).
"""

import posixpath
from collections.abc import Mapping as MappingOf
from dataclasses import field

from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping, Node, Scalar
from auditor.model.location import Location
from auditor.records import dataclass
from auditor.technologies.document import RepositoryFiles

from .document import ComposeDocument, parse
from .environment import Environment
from .merge import extends_of, merged, normalised
from .text import Places, interpolated

DEFAULT_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
"""The files that Compose reads by itself, the preferred ones first."""
_MAX_EXTENDS = 20
"""Longest chain of `extends` followed; Compose refuses a circle, which this ends too."""


@dataclass(frozen=True)
class Declared:
    """A service after merging; `at` is the place of its name in the last file that declares it."""

    tree: Mapping
    at: Location
    templated: bool


@dataclass
class Library:
    """The compose files of the tree by path, with those that only `extends` or `include` name."""

    documents: dict[str, ComposeDocument]
    files: RepositoryFiles
    _read: dict[str, ComposeDocument | None] = field(default_factory=dict[str, "ComposeDocument | None"])
    _lines: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def __post_init__(self) -> None:
        self.places = Places(self.lines)

    def document(self, path: str) -> ComposeDocument | None:
        """Return the compose file at `path`, None if there is none that can be read."""
        if path in self.documents:
            return self.documents[path]
        if path not in self._read:
            source = self.files.source(path)
            try:
                self._read[path] = parse(source) if source is not None else None
            except FormatError:
                self._read[path] = None
        return self._read[path]

    def lines(self, path: str) -> list[str]:
        """Return the lines of the compose file at `path`."""
        if path not in self._lines:
            document = self.document(path)
            self._lines[path] = document.source.text.split("\n") if document is not None else []
        return self._lines[path]


@dataclass
class Project:
    """Files merged in order, with one folder for relative paths and one environment for interpolation.

    `qualifier` tells services of a variant from those of the folder's default files; `only` are the services
    that the project is about, None for all.
    """

    library: Library
    files: tuple[ComposeDocument, ...]
    folder: str
    environment: Environment
    qualifier: str = ""
    only: frozenset[str] | None = None
    within: str | None = None
    """The identity of the project that includes this one: its services are services of that one."""
    extended: set[str] = field(default_factory=set[str])

    @property
    def identities(self) -> tuple[str, ...]:
        """What tells it from other projects, then what tells the project that it is merged over, if there is one."""
        if self.within is not None:
            return (self.within,)
        own = self.qualifier or self.folder
        first = self.files[0].source.path
        below = first if posixpath.basename(first) not in DEFAULT_NAMES else self.folder
        return (own,) if len(self.files) == 1 or below == own else (own, below)

    def folder_of(self, path: str) -> str:
        """Return the folder that paths written in the file at `path` are relative to.

        It is the project's, except for a file that is only extended: there it is that file's own.
        """
        if path in self.extended and all(file.source.path != path for file in self.files):
            return posixpath.dirname(path)
        return self.folder

    def services(self) -> MappingOf[str, Declared]:
        """Return every service, merged over all files."""
        found: dict[str, Declared] = {}
        for file in self.files:
            for key, _ in file.services:
                tree, whole = self._service(file, key.text, 0)
                templated = bool(file.partial) or not whole
                earlier = found.get(key.text)
                if earlier is not None:
                    tree = merged(earlier.tree, tree)
                    templated = templated or earlier.templated
                found[key.text] = Declared(tree, key.at, templated)
        return found

    def elements(self, section: str) -> Mapping:
        """Return the top-level `volumes`, `configs` or `secrets`, merged over all files."""
        found = Mapping([], Location(self.files[0].source.path, 1))
        for file in self.files:
            tree = file.root.mapping(section)
            if tree is not None and "services" in file.root:
                over = interpolated(tree, self.environment.lookup)
                assert isinstance(over, Mapping)
                found = merged(found, over)
        return found

    def _service(self, file: ComposeDocument, name: str, depth: int) -> tuple[Mapping, bool]:
        """Return a service of one file with what it extends, and whether all of that was found."""
        raw = file.service(name)
        if raw is None:
            return Mapping([], file.root.at), False
        tree = interpolated(raw, self.environment.lookup)
        assert isinstance(tree, Mapping)
        tree = normalised(tree, self.library.places)
        extends = extends_of(tree)
        if extends is None or depth > _MAX_EXTENDS:
            return tree, extends is None
        base_name, path = extends
        other: ComposeDocument | None = file
        if path is not None:
            joined = posixpath.normpath(posixpath.join(self.folder_of(file.source.path), path))
            other = self.library.document(joined)
            if other is not None:
                self.extended.add(joined)
        if other is None or other.service(base_name) is None:
            return tree, False
        base, whole = self._service(other, base_name, depth + 1)
        return merged(base, tree), whole


def lacking(document: ComposeDocument) -> frozenset[str]:
    """Return the services that have neither image nor build nor something they extend."""
    found: set[str] = set()
    for key, service in document.services:
        if isinstance(service, Mapping):
            if not service.open and not any(name in service for name in ("image", "build", "extends")):
                found.add(key.text)
        elif isinstance(service, Scalar) and service.is_null:
            found.add(key.text)
    return frozenset(found)


def defines(document: ComposeDocument, names: frozenset[str]) -> bool:
    """Tell whether the file declares one of the services `names` with an image or build."""
    return bool(names & {key.text for key, _ in document.services} - lacking(document))


def node_paths(node: Node | None) -> list[str]:
    """Return the texts of a scalar or of a list of scalars."""
    if isinstance(node, Scalar):
        return [] if node.is_null else [node.text]
    return [item.text for item in getattr(node, "items", []) if isinstance(item, Scalar)]
