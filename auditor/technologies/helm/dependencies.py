"""Releases that a chart of the tree declares as its dependencies.

Source: Helm 3 manual, "Chart Dependencies": `dependencies` of Chart.yaml, of requirements.yaml for `apiVersion: v1`;
values stand below the alias or name; `condition` names values, of which the first that is a boolean decides, and
without one any of the `tags` that is true does.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cache

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping, Scalar
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import RepositoryFiles

from .release import Release
from .repositories import renderer
from .values import Values, below, layered

_VARIANT = lazy(r"(?:[\w.-]+[._-])?values(?:[._-][\w.-]+)?\.ya?ml", re.I)


class ValuesFiles:
    """The values files of a tree, each read once."""

    def __init__(self, files: RepositoryFiles) -> None:
        self.files = files
        self.tree = cache(self._tree)

    def _tree(self, path: str) -> Mapping | None:
        """Return the file's values, None if there is no such file or it is no YAML; an empty file has no values."""
        source = self.files.source(path)
        if source is None:
            return None
        try:
            node = next(iter(yaml.parse(source)), None)
        except FormatError:
            return Mapping([], source.at(), open_=True)
        return node if isinstance(node, Mapping) else Mapping([], source.at())

    def variants(self, folder: str) -> Sequence[str]:
        """Return the other values files beside a chart's own."""
        paths = (path for path in self.files.paths(folder) if posixpath.dirname(path) == folder)
        found = [path for path in paths if _VARIANT.fullmatch(posixpath.basename(path))]
        return [path for path in found if posixpath.basename(path) != "values.yaml"]


@dataclass(frozen=True, kw_only=True)
class _Dependency:
    """One entry of `dependencies`."""

    node: Mapping
    name: str
    alias: str
    version: str
    repository: str

    def is_installed(self, values: Mapping) -> bool | Unknown:
        """Tell whether the parent's values have it installed."""
        seen = Values(values, self.node.at)
        written = self.node.text("condition") or ""
        for condition in filter(None, (part.strip() for part in written.split(","))):
            found = seen.node(*condition.split("."))
            value = found.as_bool() if isinstance(found, Scalar) else found
            if isinstance(value, bool | Unknown):
                return value
        tags = self.node.sequence("tags")
        given = [
            seen.boolean("tags", tag.text, default=True).value for tag in (tags.scalars() if tags is not None else ())
        ]
        unknown = next((value for value in given if isinstance(value, Unknown)), None)
        return True if not given or True in given else unknown or False


@dataclass(frozen=True)
class Use:
    """A chart of the tree, by its folder, as something installs it."""

    folder: str
    name: str
    values: Mapping = field(repr=False)


def folder_of(path: str) -> str:
    """Return a folder's path as the tree's files have it: "" for the root."""
    found = posixpath.normpath(path).lstrip("/")
    return "" if found == "." else found


def releases_of_chart(folder: str, chart: Mapping, library: ValuesFiles, uses: Sequence[Use] = ()) -> Iterator[Release]:
    """Yield a release for each known dependency of a chart, and for each values file or use that changes it.

    The chart's own values are judged alone where neither something that installs the chart nor another values file
    beside them speaks of the dependency.
    """
    own = library.tree(posixpath.join(folder, "values.yaml")) or Mapping([], chart.at)
    name = chart.text("name") or posixpath.basename(folder)
    parent = posixpath.dirname(posixpath.dirname(folder))
    if posixpath.basename(posixpath.dirname(folder)) == "charts" and library.tree(posixpath.join(parent, "Chart.yaml")):
        around = library.tree(posixpath.join(parent, "values.yaml"))
        own = layered([own, *([below(around, name)] if around is not None else [])], chart.at)
    for dependency in _dependencies(folder, chart, library):
        changes = [(use.name, use.values) for use in uses if use.folder == folder]
        if not changes:
            # A file that leaves the dependency out says nothing of how it is installed elsewhere.
            trees = [(path, tree) for path in library.variants(folder) if (tree := library.tree(path)) is not None]
            changes = [each for each in trees if dependency.is_installed(layered([own, each[1]], chart.at)) is True]
        speaking = [(path, tree) for path, tree in changes if _speaks_of(dependency, tree)]
        for path, tree in speaking or [("", Mapping([], own.at))]:
            values = layered([own, tree], chart.at)
            if dependency.is_installed(values) is not True:
                continue
            label = posixpath.basename(path).removesuffix(".yaml").removesuffix(".yml")
            suffix = f"-{label}" if len(speaking) > 1 else ""
            yield Release(
                chart=dependency.name,
                repository=dependency.repository,
                called=dependency.alias,
                name=f"{name}{suffix}",
                version=dependency.version,
                namespace="",
                at=dependency.node.at,
                folder=folder,
                tree=below(values, dependency.alias),
            )


def _dependencies(folder: str, chart: Mapping, library: ValuesFiles) -> Iterator[_Dependency]:
    listed = chart.sequence("dependencies")
    if listed is None:
        older = library.tree(posixpath.join(folder, "requirements.yaml"))
        listed = older.sequence("dependencies") if older is not None else None
    for node in listed.mappings() if listed is not None else ():
        name, repository = node.text("name"), node.text("repository") or ""
        if name is None or renderer(name, repository) is None:
            continue
        version = node.scalar("version")
        yield _Dependency(
            node=node,
            name=name,
            alias=node.text("alias") or name,
            version=version.text if version is not None and HOLE not in version.text else "",
            repository=repository,
        )


def _speaks_of(dependency: _Dependency, tree: Mapping) -> bool:
    conditions = (dependency.node.text("condition") or "").split(",")
    named = any(tree.get(*condition.strip().split(".")) is not None for condition in conditions if condition.strip())
    return named or dependency.alias in tree or "global" in tree or tree.open
