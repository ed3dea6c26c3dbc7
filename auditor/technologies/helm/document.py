"""The values of a Helm chart."""

from collections.abc import Iterator

from auditor.formats import yaml
from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document
from auditor.technologies.recognition.helm import is_helmfile


@dataclass(frozen=True, kw_only=True)
class HelmValues(Document):
    """A values file; `nodes` are its documents."""

    nodes: tuple[Node, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        """Yield every value of one line; of `name: X` with `value: Y`, as charts list variables, X is the key."""
        for node in self.nodes:
            yield from _assignments(node, ())

    def embedded(self) -> Iterator[Source]:
        """Yield texts of several lines under a key that looks like a file name."""
        for node in self.nodes:
            yield from _embedded(node)


@dataclass(frozen=True, kw_only=True)
class HelmChart(Document):
    """`Chart.yaml`: marks the folder as a chart's, and names the charts it depends on."""

    root: Mapping | None = None

    @property
    def has_dependencies(self) -> bool:
        """Whether it may depend on other charts; those of `apiVersion: v1` stand in requirements.yaml."""
        return self.root is not None and ("dependencies" in self.root or self.root.text("apiVersion") == "v1")


@dataclass(frozen=True, kw_only=True)
class Helmfile(Document):
    """A helmfile; `roots` are its documents."""

    roots: tuple[Mapping, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        """Yield the values that its releases hold themselves."""
        for root in self.roots:
            releases = root.sequence("releases")
            for release in releases.mappings() if releases is not None else ():
                for key in ("values", "set"):
                    node = release.get(key)
                    if node is not None:
                        yield from _assignments(node, (release.text("name") or "", key))


def parse(source: Source) -> HelmValues | HelmChart | Helmfile:
    """Read a values file, `Chart.yaml` or a helmfile.

    Raises:
        FormatError: it is not YAML.
    """
    nodes = tuple(yaml.parse(source))
    partial = "template expressions" if is_templated(source.text) else ""
    if source.file_name.lower() == "chart.yaml":
        root = next((node for node in nodes if isinstance(node, Mapping)), None)
        return HelmChart(source=source, partial=partial, root=root)
    if is_helmfile(source.file_name.lower(), source.path):
        return Helmfile(source=source, partial=partial, roots=tuple(n for n in nodes if isinstance(n, Mapping)))
    return HelmValues(source=source, partial=partial, nodes=nodes)


def _assignments(node: Node, path: tuple[str, ...]) -> Iterator[Assignment]:
    if isinstance(node, Sequence):
        for item in node:
            yield from _assignments(item, path)
    elif isinstance(node, Mapping):
        named = node.text("name") if isinstance(node.get("value"), Scalar) else None
        for key, value in node:
            if not isinstance(value, Scalar):
                yield from _assignments(value, (*path, key.text))
            elif not value.is_null and "\n" not in value.text.strip():
                name = named if named is not None and key.text == "value" else key.text
                yield Assignment(key=name, value=value.value, at=_place(value), container="helm-values", path=path)


def _place(node: Scalar) -> Location:
    if not node.exact:
        return node.at
    start = node.text_at
    return Location(start.path, start.line, start.column, node.at.end_line, node.at.end_column)


def _embedded(node: Node) -> Iterator[Source]:
    if isinstance(node, Sequence):
        for item in node:
            yield from _embedded(item)
    elif isinstance(node, Mapping):
        for key, value in node:
            if isinstance(value, Scalar):
                if "\n" in value.text.strip() and "." in key.text:
                    yield yaml.embedded(value, key.text)
            else:
                yield from _embedded(value)
