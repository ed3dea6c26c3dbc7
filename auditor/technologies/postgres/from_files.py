"""The servers that files configure on their own: postgresql.conf with what stands beside it, a lone pg_hba.conf.

The files of one folder are one server, whose component is the path of its postgresql.conf. Without one, a
pg_hba.conf is judged as that of a server of which nothing else is known.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.setting import Settings
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition.postgres import FileKind, stem_of

from .assemble import TECHNOLOGY, Parts, assemble, make_ident
from .auth_files import AuthFile, read_hba, read_ident
from .conf_files import ConfFiles, read_conf
from .documents import PostgresDocument
from .effective import apply
from .facts import CREATION_UNKNOWN, PgHba, is_loopback_host, major_of, split_list

_IN_PATH = lazy(r"(?:^|/)(?:postgresql|postgres|pgsql)[/-](?:server[/-])?(\d{1,2}(?:\.\d)?)(?:/|$)")


def services(documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
    """Yield the facts of every server among the files."""
    mine = [document for document in documents if isinstance(document, PostgresDocument)]
    servers = [_Server(document, mine, views) for document in mine if document.kind is FileKind.CONF]
    taken = {key for server in servers for key in server.consumed}
    for server in servers:
        if not any(server.key in other.consumed for other in servers if other is not server):
            yield from server.services
    for document in mine:
        if document.kind in {FileKind.FRAGMENT, FileKind.AUTO} and document.source.key not in taken:
            yield from _Server(document, mine, views).services
    lone = [document for document in mine if document.source.key not in taken]
    for document in lone:
        if document.kind is FileKind.HBA:
            yield from _lone_hba(document, mine, views, taken)
    for document in lone:
        if document.kind is FileKind.IDENT and document.source.key not in taken:
            file = read_ident(document.source, *_names(document, views), version_major(document))
            yield make_ident(file, None, _about(document))


def version_major(document: PostgresDocument) -> int | None:
    """Return the major version as the path tells (`/etc/postgresql/15/main/`)."""
    match = _IN_PATH.search(document.source.path)
    return major_of(match[1]) if match else None


def _names(document: PostgresDocument, views: Mapping[str, FileView]) -> tuple[str, FileView | None]:
    return document.source.file_name, views.get(document.source.key)


def _about(document: PostgresDocument) -> Service:
    version = version_major(document)
    return Service(
        component=document.source.path,
        technology=TECHNOLOGY,
        at=document.source.at(),
        version=None if version is None else str(version),
    )


def _beside(document: PostgresDocument, others: Sequence[PostgresDocument], kind: FileKind) -> PostgresDocument | None:
    """Return the file of `kind` in the same folder (or the same embedding file), one of the same ending first."""
    folder = posixpath.dirname(document.source.path)
    ending = document.source.file_name[len(stem_of(document.source.file_name)) :]
    found = [
        other
        for other in others
        if other.kind is kind
        and other.source.is_embedded == document.source.is_embedded
        and (
            other.source.path == document.source.path
            if document.source.is_embedded
            else posixpath.dirname(other.source.path) == folder
        )
    ]
    exact = [other for other in found if stem_of(other.source.file_name) == kind.value]
    return min(
        exact,
        key=lambda other: (
            not other.source.file_name.endswith(ending),
            abs(other.source.line - document.source.line),
            other.source.path,
        ),
        default=None,
    )


class _Server:
    """One postgresql.conf (or a part of one) and what goes with it."""

    def __init__(
        self, document: PostgresDocument, others: Sequence[PostgresDocument], views: Mapping[str, FileView]
    ) -> None:
        self.key = document.source.key
        self._document = document
        self._others = others
        name, self._view = _names(document, views)
        files = read_conf(document.source, name, self._view)
        if document.kind is not FileKind.CONF:
            files.open_reason = f"{document.source.path} is only a part of the server's configuration"
        self._add_auto(files)
        self._major = version_major(document)
        effective = apply(files.assignments, self._major, open_reason=files.open_reason)
        about = _about(document)
        hba = self._auth(effective.settings, "hba_file", FileKind.HBA)
        ident = self._auth(effective.settings, "ident_file", FileKind.IDENT)
        parts = Parts(
            component=about.component,
            at=about.at,
            origin="file",
            version=about.version,
            settings=effective.settings,
            exposure=exposure_of(effective.settings, in_container=document.source.is_embedded),
            refused=(*files.problems, *effective.problems),
            consumed=frozenset(files.consumed),
            checksums=CREATION_UNKNOWN,
            in_container=document.source.is_embedded,
            superuser="postgres",
        )
        self.services = assemble(parts, hba, ident)
        self.consumed = {key for service in self.services for key in service.consumed}

    def _add_auto(self, files: ConfFiles) -> None:
        """Apply postgresql.auto.conf beside the file over it (it stands in the data directory)."""
        auto = _beside(self._document, self._others, FileKind.AUTO)
        if auto is None or self._document.kind is not FileKind.CONF:
            return
        found = read_conf(auto.source, auto.source.file_name, None)
        files.assignments += found.assignments
        files.problems += found.problems
        files.consumed |= found.consumed

    def _auth(self, settings: Settings, setting: str, kind: FileKind) -> AuthFile | None:
        source, name = self._auth_source(settings, setting, kind)
        if source is None:
            return None
        read = read_hba if kind is FileKind.HBA else read_ident
        return read(source, name, self._view, self._major)

    def _auth_source(self, settings: Settings, setting: str, kind: FileKind) -> tuple[Source | None, str]:
        """Return the file that `hba_file` or `ident_file` names, or the one beside."""
        beside = _beside(self._document, self._others, kind)
        chosen = settings.get(setting)
        if chosen is not None and isinstance(chosen.value, str) and self._view is not None:
            found = self._view.open(chosen.value)
            if isinstance(found, Source):
                return found, chosen.value
            if beside is None or posixpath.basename(chosen.value) != stem_of(beside.source.file_name):
                return None, ""
        if beside is None or self._document.kind is not FileKind.CONF:
            return None, ""
        return beside.source, beside.source.file_name


def _lone_hba(
    document: PostgresDocument, others: Sequence[PostgresDocument], views: Mapping[str, FileView], taken: set[str]
) -> Iterator[Service]:
    name, view = _names(document, views)
    file = read_hba(document.source, name, view, version_major(document))
    about = _about(document)
    fact = PgHba(
        component=about.component,
        technology=TECHNOLOGY,
        at=about.at,
        version=about.version,
        consumed=frozenset(file.consumed),
        refused=tuple(file.problems),
        rules=tuple(file.rules),
    )
    yield fact
    ident = _beside(document, others, FileKind.IDENT)
    if ident is not None and ident.source.key not in taken:
        taken.add(ident.source.key)
        yield make_ident(read_ident(ident.source, *_names(ident, views), version_major(ident)), fact, about)


def exposure_of(settings: Settings, *, in_container: bool) -> Exposure:
    """Return the reach that listen_addresses leaves; of text in a ConfigMap it is not known which ports lead to it."""
    addresses = settings["listen_addresses"]
    if isinstance(addresses.value, str):
        if all(is_loopback_host(host) for host in split_list(addresses.value)):
            return Exposure(Reach.LOOPBACK, "listen_addresses names loopback addresses only", addresses.at)
        if in_container:
            return Exposure(Reach.UNKNOWN, "the files do not tell which container loads this configuration")
        return Exposure(Reach.HOST_NETWORK, f"it listens on {addresses.value}", addresses.at)
    return Exposure(Reach.UNKNOWN, "listen_addresses is not known")
