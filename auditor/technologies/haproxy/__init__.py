"""HAProxy: haproxy.cfg with its folders, and the containers and units that start it."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import haproxy as recognition

from .binds import Bind
from .build import service_of_files, service_of_workload
from .document import HaproxyConfig, read
from .outcomes import Kind, Outcome
from .probes import ORDINARY
from .proxies import Proxy
from .requests import Request
from .responses import header
from .sections import Line
from .servers import Server
from .service import Haproxy
from .statistics import Statistics

__all__ = [
    "HAPROXY", "ORDINARY", "Bind", "Haproxy", "Kind", "Line", "Outcome", "Proxy", "Request", "Server", "Statistics",
    "header",
]  # fmt: skip

_FRAGMENT = "sections of other files may come before this one"


class HaproxyTechnology:
    """The technology `haproxy`."""

    id = "haproxy"
    title = "HAProxy"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read a configuration file or a part of one; never raises."""
        return read(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the HAProxy that the container or unit runs."""
        service = service_of_workload(workload, view) if workload.role is not Role.INIT else None
        return () if service is None else (service,)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield a server for every file; those of a folder `conf.d` belong to the haproxy.cfg beside the folder."""
        del views
        configurations = [document for document in documents if isinstance(document, HaproxyConfig)]
        mains = {_folder(each): each for each in configurations if each.source.file_name == "haproxy.cfg"}
        parts: dict[str, list[HaproxyConfig]] = {}
        alone: list[HaproxyConfig] = []
        for document in configurations:
            folder = _folder(document)
            parent = folder.removesuffix("conf.d").rstrip("/")
            if folder.endswith("conf.d") and parent in mains:
                parts.setdefault(parent, []).append(document)
            elif mains.get(folder) is not document:
                alone.append(document)
        for folder, main in mains.items():
            beside = sorted(parts.get(folder, []), key=lambda each: each.source.path)
            yield service_of_files([main, *beside])
        for document in alone:
            yield service_of_files([document], open_reason="" if _is_whole(document) else _FRAGMENT)


def _folder(document: HaproxyConfig) -> str:
    return document.source.path.rpartition("/")[0]


def _is_whole(document: HaproxyConfig) -> bool:
    return bool({"global", "defaults"} & {words[0].text for words in document.words()})


HAPROXY = HaproxyTechnology()
