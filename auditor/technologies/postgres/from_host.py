"""The server that a host's service manager starts: the files below its data directory, and the flags of the unit.

Source: PostgreSQL manual, "postgres" (-D, PGDATA), "File Locations" (config_file, hba_file, ident_file).
"""

import posixpath

from auditor.model.exposure import Exposure
from auditor.model.fact import Service
from auditor.model.setting import Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.patterns import lazy
from auditor.technologies.document import FileView

from .arguments import PROGRAMS, SHELLS, Flags, parse_arguments
from .assemble import Parts, assemble
from .auth_files import AuthFile, read_hba, read_ident
from .conf_files import ConfFiles, read_conf
from .effective import apply
from .facts import CREATION_UNKNOWN, major_of
from .from_files import exposure_of

_VERSION = lazy(r"/(?:postgresql|pgsql)[/-](\d{1,2})(?:/|$)")


def services(workload: Workload, view: FileView) -> list[Service]:
    """Return the facts of the PostgreSQL server that a unit starts; none if it runs something else.

    A unit that says nothing of the server, and whose files are not in the tree, makes none either.
    """
    words = workload.arguments
    program = words[0].value if words else None
    if (
        not isinstance(program, str)
        or posixpath.basename(program) not in PROGRAMS | SHELLS
        or workload.role is Role.JOB
    ):
        return []
    flags = parse_arguments(words)
    if not flags.runs_server:
        return []
    folder = _data_directory(workload, flags)
    files = _conf(flags, folder, view)
    if not files.consumed and not flags.assignments:
        return []
    known = " ".join(word.value for word in words if isinstance(word.value, str))
    version = _VERSION.search(known) or _VERSION.search(folder or "")
    major = major_of(version[1]) if version else None
    effective = apply(
        [*files.assignments, *flags.assignments], major, open_reason=files.open_reason or flags.open_reason
    )
    hba = _auth("hba_file", "pg_hba.conf", folder, effective.settings, view)
    ident = _auth("ident_file", "pg_ident.conf", folder, effective.settings, view)
    return assemble(
        Parts(
            component=workload.component,
            at=words[0].at,
            origin=workload.origin,
            version=version[1] if version else None,
            settings=effective.settings,
            exposure=_exposure(workload, effective.settings),
            refused=(*flags.problems, *files.problems, *effective.problems),
            consumed=frozenset(files.consumed),
            checksums=CREATION_UNKNOWN,
            in_container=False,
            superuser="postgres",
        ),
        None if hba is None else _read(hba, view, major, is_hba=True),
        None if ident is None else _read(ident, view, major, is_hba=False),
    )


def _data_directory(workload: Workload, flags: Flags) -> str | None:
    """Return the data directory, None if it is not known."""
    if flags.data_directory is not None:
        return posixpath.normpath(flags.data_directory)
    variable = workload.environment.get("PGDATA")
    return variable.value if variable is not None and isinstance(variable.value, str) else None


def _conf(flags: Flags, folder: str | None, view: FileView) -> ConfFiles:
    """Return what the main file and postgresql.auto.conf assign."""
    named = next((each.value for each in reversed(flags.assignments) if each.name == "config_file"), None)
    path = named if named is not None else None if folder is None else posixpath.join(folder, "postgresql.conf")
    if not isinstance(path, str):
        return ConfFiles(open_reason="which postgresql.conf it loads is not known")
    found = view.open(path)
    if not isinstance(found, Source):
        return ConfFiles(open_reason=f"{path} is not in the scanned files")
    files = read_conf(found, path, view)
    auto = None if folder is None else posixpath.join(folder, "postgresql.auto.conf")
    above = view.open(auto) if auto is not None else None
    if auto is not None and isinstance(above, Source):
        more = read_conf(above, auto, view)
        files.assignments += more.assignments
        files.problems += more.problems
        files.consumed |= more.consumed
    return files


def _auth(setting: str, name: str, folder: str | None, settings: Settings, view: FileView) -> tuple[str, Source] | None:
    """Return path and text of an authentication file, None if it is not in the tree."""
    chosen = settings.get(setting)
    if chosen is None and folder is None:
        return None
    value = name if chosen is None else chosen.value
    if not isinstance(value, str):
        return None
    path = posixpath.normpath(posixpath.join(folder or "/", value))
    found = view.open(path)
    return (path, found) if isinstance(found, Source) else None


def _read(file: tuple[str, Source], view: FileView, major: int | None, *, is_hba: bool) -> AuthFile:
    path, source = file
    return (read_hba if is_hba else read_ident)(source, path, view, major)


def _exposure(workload: Workload, settings: Settings) -> Exposure:
    own = exposure_of(settings, in_container=False)
    port = settings["port"].value
    confined = workload.exposure(5432 if isinstance(port, Unknown) else int(str(port)))
    return own if own.is_within(confined) else confined
