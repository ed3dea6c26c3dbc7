"""Releases that Flux and Argo CD are told to install.

Sources: Flux, helm-controller, "Helm Releases" (v2; values of `valuesFrom` in order, then `values`), source-controller
"Helm Repositories" and "OCI Repositories"; kustomize, `configMapGenerator`; Argo CD 2.13, "Helm" (`parameters` over
`valuesObject` over `values` over `valueFiles`) and "Multiple Sources for an Application" (`$ref/path` is a file of the
source `ref`).
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import field, replace

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping, Scalar
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE
from auditor.records import dataclass

from .dependencies import Use, ValuesFiles, folder_of
from .release import Release
from .repositories import renderer
from .values import layered, not_known, parameter

_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_MARKS = ("HelmRelease", "argoproj.io", "HelmRepository", "OCIRepository")


def mentions_releases(source: Source) -> bool:
    """Tell whether a manifest may hold what Flux or Argo CD install."""
    return any(mark in source.text for mark in _MARKS)


@dataclass(frozen=True)
class _Object:
    """A manifest: `namespace` is "" where it is not written."""

    kind: str
    name: str
    namespace: str
    body: Mapping = field(repr=False)

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.body.at.path)


Objects = Dictionary[str, list[_Object]]


def read_objects(sources: Iterable[Source]) -> Objects:
    """Return the objects of Flux and Argo CD by their kind."""
    objects: defaultdict[str, list[_Object]] = defaultdict(list)
    for source in sources:
        for each in _objects(source):
            objects[each.kind].append(each)
    return objects


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
    for application, spec in _applications(objects):
        for source in _sources(spec):
            path, helm = source.text("path"), source.mapping("helm")
            if path is not None and source.get("chart") is None:
                layers = list(_argo_values(source, helm, _named(spec), library)) if helm is not None else []
                name = _without_expressions(application.name)
                yield Use(folder_of(path), name, layered(layers, source.at))


def releases_of_manifests(objects: Objects, library: ValuesFiles) -> Iterator[Release]:
    """Yield the releases of known charts that the manifests ask for."""
    for each in objects["HelmRelease"]:
        yield from _flux(each, objects, library)
    for application, spec in _applications(objects):
        yield from _argo(application, spec, library)


def _applications(objects: Objects) -> Iterator[tuple[_Object, Mapping]]:
    for kind, path in (("Application", ("spec",)), ("ApplicationSet", ("spec", "template", "spec"))):
        for each in objects[kind]:
            spec = each.body.mapping(*path)
            if spec is not None:
                yield each, spec


def _sources(spec: Mapping) -> list[Mapping]:
    listed = spec.sequence("sources")
    return list(listed.mappings()) if listed is not None else [each for each in (spec.mapping("source"),) if each]


def _named(spec: Mapping) -> set[str]:
    """Return what stands for the sources that have a name in paths of values files."""
    return {f"${ref}" for source in _sources(spec) if (ref := source.text("ref")) is not None}


def _objects(source: Source) -> Iterator[_Object]:
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
                yield _Object(kind, name.text, body.text("metadata", "namespace") or "", body)


def _flux(release: _Object, objects: Objects, library: ValuesFiles) -> Iterator[Release]:
    spec = release.body.mapping("spec")
    found = _flux_chart(release, spec, objects) if spec is not None else None
    if spec is None or found is None or renderer(found[0], found[1]) is None:
        return
    chart, repository, version = found
    patches: list[_Object | None] = [each for each in objects["HelmRelease"] if _patches(each, release)]
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


def _patches(patch: _Object, base: _Object) -> bool:
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


def _flux_chart(release: _Object, spec: Mapping, objects: Objects) -> tuple[str, str, str] | None:
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


def _referred(release: _Object, reference: Mapping, objects: Objects, kind: str) -> _Object | None:
    name = reference.text("name")
    named = [each for each in objects[kind] if each.name == name]
    wanted = reference.text("namespace") or release.namespace
    near = [each for each in named if not wanted or not each.namespace or each.namespace == wanted] or named
    urls = {each.body.text("spec", "url") for each in near}
    return near[0] if near and len(urls) == 1 else None


def _argo(application: _Object, spec: Mapping, library: ValuesFiles) -> Iterator[Release]:
    folders = _named(spec)
    for source in _sources(spec):
        chart, url = source.text("chart"), source.text("repoURL") or ""
        if chart is None:
            continue
        chart = chart.rpartition("/")[2]
        repository = url if "://" in url else f"oci://{url}"
        if renderer(chart, repository) is None:
            continue
        version = source.scalar("targetRevision")
        helm = source.mapping("helm")
        layers = list(_argo_values(source, helm, folders, library)) if helm is not None else []
        namespace = spec.text("destination", "namespace") or ""
        name = (helm.text("releaseName") if helm is not None else None) or application.name.replace(HOLE, "")
        is_open = source.is_open_at("helm") or (helm is not None and helm.open)
        yield Release(
            chart=chart,
            repository=repository,
            called=chart,
            name=_without_expressions(name),
            version=version.text if version is not None and HOLE not in version.text else "",
            namespace=_without_expressions(namespace),
            at=source.at,
            folder=application.folder,
            tree=layered([*layers, not_known(source.at)] if is_open else layers, source.at),
        )


def _without_expressions(name: str) -> str:
    return "" if "{{" in name or HOLE in name else name


def _argo_values(source: Mapping, helm: Mapping, folders: set[str], library: ValuesFiles) -> Iterator[Mapping]:
    files = helm.sequence("valueFiles")
    for item in files.scalars() if files is not None else ():
        yield _argo_file(item, source.text("path"), folders, library)
    if files is not None and files.open:
        yield not_known(files.at)
    text = helm.scalar("values")
    if text is not None:
        yield _embedded(text)
    values = helm.mapping("valuesObject")
    if values is not None:
        yield values
    for key in ("parameters", "fileParameters"):
        listed = helm.sequence(key)
        for entry in listed.mappings() if listed is not None else ():
            yield _parameter(entry)
    if source.mapping("kustomize") is not None:
        yield not_known(source.at)


def _parameter(entry: Mapping) -> Mapping:
    """Return one `--set` of Argo CD; `forceString` makes a text of any value."""
    name, value = entry.text("name"), entry.scalar("value")
    if name is None:
        return not_known(entry.at)
    if value is None:
        return parameter(name, Scalar(HOLE, entry.at))
    return parameter(name, Scalar(value.text, value.at, plain=entry.text("forceString") != "true"))


def _argo_file(item: Scalar, folder: str | None, named: set[str], library: ValuesFiles) -> Mapping:
    """Return a values file of the chart's own folder or of another source, if that is the scanned tree."""
    root, _, path = item.text.partition("/")
    if folder is not None and not root.startswith("$"):
        path = path if item.text.startswith("/") else posixpath.normpath(posixpath.join(folder, item.text))
        named = {root}
    found = library.tree(path) if root in named and HOLE not in path and "{{" not in path else None
    return found if found is not None else not_known(item.at)


def _embedded(text: Scalar) -> Mapping:
    try:
        node = next(iter(yaml.parse(yaml.embedded(text, "values.yaml"))), None)
    except FormatError:
        return not_known(text.at)
    return node if isinstance(node, Mapping) else Mapping([], text.at)


def unique(releases: Iterable[Release]) -> Sequence[Release]:
    """Return releases that differ: two lists of resources may hold one object."""
    seen: dict[tuple[str, str, Location], Release] = {}
    for release in releases:
        seen.setdefault((release.name, release.chart, release.at), replace(release))
    return list(seen.values())
