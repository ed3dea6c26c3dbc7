"""Releases that Flux and Argo CD are told to install.

Sources: Flux, helm-controller, "Helm Releases" (v2; values of `valuesFrom` in order, then `values`), source-controller
"Helm Repositories" and "OCI Repositories"; kustomize, `configMapGenerator`. Argo CD: `argo.py`.
"""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from auditor.formats.tree import Mapping, Scalar
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE

from .argo import releases_of_applications, uses_of_applications
from .dependencies import Use, ValuesFiles, folder_of
from .objects import ManifestObject, Objects
from .release import Release
from .repositories import renderer
from .values import layered, not_known, parameter

_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_MARKS = ("HelmRelease", "argoproj.io", "HelmRepository", "OCIRepository")


def mentions_releases(source: Source) -> bool:
    """Tell whether a manifest may hold what Flux or Argo CD install."""
    return any(mark in source.text for mark in _MARKS)


def uses_of_charts(objects: Objects, library: ValuesFiles) -> Iterator[Use]:
    """Yield where charts of the tree itself are installed, with the values given to them."""
    for each in objects["HelmRelease"]:
        spec = each.body.mapping("spec")
        chart = spec.text("chart", "spec", "chart") if spec is not None else None
        if (
            spec is not None
            and chart is not None
            and spec.text("chart", "spec", "sourceRef", "kind") == "GitRepository"
        ):
            files = spec.get("chart", "spec", "valuesFiles")
            layers = [*([not_known(files.at)] if files is not None else []), *_flux_values(spec, library)]
            yield Use(folder_of(chart), each.name, layered(layers, each.body.at))
    yield from uses_of_applications(objects, library)


def releases_of_manifests(objects: Objects, library: ValuesFiles) -> Iterator[Release]:
    """Yield the releases of known charts that the manifests ask for."""
    for each in objects["HelmRelease"]:
        yield from _flux(each, objects, library)
    yield from releases_of_applications(objects, library)


def _flux(release: ManifestObject, objects: Objects, library: ValuesFiles) -> Iterator[Release]:
    spec = release.body.mapping("spec")
    found = _flux_chart(release, spec, objects) if spec is not None else None
    if spec is None or found is None or renderer(found[0], found[1]) is None:
        return
    chart, repository, version = found
    patches: list[ManifestObject | None] = [each for each in objects["HelmRelease"] if _patches(each, release)]
    for patch in patches or [None]:
        over = patch.body.mapping("spec") if patch is not None else None
        places = [layer for each in (spec, over) if each is not None for layer in _flux_values(each, library)]
        name = (spec.text("releaseName") or release.name).replace(HOLE, "")
        target = spec.text("targetNamespace") or release.namespace
        suffix = f"-{posixpath.basename(patch.folder)}" if patch is not None and len(patches) > 1 else ""
        changed = over.text("chart", "spec", "version") if over is not None else None
        yield Release(
            chart=chart,
            repository=repository,
            called=chart,
            name=f"{name}{suffix}",
            version=changed or version,
            namespace=target,
            at=_head(release.body),
            folder=release.folder,
            tree=layered(places, release.body.at),
        )


def _patches(patch: ManifestObject, base: ManifestObject) -> bool:
    """Tell whether a HelmRelease names no chart and has the name of one that does."""
    if patch is base or patch.name != base.name or HOLE in patch.name:
        return False
    is_elsewhere = bool(patch.namespace and base.namespace and patch.namespace != base.namespace)
    return not is_elsewhere and patch.body.get("spec", "chart", "spec", "chart") is None and _has_values(patch.body)


def _has_values(body: Mapping) -> bool:
    return any(body.get("spec", key) is not None for key in ("values", "valuesFrom", "postRenderers"))


def _head(body: Mapping) -> Location:
    """Return the line of the object's kind, which a reader takes for its head."""
    key = body.key("kind")
    return key.at if key is not None else body.at


def _flux_values(spec: Mapping, library: ValuesFiles) -> Iterator[Mapping]:
    listed = spec.sequence("valuesFrom")
    items = list(listed.mappings()) if listed is not None else []
    if spec.is_open_at("valuesFrom") or (listed is not None and listed.open):
        yield not_known(spec.at)
    for item in items:
        if item.get("targetPath") is None:
            yield _generated(item, library)
    values = spec.mapping("values")
    if values is not None:
        yield values
    elif spec.is_open_at("values"):
        yield not_known(spec.at)
    for item in items:
        target = item.scalar("targetPath")
        if target is not None:
            yield parameter(target.text, Scalar(HOLE, item.at)) if HOLE not in target.text else not_known(item.at)
    if spec.get("postRenderers") is not None:
        yield not_known(spec.at)


def _generated(item: Mapping, library: ValuesFiles) -> Mapping:
    """Return the values of a ConfigMap or Secret that the kustomization beside the release makes of a file."""
    folder, key = posixpath.dirname(item.at.path), item.text("valuesKey") or "values.yaml"
    kind = "secretGenerator" if item.text("kind") == "Secret" else "configMapGenerator"
    for name in _KUSTOMIZATIONS:
        kustomization = library.tree(posixpath.join(folder, name))
        generators = kustomization.sequence(kind) if kustomization is not None else None
        for generator in generators.mappings() if generators is not None else ():
            files = generator.sequence("files") if generator.text("name") == item.text("name") else None
            for entry in files.scalars() if files is not None else ():
                written, equals, path = entry.text.partition("=")
                if written == key if equals else posixpath.basename(written) == key:
                    found = library.tree(posixpath.normpath(posixpath.join(folder, path if equals else written)))
                    return found if found is not None else not_known(item.at)
    return not_known(item.at)


def _flux_chart(release: ManifestObject, spec: Mapping, objects: Objects) -> tuple[str, str, str] | None:
    """Return chart, repository and version of a HelmRelease, None if they cannot be told."""
    reference = spec.mapping("chartRef")
    if reference is not None:
        source = _referred(release, reference, objects, reference.text("kind") or "")
        url = (source.body.text("spec", "url") or "") if source is not None else ""
        tag = source.body.text("spec", "ref", "tag") or source.body.text("spec", "ref", "semver") if source else None
        folder, _, chart = url.rstrip("/").rpartition("/")
        return (chart, folder, tag or "") if chart else None
    chart_spec = spec.mapping("chart", "spec")
    name = chart_spec.text("chart") if chart_spec is not None else None
    if chart_spec is None or name is None:
        return None
    version = chart_spec.scalar("version")
    reference = chart_spec.mapping("sourceRef")
    source = None
    if reference is not None:
        source = _referred(release, reference, objects, reference.text("kind") or "HelmRepository")
    written = source.body.text("spec", "url") if source is not None else None
    if written is None and reference is not None and reference.text("kind") in {None, "HelmRepository"}:
        # The repository's object may stand elsewhere; by its usual name it is the publisher's.
        written = f"@{reference.text('name')}"
    return name, written or "", version.text if version is not None and HOLE not in version.text else ""


def _referred(release: ManifestObject, reference: Mapping, objects: Objects, kind: str) -> ManifestObject | None:
    name = reference.text("name")
    named = [each for each in objects[kind] if each.name == name]
    wanted = reference.text("namespace") or release.namespace
    near = [each for each in named if not wanted or not each.namespace or each.namespace == wanted] or named
    urls = {each.body.text("spec", "url") for each in near}
    return near[0] if near and len(urls) == 1 else None


def unique(releases: Iterable[Release]) -> Sequence[Release]:
    """Return releases that differ: two lists of resources may hold one object."""
    seen: dict[tuple[str, str, Location], Release] = {}
    for release in releases:
        seen.setdefault((release.name, release.chart, release.at), replace(release))
    return list(seen.values())
