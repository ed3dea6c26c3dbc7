"""Installations: what is applied to a cluster together."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import RepositoryFiles

from .catalogue import Catalogue
from .chart_values import ChartLibrary
from .charts import filled, is_left_out
from .document import KubernetesDocument
from .kustomize import Kustomizations
from .manifest import Manifest

_NAME = lazy(r"^name:[ \t]*[\"']?([\w.-]+)", re.M)


@dataclass(frozen=True)
class Unit:
    """Objects that are applied together; `folder` is the kustomization's or chart's, "" for plain files."""

    folder: str
    catalogue: Catalogue


def units_of(documents: Sequence[KubernetesDocument], files: RepositoryFiles) -> Iterator[Unit]:
    """Yield the installations of a tree: every kustomization that no other builds on, every chart, all plain files."""
    kustomizations = Kustomizations(documents, files)
    charts: dict[str, list[Manifest]] = defaultdict(list)
    plain: list[Manifest] = []
    for document in documents:
        if document.source.path in kustomizations.parts:
            continue
        chart = chart_folder(document.source.path, files)
        if chart is None:
            plain.extend(document.manifests)
        else:
            name = _chart_name(chart, files)
            charts[chart].extend(replace(manifest, chart=name) for manifest in document.manifests)
    for folder, layer in kustomizations.roots():
        yield Unit(folder, Catalogue(layer.manifests, layer.generated, folder))
    library = ChartLibrary(files)
    for folder, manifests in charts.items():
        values = library.values_of(folder)
        if values is not None:
            manifests = [filled(each, values) for each in manifests if not is_left_out(each, values)]  # noqa: PLW2901  # what is left of them
        yield Unit(folder, Catalogue(manifests, folder=folder))
    yield Unit("", Catalogue(plain))


def chart_folder(path: str, files: RepositoryFiles) -> str | None:
    """Return the folder of the Helm chart whose template the file is, None if it is none.

    Charts keep templates in `templates/` beside `Chart.yaml` (Helm 3 and 4, "The Chart File Structure").
    """
    parts = path.split("/")[:-1]
    for depth in range(len(parts) - 1, -1, -1):
        parent = "/".join(parts[:depth])
        if parts[depth] == "templates" and files.source(posixpath.join(parent, "Chart.yaml")) is not None:
            return parent
    return None


def _chart_name(folder: str, files: RepositoryFiles) -> str:
    source = files.source(posixpath.join(folder, "Chart.yaml"))
    match = _NAME.search(source.text) if source is not None else None
    return match[1] if match else posixpath.basename(folder)
