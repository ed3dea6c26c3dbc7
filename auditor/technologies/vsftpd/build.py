"""Make vsftpd servers of files and containers."""

from collections.abc import Sequence
from dataclasses import replace

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import start_of
from auditor.technologies.document import FileView

from .document import VsftpdConf, read_document
from .service import Vsftpd
from .settings import FLAGS, NUMBERS, TEXTS

_MANUAL = "vsftpd 3.0.3, tunables.c"
_PATHS = ("/etc/vsftpd.conf", "/etc/vsftpd/vsftpd.conf")


def file_server(document: VsftpdConf) -> Vsftpd:
    """Return the server that somebody starts with just this file."""
    found = _server([document], component=document.source.path, at=document.source.at())
    return _exposed(found, None)


def workload_server(workload: Workload, view: FileView) -> Vsftpd | None:
    """Return the server that a container or a unit runs, None if it runs another program or its file is not known."""
    start = start_of(workload, {"vsftpd"}, None)
    if start is None:
        return None
    at = workload.image.at if workload.image else workload.at
    paths: list[str] = []
    options: list[str] = []
    for word in start.words:
        if isinstance(word.value, Unknown):
            return None
        if word.value.startswith("-o"):
            options.append(word.value[2:])
        elif not word.value.startswith(("-", "&")):
            paths.append(word.value)
    sources = [view.open(path) for path in paths or _PATHS]
    known = [source for source in sources if isinstance(source, Source)]
    if not known or (paths and len(known) < len(paths)):
        return None
    documents = [read_document(source) for source in known]
    if options:
        text = "\n".join(options)
        documents.append(read_document(Source(path=at.path, text=text, line=at.line, column=at.column, exact=False)))
    found = _server(documents, component=workload.component, at=at, origin=workload.origin)
    consumed = frozenset(source.key for source in known)
    return _exposed(replace(found, in_container=not workload.on_host, consumed=consumed), workload)


def _server(documents: Sequence[VsftpdConf], *, component: str, at: Location, origin: str = "file") -> Vsftpd:
    settings = Settings(
        Setting(name, value, Origin.DEFAULT, source=_MANUAL)
        for name, value in {
            **{name: "YES" if on else "NO" for name, on in FLAGS.items()},
            **NUMBERS,
            **{name: text for name, text in TEXTS.items() if text},
        }.items()
    )
    for document in documents:
        for assigned in document.settings:
            settings.set(Setting(assigned.name, assigned.value, Origin.FILE, assigned.at))
    refused = [problem for document in documents for problem in document.problems]
    return Vsftpd(
        component=component,
        technology="vsftpd",
        at=at,
        origin=origin,
        settings=settings,
        consumed=frozenset(document.source.key for document in documents),
        refused=(*refused, *_contradictions(settings, at)),
        unrecognised=tuple(problem for document in documents for problem in document.unrecognised),
        incomplete=next((document.gap for document in documents if document.gap), ""),
    )


def _contradictions(settings: Settings, at: Location) -> list[Problem]:
    """Return what `main` of vsftpd refuses (`main.c` and `standalone.c`)."""

    def is_on(name: str) -> bool:
        return settings[name].value == "YES"

    def is_off(name: str) -> bool:
        return settings[name].value == "NO"

    found: list[Problem] = []
    if is_on("listen") and is_on("listen_ipv6"):
        place = settings["listen_ipv6"].at or at
        found.append(Problem(at=place, message="expected only one of listen and listen_ipv6 to be YES"))
    if is_off("ftp_enable") and is_off("http_enable"):
        place = settings["ftp_enable"].at or at
        found.append(Problem(at=place, message="expected ftp_enable to be YES"))
    return found


def _exposed(server: Vsftpd, workload: Workload | None) -> Vsftpd:
    six = server.flag("listen_ipv6")
    host = server.text("listen_address6" if six is True else "listen_address")
    port = server.number("listen_port")
    hosts = host if isinstance(host, Unknown) else [host or ""]
    at = server.where("listen_address") if server.settings.is_explicit("listen_address") else None
    ports = [port] if isinstance(port, int) else [21]
    return replace(server, exposure=exposure_of(hosts, ports, workload, at))
