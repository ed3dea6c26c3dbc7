"""A file of Kubernetes manifests, read."""

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping, Node
from auditor.model.fact import Problem
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from .assignments import assignments_of
from .data import entries_of
from .generators import literal_assignments
from .manifest import Manifest, manifests_of
from .operated import files_of
from .template_defaults import template_defaults

PARTIAL = "template expressions"


@dataclass(frozen=True, kw_only=True)
class KubernetesDocument(Document):
    """All objects of one file, the items of a `List` among them; `kustomization` if the file is one."""

    manifests: tuple[Manifest, ...] = ()
    kustomization: Mapping | None = None

    def assignments(self) -> Iterator[Assignment]:
        """Yield data of ConfigMaps and Secrets, containers' environment and options, values of custom resources."""
        for manifest in self.manifests:
            yield from assignments_of(manifest)
        if self.kustomization is not None:
            yield from literal_assignments(self.kustomization)
        if self.partial:
            yield from template_defaults(self.source)

    def embedded(self) -> Iterator[Source]:
        """Yield what is configuration: entries of ConfigMaps and Secrets of several lines or with a file's name.

        Of custom resources, what their operators make files of.
        """
        for manifest in self.manifests:
            yield from files_of(manifest)
            for entry in entries_of(manifest):
                if entry.source is not None and ("\n" in entry.source.text or "." in entry.key):
                    yield entry.source


def parse(source: Source, *, is_kustomization: bool) -> KubernetesDocument:
    """Read a file of manifests.

    A templated file is read document by document, so that one which is not YAML without its expressions is
    reported and the others are read.

    Raises:
        FormatError: the file is not YAML and holds no template expressions.
    """
    templated = is_templated(source.text)
    problems: list[Problem] = []
    nodes = list(_documents(source, problems)) if templated else yaml.parse(source, templated=False)
    manifests = tuple(m for node in nodes for m in manifests_of(node, source, templated=templated))
    for manifest in manifests:
        problems.extend(entry.problem for entry in entries_of(manifest) if entry.problem is not None)
    kustomization = next((node for node in nodes if isinstance(node, Mapping)), None) if is_kustomization else None
    return KubernetesDocument(
        source=source,
        problems=tuple(problems),
        partial=PARTIAL if templated else "",
        manifests=manifests,
        kustomization=kustomization,
    )


def _documents(source: Source, problems: list[Problem]) -> Iterator[Node]:
    """Yield the documents of a templated file; each one alone if the whole cannot be read."""
    try:
        nodes = yaml.parse(source)
    except FormatError as error:
        parts = list(_parts(source))
        if len(parts) == 1:
            problems.append(Problem(at=error.at, message=_templated(error)))
            return
    else:
        yield from nodes
        return
    for part in parts:
        try:
            yield from yaml.parse(part)
        except FormatError as error:
            problems.append(Problem(at=error.at, message=_templated(error)))


def _parts(source: Source) -> Iterator[Source]:
    """Yield the text between `---` lines, each with empty lines before it so that its lines keep their numbers."""
    lines = 0
    for part in re.split(r"\n(?=---)", source.text):
        yield replace(source, text="\n" * lines + part)
        lines += part.count("\n") + 1


def _templated(error: FormatError) -> str:
    return f"not read: without its template expressions it is no YAML ({error.expected})"
