"""Cores of the solrconfig.xml files that containers hold or that stand alone."""

import re
from collections.abc import Iterator

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import MountKind, Workload
from auditor.technologies.common.versions import Range
from auditor.technologies.document import FileView

from .documents import XmlFile, parse_xml_file
from .images import image_of
from .service import SolrCore

_NAME = "solrconfig.xml"


def core_of_file(document: XmlFile) -> SolrCore | None:
    """Return the core of a file, None if it could not be read.

    Its luceneMatchVersion is the least version: newer servers take files that were written for older ones.
    """
    if document.root is None or document.partial:
        return None
    match = re.match(r"(?:LUCENE_)?([0-9]{1,9})[._]([0-9]{1,9})", document.root.words("luceneMatchVersion") or "")
    versions = Range(least=(int(match[1]), int(match[2]))) if match else Range()
    source = document.source
    return SolrCore(
        component=source.path,
        technology="solr",
        at=document.root.at,
        consumed=frozenset([source.key]),
        root=document.root,
        versions=versions,
    )


def cores_of_workload(workload: Workload, view: FileView) -> Iterator[SolrCore]:
    """Yield the cores whose configuration is mounted or copied into a container."""
    image = image_of(workload)
    versions = image.versions if image is not None else Range()
    seen: set[str] = set()
    for mount in workload.mounts:
        if mount.kind not in {MountKind.BIND, MountKind.COPY, MountKind.CONFIG}:
            continue
        for source in _files(mount.target.rstrip("/"), view):
            document = parse_xml_file(source)
            core = core_of_file(document) if document.kind == "config" and source.key not in seen else None
            seen.add(source.key)
            if core is not None:
                exposure = workload.exposure(8983)
                yield SolrCore(
                    component=f"{workload.component}/{source.path}",
                    technology="solr",
                    at=core.at,
                    origin=workload.origin,
                    version=workload.image_version if versions != Range() else None,
                    exposure=exposure,
                    consumed=core.consumed,
                    root=core.root,
                    versions=versions if versions != Range() else core.versions,
                )


def _files(target: str, view: FileView) -> Iterator[Source]:
    if target.endswith(".xml"):
        paths = [target] if target.endswith(_NAME) else []
    else:
        paths = [f"{target}/{_NAME}", f"{target}/conf/{_NAME}"]
        for pattern in (f"{target}/*/conf/{_NAME}", f"{target}/*/{_NAME}", f"{target}/configsets/*/conf/{_NAME}"):
            found = view.glob(pattern)
            paths += [] if isinstance(found, Unknown) else found
    for path in paths:
        source = view.open(path)
        if isinstance(source, Source):
            yield source
