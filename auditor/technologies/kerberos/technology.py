"""Kerberos: its files, and the programs and servers that read them."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Fact, Problem, Service
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.technologies.common.program import start_of
from auditor.technologies.document import Document, FileView, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.kerberos import recognise

from .acl import AclFile, KadmAcl, read_acl
from .document import KeyTable, KrbConf, read_profile
from .profile import Profile, truth
from .service import DEFAULTS, REALM_DEFAULTS, STRICT, Kdc, Kerberos, KeyTables

_MANUAL = "krb5.conf(5) and kdc.conf(5), MIT Kerberos 1.20"
_FOLDERS = ("/etc/krb5kdc", "/var/kerberos/krb5kdc", "/var/lib/krb5kdc")
_KDC_FILES = (*(f"{folder}/kdc.conf" for folder in _FOLDERS), "kdc.conf")
_KDC_SECTIONS = frozenset({"kdcdefaults", "dbmodules"})


class KerberosTechnology:
    """The technology `kerberos`."""

    id = "kerberos"
    title = "Kerberos"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognise(name, path, head)

    def parse(self, source: Source) -> KrbConf | AclFile | KeyTable:
        """Read a file; never raises."""
        if source.file_name.lower().endswith(".keytab"):
            return KeyTable(source=source)
        return read_acl(source) if ".acl" in source.file_name.lower() else read_profile(source)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield the key tables in the tree."""
        del files
        tables = tuple(document.source.at() for document in documents if isinstance(document, KeyTable))
        yield KeyTables(component="key tables", technology=self.id, at=documents[0].source.at(), files=tables)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the centre that the container or unit runs, and its rules for administrators."""
        start = start_of(workload, {"krb5kdc", "kadmind"}, None) if workload.role is not Role.INIT else None
        if start is None:
            return ()
        kdc = _first(view, [posixpath.join(folder, "kdc.conf") for folder in _FOLDERS])
        if kdc is None:
            return ()
        documents = [read_profile(source) for source in (kdc, _first(view, ["/etc/krb5.conf"])) if source is not None]
        found: list[Service] = [_centre(documents, view, workload.component, workload.origin)]
        acl = _first(view, [posixpath.join(folder, "kadm5.acl") for folder in _FOLDERS])
        if acl is not None:
            found.append(_rights(read_acl(acl), workload.component))
        return found

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield what each file configures: a drop-in that another file includes is not judged alone.

        A krb5.conf with sections of the centre is both; the centre is judged by its kdc.conf where that is beside it.
        """
        clients: list[Kerberos] = []
        for document in documents:
            view = views.get(document.source.key)
            if isinstance(document, AclFile):
                yield _rights(document, document.source.path)
            elif isinstance(document, KrbConf) and _is_kdc(document):
                if not _is_named_kdc(document):
                    clients.append(_client(document, view))
                    if view is not None and _first(view, _KDC_FILES) is not None:
                        continue
                other = _first(view, ["/etc/krb5.conf", "krb5.conf"]) if view is not None else None
                is_another = other is not None and other.key != document.source.key
                merged = [document, *([read_profile(other)] if other is not None and is_another else [])]
                yield _centre(merged, view, document.source.path, "file")
            elif isinstance(document, KrbConf):
                clients.append(_client(document, view))
        included = {key for client in clients for key in client.consumed if key != client.component}
        yield from (client for client in clients if client.component not in included)


def _is_named_kdc(document: KrbConf) -> bool:
    return "kdc" in document.source.file_name.lower()


def _is_kdc(document: KrbConf) -> bool:
    return _is_named_kdc(document) or any(path[0] in _KDC_SECTIONS for path, _ in document.headers)


def _first(view: FileView, paths: Sequence[str]) -> Source | None:
    found = (view.open(path) for path in paths)
    return next((source for source in found if isinstance(source, Source)), None)


def _client(document: KrbConf, view: FileView | None) -> Kerberos:
    profile = Profile([document], view)
    if "krb5.conf.d/" in document.source.path:
        profile.gap = profile.gap or "the file that includes this one is not in the scanned files"
    settings = _settings(profile, {f"libdefaults/{name}": value for name, value in DEFAULTS.items()})
    refused = list(profile.problems)
    for name in STRICT:
        relation = profile.first("libdefaults", name)
        if relation is not None and isinstance(relation.value, str) and truth(relation.value) is None:
            refused.append(Problem(at=relation.at, message=f"expected true or false for {name}"))
    return Kerberos(
        component=document.source.path,
        technology="kerberos",
        at=document.source.at(),
        settings=settings,
        consumed=frozenset(profile.consumed),
        refused=tuple(refused),
        profile=profile,
    )


def _centre(documents: Sequence[KrbConf], view: FileView | None, component: str, origin: str) -> Kdc:
    profile, own = Profile(documents, view), Profile(documents[:1], view)
    realms = tuple(own.below("realms"))
    defaults = {f"realms/{realm}/{name}": value for realm in realms for name, value in REALM_DEFAULTS.items() if value}
    return Kdc(
        component=component,
        technology="kerberos",
        at=documents[0].source.at(),
        origin=origin,
        settings=_settings(own, defaults),
        consumed=frozenset(own.consumed),
        refused=tuple(own.problems),
        profile=profile,
        realms=realms,
    )


def _rights(document: AclFile, component: str) -> KadmAcl:
    return KadmAcl(
        component=component,
        technology="kerberos",
        at=document.source.at(),
        consumed=frozenset({document.source.key}),
        entries=document.entries,
        gap=document.gap,
    )


def _settings(profile: Profile, defaults: Mapping[str, str]) -> Settings:
    settings = Settings(Setting(name, value, Origin.DEFAULT, source=_MANUAL) for name, value in defaults.items())
    for relation in profile.relations:
        name = "/".join(relation.path)
        if not settings.is_explicit(name) and not isinstance(relation.value, Unknown):
            settings.set(Setting(name, relation.value, Origin.FILE, relation.at))
    return settings


KERBEROS = KerberosTechnology()
