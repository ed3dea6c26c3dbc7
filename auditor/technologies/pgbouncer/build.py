"""Make the facts of a PgBouncer: one that a file configures, one that a container runs."""

import posixpath
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Workload
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import Program, start_of
from auditor.technologies.common.versions import Range, range_of
from auditor.technologies.document import FileView

from .effective import Configuration
from .hba import HbaFile, read_hba
from .images import Written, bitnami, edoburu
from .service import PgBouncer, PgBouncerHba
from .userlist import UserList, parse_users

_ID: Final = "pgbouncer"
_IMAGE: Final = Program(("entrypoint.sh", "docker-entrypoint.sh", "run.sh"), takes=lambda word: word.endswith(".ini"))
_PATH: Final = "/etc/pgbouncer/pgbouncer.ini"
_BITNAMI_PATH: Final = "/bitnami/pgbouncer/conf/pgbouncer.ini"
_Users = UserList | Unknown | None
_WITH_VALUE: Final = frozenset({"-u", "--user"})


def file_services(source: Source, view: FileView, versions: Range = Range()) -> list[Service]:  # noqa: B008  # frozen
    """Return the facts of a server started with just this file."""
    configuration = Configuration(versions, _Beside(view))
    configuration.load(source)
    server = PgBouncer(component=source.path, technology=_ID, at=source.at())
    return _services(configuration, server, configuration.view, None)


def container_services(workload: Workload, view: FileView) -> list[Service]:
    """Return the facts of the server that a container runs; none if it runs another program or nothing tells how."""
    is_own = workload.image_name in {"pgbouncer", "pgbouncer-container"}
    start = start_of(workload, {"pgbouncer"}, _IMAGE if is_own else None)
    if start is None:
        return []
    versions = range_of(workload.image_version if is_own else None, (), {}, {})
    repository = workload.image_repository or ""
    is_bitnami = repository.startswith(("bitnami/", "bitnamilegacy/"))
    configuration = Configuration(versions, _Absolute(view))
    written: Written | None = None
    path = _BITNAMI_PATH if is_bitnami else _path_of(start.words)
    found = view.open(path) if isinstance(path, str) else path
    if isinstance(found, Source):
        configuration.load(found)
    elif found is None and (is_bitnami or repository.endswith("edoburu/pgbouncer")):
        written = bitnami(workload) if is_bitnami else edoburu(workload)
        configuration.take(written.parts(), written.at)
        configuration.problems += written.problems
        configuration.databases = {each.name: each for each in written.databases}
    else:
        configuration.incomplete = found.reason if isinstance(found, Unknown) else f"{path} is the image's own"
        configuration.take((), workload.at)
    server = PgBouncer(
        component=workload.component,
        technology=_ID,
        at=workload.image.at if workload.image else workload.at,
        origin=workload.origin,
        version=workload.image_version if is_own else None,
        in_container=True,
    )
    users = written.users if written is not None else None
    return _services(configuration, server, configuration.view, workload, users)


def _path_of(words: Sequence[Located[str]]) -> str | Unknown:
    """Return the configuration file that the command names."""
    path: str | Unknown = _PATH
    is_value = False
    for word in words:
        if isinstance(word.value, str) and word.value.startswith("-"):
            is_value = word.value in _WITH_VALUE
            continue
        if not is_value:
            path = word.value
        is_value = False
    if isinstance(path, str) and not path.startswith("/"):
        return Unknown("the folder that the server starts in is not known")
    return path


class _Absolute:
    """A container's files where relative names are not known, since they start in the image's working folder."""

    def __init__(self, view: FileView) -> None:
        self._view = view

    def open(self, path: str) -> Source | Unknown | None:
        if not path.startswith("/"):
            return Unknown("the folder that the server starts in is not known")
        found = self._view.open(path)
        return Unknown(f"{path} is the image's own") if found is None else found

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        return self._view.glob(pattern)


class _Beside:
    """A lone file's view: what it names by an absolute path that is not in the tree may stand beside it."""

    def __init__(self, view: FileView) -> None:
        self._view = view

    def open(self, path: str) -> Source | Unknown | None:
        found = self._view.open(path)
        if isinstance(found, Unknown) and path.startswith("/"):
            beside = self._view.open(posixpath.basename(path))
            return beside if isinstance(beside, Source) else found
        return found

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        return self._view.glob(pattern)


def _services(
    configuration: Configuration, server: PgBouncer, view: FileView, workload: Workload | None, users: _Users = None
) -> list[Service]:
    """Return the server and, where it goes by records, those."""
    server = replace(
        server,
        settings=configuration.settings,
        refused=tuple(configuration.problems),
        unrecognised=tuple(configuration.unrecognised),
        incomplete=configuration.incomplete,
        databases=tuple(configuration.databases.values()),
        resets=configuration.resets,
    )
    consumed = set(configuration.consumed)
    named = _named(server, "auth_file", view)
    if isinstance(named, Source):
        users = parse_users(named)
        consumed.add(named.key)
    elif users is None:
        users = named
    hba = _records(server, view, configuration.versions) if server.auth_type == "hba" else None
    if hba is not None:
        consumed |= hba.consumed
    addresses, port = server.addresses, server.number("listen_port")
    at = server.where("listen_addr") if workload is None else None
    ports = (port,) if isinstance(port, int) else ()
    exposure = exposure_of(addresses, ports, workload, at)
    server = replace(server, consumed=frozenset(consumed), users=users, exposure=exposure)
    if hba is None:
        return [server]
    hba = replace(hba, exposure=exposure)
    return [replace(server, hba=hba), hba]


def _named(server: PgBouncer, name: str, view: FileView) -> Source | Unknown | None:
    """Return the file that a parameter names, None where it names none or there is none."""
    path = server.text(name)
    if isinstance(path, Unknown):
        return path
    return view.open(path) if path else None


def _records(server: PgBouncer, view: FileView, versions: Range) -> PgBouncerHba | None:
    path = server.text("auth_hba_file")
    source = _named(server, "auth_hba_file", view)
    if isinstance(source, Source):
        file = read_hba(source, path if isinstance(path, str) else "", view, versions)
    elif isinstance(path, Unknown) or path:
        return None  # the file is not scanned
    else:
        file = HbaFile()  # without a file it turns everybody away
    tls = server.client_tls
    return PgBouncerHba(
        component=server.component,
        technology=_ID,
        at=source.at() if isinstance(source, Source) else server.where("auth_type"),
        origin=server.origin,
        version=server.version,
        refused=server.refused,
        consumed=frozenset(file.consumed),
        rules=tuple(file.rules),
        ignored=tuple(file.ignored),
        has_tls=tls if isinstance(tls, Unknown) else tls != "off",
    )
