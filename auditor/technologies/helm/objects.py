"""The objects of Flux and Argo CD in manifests."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import field

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping
from auditor.model.source import Source
from auditor.records import dataclass


@dataclass(frozen=True)
class ManifestObject:
    """A manifest: `namespace` is "" where it is not written."""

    kind: str
    name: str
    namespace: str
    body: Mapping = field(repr=False)

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.body.at.path)


Objects = Dictionary[str, list[ManifestObject]]


def read_objects(sources: Iterable[Source]) -> Objects:
    """Return the objects of Flux and Argo CD by their kind."""
    objects: defaultdict[str, list[ManifestObject]] = defaultdict(list)
    for source in sources:
        for each in _objects(source):
            objects[each.kind].append(each)
    return objects


def _objects(source: Source) -> Iterator[ManifestObject]:
    try:
        nodes = list(yaml.parse(source))
    except FormatError:
        return  # reported where the manifest is read
    for node in nodes:
        if not isinstance(node, Mapping):
            continue
        items = node.sequence("items") if (node.text("kind") or "").endswith("List") else None
        for body in items.mappings() if items is not None else (node,):
            kind, version, name = body.text("kind"), body.text("apiVersion") or "", body.scalar("metadata", "name")
            group = version.partition("/")[0]
            if kind is not None and name is not None and group.endswith((".toolkit.fluxcd.io", "argoproj.io")):
                yield ManifestObject(kind, name.text, body.text("metadata", "namespace") or "", body)
