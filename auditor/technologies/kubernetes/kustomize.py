"""Kustomizations: bases, patches and generators put together as `kubectl apply -k` does."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping, Node, Scalar
from auditor.formats.tree import Sequence as Items
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import RepositoryFiles

from .catalogue import Data
from .document import KubernetesDocument
from .generators import generated_data
from .manifest import CORE_GROUPS, Manifest, manifests_of
from .merge import json_patch, strategic_merge
from .overrides import with_images, with_replicas

_MAX_DEPTH = 20
"""Deepest chain of bases followed."""


@dataclass
class Layer:
    """The objects of one kustomization with its bases."""

    manifests: list[Manifest] = field(default_factory=list[Manifest])
    generated: list[Data] = field(default_factory=list[Data])


@dataclass(frozen=True)
class _Patch:
    """A change: a partial object, or operations. `target` says on which objects, None: on the one it names."""

    target: Mapping | None
    manifest: Manifest | None = None
    operations: Items | None = None

    def fits(self, manifest: Manifest) -> bool:
        if self.target is not None:
            return _is_target(self.target, manifest)
        wanted = self.manifest
        return (
            wanted is not None
            and (wanted.kind, wanted.name) == (manifest.kind, manifest.name)
            and (not wanted.namespace or not manifest.namespace or wanted.namespace == manifest.namespace)
        )

    def apply(self, manifest: Manifest) -> Manifest:
        if self.operations is not None:
            return manifest.with_body(json_patch(manifest.body, self.operations))
        assert self.manifest is not None
        by_item = manifest.group in CORE_GROUPS or manifest.group.endswith(".k8s.io")
        # `manifest.name` stays: with a target the patch's own name says nothing.
        return manifest.with_body(strategic_merge(manifest.body, self.manifest.body, by_item=by_item))


def _is_target(target: Mapping, manifest: Manifest) -> bool:
    kind, name, namespace = target.text("kind"), target.text("name"), target.text("namespace")
    selector = target.text("labelSelector")
    if kind is not None and kind != manifest.kind:
        return False
    if name is not None and not _matches(name, manifest.name):
        return False
    if namespace is not None and not _matches(namespace, manifest.scope):
        return False
    labels = manifest.labels()
    wanted = [part.partition("=") for part in selector.split(",")] if selector else []
    return all(labels.get(key.strip()) == value.lstrip("=").strip() for key, _, value in wanted)


def _matches(pattern: str, name: str) -> bool:
    """Compare a target's name, which is an anchored regular expression; only literal ones and `.*` are followed."""
    literal = re.escape(pattern).replace(r"\.\*", ".*")
    return re.fullmatch(literal, name) is not None


class Kustomizations:
    """All kustomizations of a tree. `parts` are the paths of files that are judged through one of them."""

    def __init__(self, documents: Sequence[KubernetesDocument], files: RepositoryFiles) -> None:
        self._files = files
        self._documents = {d.source.path: d for d in documents if not d.source.is_embedded}
        self._by_folder = {
            posixpath.dirname(d.source.path): d for d in documents if _is_kustomization(d) and not d.source.is_embedded
        }
        self._bases: set[str] = set()
        self.parts: set[str] = {d.source.path for d in self._by_folder.values()}
        for folder, document in self._by_folder.items():
            assert document.kustomization is not None
            for path in _references(document.kustomization, folder):
                if path in self._by_folder:
                    self._bases.add(path)
                elif path in self._documents:
                    self.parts.add(path)

    def roots(self) -> Iterator[tuple[str, Layer]]:
        """Yield the folder and the result of every kustomization that no other one builds on."""
        for folder in sorted(self._by_folder):
            if folder not in self._bases:
                yield folder, self.layer(folder)

    def layer(self, folder: str, depth: int = 0) -> Layer:
        """Return the objects of the kustomization in `folder`."""
        result = Layer()
        self._build(folder, result, depth)
        return result

    def _build(self, folder: str, result: Layer, depth: int) -> None:
        document = self._by_folder[folder]
        kustomization = document.kustomization
        if kustomization is None or depth > _MAX_DEPTH:
            return
        for name in ("bases", "resources"):
            for path in _paths(kustomization, name, folder):
                if path in self._by_folder:
                    below = self.layer(path, depth + 1)
                    result.manifests.extend(below.manifests)
                    result.generated.extend(below.generated)
                elif path in self._documents:
                    result.manifests.extend(self._documents[path].manifests)
        namespace = kustomization.text("namespace") or ""
        new = list(generated_data(kustomization, document.source.path, namespace, self._files, result.generated))
        names = {(data.kind, data.name) for data in new}
        result.generated = [data for data in result.generated if (data.kind, data.name) not in names] + new
        for path in _paths(kustomization, "components", folder):
            if path in self._by_folder:
                self._build(path, result, depth + 1)
        patches = list(self._patches(kustomization, folder, document.source))
        result.manifests = [self._finish(m, patches, kustomization) for m in result.manifests]
        if namespace:
            result.generated = [replace(data, namespace=namespace) for data in result.generated]

    def _finish(self, manifest: Manifest, patches: Sequence[_Patch], kustomization: Mapping) -> Manifest:
        for patch in patches:
            if patch.fits(manifest):
                manifest = patch.apply(manifest)
        manifest = with_replicas(with_images(manifest, kustomization), kustomization)
        namespace = kustomization.text("namespace")
        return replace(manifest, namespace=namespace) if namespace else manifest

    def _patches(self, kustomization: Mapping, folder: str, source: Source) -> Iterator[_Patch]:
        for name in ("patchesStrategicMerge", "patches", "patchesJson6902"):
            listed = kustomization.sequence(name)
            for item in listed or ():
                if isinstance(item, Scalar):
                    yield from self._read(item, folder, source, None)
                elif isinstance(item, Mapping):
                    written = item.scalar("patch") or item.scalar("path")
                    if written is not None:
                        yield from self._read(written, folder, source, item.mapping("target"))

    def _read(self, written: Scalar, folder: str, source: Source, target: Mapping | None) -> Iterator[_Patch]:
        """Yield the patches in the file that `written` names, or in `written` itself."""
        path = posixpath.normpath(posixpath.join(folder, written.text))
        known = self._documents.get(path) if "\n" not in written.text else None
        if known is not None:
            yield from (_Patch(target, manifest=manifest) for manifest in known.manifests)
            return
        text = yaml.embedded(written, "patch.yaml") if "\n" in written.text else self._files.source(path)
        if text is None:
            return
        for node in _read_yaml(text):
            if isinstance(node, Items):
                yield _Patch(target, operations=node)
            else:
                yield from (_Patch(target, manifest=m) for m in manifests_of(node, source, templated=False))


def _read_yaml(source: Source) -> Sequence[Node]:
    try:
        return yaml.parse(source)
    except FormatError:
        return ()


def _is_kustomization(document: KubernetesDocument) -> bool:
    """Tell whether kustomize reads the file (Flux has a kind of the same name)."""
    body = document.kustomization
    return body is not None and "toolkit.fluxcd.io" not in (body.text("apiVersion") or "")


def _paths(kustomization: Mapping, name: str, folder: str) -> Iterator[str]:
    listed = kustomization.sequence(name)
    for item in listed.scalars() if listed is not None else ():
        path = posixpath.normpath(posixpath.join(folder, item.text))
        yield "" if path == "." else path


def _references(kustomization: Mapping, folder: str) -> Iterator[str]:
    """Yield the paths of bases, resources and patches."""
    for name in ("bases", "resources", "components", "patchesStrategicMerge"):
        yield from _paths(kustomization, name, folder)
    for name in ("patches", "patchesJson6902"):
        listed = kustomization.sequence(name)
        for item in listed.mappings() if listed is not None else ():
            path = item.text("path")
            if path is not None:
                yield posixpath.normpath(posixpath.join(folder, path))
