"""rsyslog and the journal: their files, and what runs with them."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.model.fact import Service
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.patterns import lazy
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import start_of
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.syslog import recognise

from .document import RsyslogConf, read_rsyslog
from .journal import DEFAULTS, MANUAL, JournalConf, read_journal
from .program import Program
from .service import Journal, JournalUpload, Rsyslog

_DROP_IN = lazy(r"(?P<main>(?:.*/)?(?:rsyslog|journald\.conf|journal-upload\.conf))\.d/[^/]+$")


class SyslogTechnology:
    """The technology `syslog`."""

    id = "syslog"
    title = "System log"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognise(name, path, head)

    def parse(self, source: Source) -> RsyslogConf | JournalConf:
        """Read a file; never raises."""
        is_journal = "journal" in source.file_name.lower() or "journal" in posixpath.dirname(source.path)
        is_rsyslog = "rsyslog" in source.file_name.lower() or "rsyslog.d/" in source.path
        return read_journal(source) if is_journal and not is_rsyslog else read_rsyslog(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the rsyslog that the container or unit runs with a file that is known."""
        start = start_of(workload, {"rsyslogd"}, None) if workload.role is not Role.INIT else None
        if start is None or any(isinstance(word.value, Unknown) for word in start.words):
            return ()
        words = [str(word.value) for word in start.words]
        path = next((word[2:] for word in words if word.startswith("-f") and len(word) > 2), "/etc/rsyslog.conf")
        if "-f" in words[:-1]:
            path = words[words.index("-f") + 1]
        source = view.open(path)
        if not isinstance(source, Source):
            return ()
        found = _server(source, view, workload.component, workload=workload)
        return (replace(found, origin=workload.origin),)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield what each main file configures with its drop-ins, and what drop-ins without one do."""
        journals = {journal.component: journal for journal in _journals(documents)}
        yield from journals.values()
        yield from _uploads(documents)
        mains: list[Rsyslog] = []
        parts: list[RsyslogConf] = []
        for document in documents:
            if not isinstance(document, RsyslogConf):
                continue
            source = document.source
            if _DROP_IN.match(source.path) and not source.is_embedded:
                parts.append(document)
                continue
            beside = posixpath.join(posixpath.dirname(source.path), "systemd/journald.conf")
            mains.append(
                replace(
                    _server(source, views.get(source.key), source.path, workload=None), journal=journals.get(beside)
                )
            )
        yield from mains
        included = {key for main in mains for key in main.consumed}
        for document in parts:
            if document.source.key not in included:
                source = document.source
                yield _server(source, views.get(source.key), source.path, workload=None, is_main=False)


def _server(
    source: Source, view: FileView | None, component: str, *, workload: Workload | None, is_main: bool = True
) -> Rsyslog:
    program = Program(view)
    program.read(source)
    program.finish()
    listeners = program.listeners()
    hosts = [listener.address if isinstance(listener.address, str) else "" for listener in listeners]
    ports = [int(one.port) for one in listeners if isinstance(one.port, str) and is_whole_number(one.port)]
    at = workload.at if workload is not None else source.at()
    settings = Settings()
    for number, listener in enumerate(listeners):
        port = listener.port if isinstance(listener.port, str) else "a port that is filled in"
        settings.set(Setting(f"input {number + 1}", f"{listener.kind} {port}", Origin.FILE, listener.at))
    return Rsyslog(
        component=component,
        technology="syslog",
        at=at,
        settings=settings,
        exposure=exposure_of(hosts, ports or [514], workload, listeners[0].at if listeners else None),
        consumed=frozenset(program.consumed),
        refused=tuple(program.problems),
        program=program,
        is_main=is_main and not program.problems,
        listeners=listeners,
    )


def _grouped(documents: Sequence[Document], section: str) -> dict[str, list[JournalConf]]:
    """Return the files of each host's journal, drop-ins behind the main file."""
    found: dict[str, list[JournalConf]] = defaultdict(list)
    for document in documents:
        if isinstance(document, JournalConf) and document.section == section:
            match = _DROP_IN.match(document.source.path)
            key = document.source.path if match is None else f"{match['main']}"
            found[key].append(document)
    for key, files in found.items():
        files.sort(key=lambda document: (document.source.path != key, document.source.file_name))
    return found


def _journals(documents: Sequence[Document]) -> Iterator[Journal]:
    for files in _grouped(documents, "Journal").values():
        settings = Settings(Setting(name, value, Origin.DEFAULT, source=MANUAL) for name, value in DEFAULTS.items())
        for document in files:
            for entry, value in document.entries:
                if entry.path == ("Journal",):
                    settings.set(Setting(entry.key, value, Origin.FILE, entry.at))
        first = files[0].source
        yield Journal(
            component=first.path,
            technology="syslog",
            at=first.at(),
            settings=settings,
            consumed=frozenset(document.source.key for document in files),
            incomplete="" if _DROP_IN.match(first.path) is None else "journald.conf is not in the scanned files",
        )


def _uploads(documents: Sequence[Document]) -> Iterator[JournalUpload]:
    for files in _grouped(documents, "Upload").values():
        first = files[0].source
        urls = [(entry, value) for one in files for entry, value in one.entries if entry.key == "URL"]
        yield JournalUpload(
            component=first.path,
            technology="syslog",
            at=first.at(),
            consumed=frozenset(document.source.key for document in files),
            url=urls[-1][1] if urls else None,
            url_at=urls[-1][0].at if urls else first.at(),
        )


SYSLOG = SyslogTechnology()
