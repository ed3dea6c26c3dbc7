"""Releases that Argo CD is told to install.

Source: Argo CD 2.13, "Helm" (`parameters` over `valuesObject` over `values` over `valueFiles`) and "Multiple Sources
for an Application" (`$ref/path` is a file of the source `ref`).
"""

import posixpath
from collections.abc import Iterator

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping, Scalar
from auditor.model.unknown import HOLE

from .dependencies import Use, ValuesFiles, folder_of
from .objects import ManifestObject, Objects
from .release import Release
from .repositories import renderer
from .values import layered, not_known, parameter


def uses_of_applications(objects: Objects, library: ValuesFiles) -> Iterator[Use]:
    """Yield where Argo CD installs charts of the tree itself, with the values given to them."""
    for application, spec in _applications(objects):
        for source in _sources(spec):
            path, helm = source.text("path"), source.mapping("helm")
            if path is not None and source.get("chart") is None:
                layers = list(_argo_values(source, helm, _named(spec), library)) if helm is not None else []
                name = _without_expressions(application.name)
                yield Use(folder_of(path), name, layered(layers, source.at))


def releases_of_applications(objects: Objects, library: ValuesFiles) -> Iterator[Release]:
    """Yield the releases of known charts that Argo CD is told to install."""
    for application, spec in _applications(objects):
        yield from _argo(application, spec, library)


def _applications(objects: Objects) -> Iterator[tuple[ManifestObject, Mapping]]:
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


def _argo(application: ManifestObject, spec: Mapping, library: ValuesFiles) -> Iterator[Release]:
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
