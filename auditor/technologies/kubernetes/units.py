"""Installations: what is applied to a cluster together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.technologies.document import RepositoryFiles

from .catalogue import Catalogue
from .document import KubernetesDocument


@dataclass(frozen=True)
class Unit:
    """Objects that are applied together; `folder` is the kustomization's or chart's, "" for plain files."""

    folder: str
    catalogue: Catalogue


def units_of(documents: Sequence[KubernetesDocument], files: RepositoryFiles) -> Iterator[Unit]:
    """Yield the installations of a tree: all plain files as one."""
    del files
    yield Unit("", Catalogue([m for d in documents for m in d.manifests]))
