"""Which site files of the tree belong together: those of one folder, or of one file that holds several."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.technologies.document import FileView
from auditor.technologies.recognition.hadoop import JUDGED

from .build import Origins, services
from .document import HadoopFile, LogFile, SiteFile
from .folder import Folder

_ORDER = ("core", "hdfs", "yarn", "mapred", "kms", "httpfs", "hbase")


def services_of_files(files: Sequence[HadoopFile], views: Mapping[str, FileView]) -> Iterator[Service]:
    """Yield the services that the files of each folder configure."""
    included = _included(files, views)
    for group in _groups([each for each in files if each.source.key not in included]):
        sites = {each.kind: each for each in group if isinstance(each, SiteFile)}
        judged = [sites[kind] for kind in _ORDER if kind in sites]
        if not judged:
            continue
        folder = Folder(at=judged[0].source.at(), missing="no {kind}-site.xml is beside the scanned files")
        for each in group:
            folder.add(each.source, views[each.source.key])
        yield from services(folder, None, Origins(component=judged[0].source.path, at=folder.at))


def _included(files: Sequence[HadoopFile], views: Mapping[str, FileView]) -> frozenset[str]:
    """Return the files that another one takes in: they are not judged alone."""
    found: set[str] = set()
    for each in files:
        if isinstance(each, SiteFile) and any(getattr(item, "href", "") for item in each.items):
            folder = Folder(at=each.source.at())
            folder.add(each.source, views[each.source.key])
            found |= folder.consumed - {each.source.key}
    return frozenset(found)


def _groups(files: Sequence[HadoopFile]) -> Iterator[list[HadoopFile]]:
    """Yield files that one directory would hold; a second file of a kind begins another directory."""
    by_folder: dict[tuple[str, str], list[list[HadoopFile]]] = {}
    for each in files:
        if isinstance(each, SiteFile) and each.kind not in JUDGED:
            continue
        source = each.source
        # Keys of a ConfigMap lie in one file of the tree.
        where = (source.path, "") if source.is_embedded else (source.path.rpartition("/")[0], _mark(each))
        groups = by_folder.setdefault(where, [[]])
        group = next((group for group in groups if all(_kind(other) != _kind(each) for other in group)), None)
        if group is None:
            group = list[HadoopFile]()
            groups.append(group)
        group.append(each)
    for groups in by_folder.values():
        yield from groups


def _kind(file: HadoopFile) -> str:
    if isinstance(file, SiteFile):
        return file.kind
    return "log4j" if isinstance(file, LogFile) else "environment"


def _mark(file: HadoopFile) -> str:
    """Return what stands in a site file's name around its own: `prod-` of `prod-core-site.xml`."""
    if not isinstance(file, SiteFile):
        return ""
    name = file.source.file_name.lower()
    for ending in (".j2", ".tmpl", ".template", ".sample", ".example", ".dist", ".erb", ".in", ".default"):
        name = name.removesuffix(ending)
    return name.replace(f"{file.kind}-site", "", 1).removesuffix(".xml")
