"""Releases of a helmfile.

Source: helmfile 0.171 manual, "Configuration": `repositories` name the charts' sources, `values` are files and inline
values in order, `set` comes last; a file is relative to the helmfile. Secrets files (`secrets`) are encrypted values
files behind `values`.
"""

import posixpath
from collections.abc import Iterator

from auditor.formats.tree import Mapping, Node, Scalar
from auditor.model.unknown import HOLE

from .dependencies import Use, ValuesFiles, folder_of
from .release import Release
from .repositories import renderer
from .values import layered, not_known, parameter


def releases_of_helmfile(root: Mapping, path: str, library: ValuesFiles) -> Iterator[Release]:
    """Yield the releases of known charts."""
    folder = posixpath.dirname(path)
    urls = {name: url for item in _items(root, "repositories") if (name := item.text("name")) and (url := _url(item))}
    for item in _items(root, "releases"):
        chart = item.text("chart") or ""
        prefix, _, name = chart.rpartition("/")
        repository = prefix if "://" in prefix else urls.get(prefix, f"@{prefix}")
        installed = item.scalar("installed")
        is_left_out = installed is not None and installed.as_bool() is not True
        if not name or is_left_out or item.get("condition") is not None or renderer(name, repository) is None:
            continue
        version = item.scalar("version")
        yield Release(
            chart=name,
            repository=repository,
            called=name,
            name=(item.text("name") or name).replace(HOLE, ""),
            version=version.text if version is not None and HOLE not in version.text else "",
            namespace=item.text("namespace") or "",
            at=item.at,
            folder=folder,
            tree=layered(_layers(item, folder, library), item.at),
        )


def uses_of_charts(root: Mapping, path: str, library: ValuesFiles) -> Iterator[Use]:
    """Yield the releases of charts that lie in the tree."""
    folder = posixpath.dirname(path)
    for item in _items(root, "releases"):
        chart = item.text("chart") or ""
        if chart.startswith(("./", "../")):
            place = folder_of(posixpath.join(folder, chart))
            values = layered(_layers(item, folder, library), item.at)
            yield Use(place, (item.text("name") or "").replace(HOLE, ""), values)


def _items(root: Mapping, key: str) -> Iterator[Mapping]:
    listed = root.sequence(key)
    return listed.mappings() if listed is not None else iter(())


def _url(repository: Mapping) -> str | None:
    url = repository.text("url")
    is_oci = repository.scalar("oci")
    return f"oci://{url}" if url and "://" not in url and is_oci is not None and is_oci.as_bool() is True else url


def _layers(release: Mapping, folder: str, library: ValuesFiles) -> Iterator[Mapping]:
    for key in ("values", "secrets"):
        listed = release.sequence(key)
        for item in listed or ():
            yield _layer(item, folder, library)
        if listed is None and (release.get(key) is not None or release.is_open_at(key)):
            yield not_known(release.at)
    for item in _items(release, "set"):
        name, value = item.text("name"), item.scalar("value")
        yield parameter(name, value or Scalar(HOLE, item.at)) if name is not None else not_known(item.at)
    if any(release.get(key) is not None for key in ("inherit", "strategicMergePatches", "jsonPatches", "transformers")):
        yield not_known(release.at)


def _layer(item: Node, folder: str, library: ValuesFiles) -> Mapping:
    if isinstance(item, Mapping):
        return item
    if not isinstance(item, Scalar) or HOLE in item.text or "://" in item.text:
        return not_known(item.at)
    found = library.tree(posixpath.normpath(posixpath.join(folder, item.text)))
    return found if found is not None else not_known(item.at)
