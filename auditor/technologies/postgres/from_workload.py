"""The server that a container runs: image, environment, mounted files and flags put together."""

import posixpath
from collections.abc import Mapping

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem, Service
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.technologies.document import FileView

from .arguments import Flags, parse_arguments
from .assemble import Parts, assemble
from .auth_files import AuthFile, read_hba, read_ident
from .conf_files import Assigned, ConfFiles, read_conf
from .effective import apply
from .facts import CREATION_UNKNOWN, is_loopback_host, major_of, split_list
from .image_hba import image_rules
from .images import (
    ImageKind,
    data_directory,
    follows_releases,
    image_settings,
    initdb_of,
    is_yes,
    kind_of,
    place_of,
    refuses_to_start,
    value_of,
    version_of,
)

_SAMPLES = ("/usr/share/postgresql/postgresql.conf.sample", "/usr/local/share/postgresql/postgresql.conf.sample")
_SCRIPTS = "/docker-entrypoint-initdb.d/*"
_BITNAMI_FOLDERS = ("/bitnami/postgresql/conf", "/opt/bitnami/postgresql/conf")
_BITNAMI_VARIABLES: Mapping[str, str] = {
    "POSTGRESQL_FSYNC": "fsync",
    "POSTGRESQL_LOG_CONNECTIONS": "log_connections",
    "POSTGRESQL_LOG_DISCONNECTIONS": "log_disconnections",
    "POSTGRESQL_LOG_LINE_PREFIX": "log_line_prefix",
    "POSTGRESQL_PASSWORD_ENCRYPTION": "password_encryption",
    "POSTGRESQL_PORT_NUMBER": "port",
    "POSTGRESQL_SHARED_PRELOAD_LIBRARIES": "shared_preload_libraries",
    "POSTGRESQL_STATEMENT_TIMEOUT": "statement_timeout",
}
_BITNAMI_UNSURE = ("shared_preload_libraries", "pgaudit.log", "log_line_prefix")
"""The image presets these differently from release to release."""


def services(workload: Workload, view: FileView) -> list[Service]:
    """Return the facts of the PostgreSQL server in `workload`; none if it runs something else."""
    kind = kind_of(workload)
    if kind is None or workload.role in {Role.JOB, Role.INIT}:
        return []
    flags = parse_arguments(workload.arguments)
    if not flags.runs_server:
        return []
    return _Container(workload, view, kind, flags).services()


class _Container:
    def __init__(self, workload: Workload, view: FileView, kind: ImageKind, flags: Flags) -> None:
        self.workload = workload
        self.view = view
        self.kind = kind
        self.flags = flags
        self.version = version_of(workload)
        self.major = major_of(self.version)
        self.data = flags.data_directory or data_directory(workload, kind, self.major)
        self.scripts = self._scripts()

    def services(self) -> list[Service]:
        problems: list[Problem] = [*self.flags.problems]
        files, is_custom = self._conf()
        problems += files.problems
        environment = [] if is_custom else self._environment()
        assignments = [*environment, *files.assignments, *self.flags.assignments]
        open_reason = files.open_reason or self.flags.open_reason
        if not is_custom and self.scripts and ("alter system" in self.scripts or "postgresql.conf" in self.scripts):
            open_reason = open_reason or "a script in /docker-entrypoint-initdb.d changes settings"
        image = [] if is_custom else self._image()
        effective = apply(assignments, self.major, open_reason=open_reason, image=image)
        hba = self._hba(effective.settings)
        refused = refuses_to_start(self.workload, self.kind)
        fresh = [refused] if refused is not None and not self._has_data() else []
        superuser = value_of(self.workload, "POSTGRES_USER") if self.kind is ImageKind.OFFICIAL else None
        return assemble(
            Parts(
                component=self.workload.component,
                at=place_of(self.workload),
                origin=self.workload.origin,
                version=self.version,
                settings=effective.settings,
                exposure=self._exposure(effective.settings),
                refused=(*fresh, *problems, *effective.problems),
                consumed=frozenset(files.consumed),
                checksums=self._checksums(),
                in_container=True,
                superuser=superuser if isinstance(superuser, str) else "postgres",
            ),
            hba,
            self._ident(effective.settings),
        )

    def _scripts(self) -> str:
        """Return the text of the scripts that run when the cluster is created, in lower case."""
        names = self.view.glob(_SCRIPTS)
        if isinstance(names, Unknown):
            return ""
        found = [self.view.open(name) for name in names]
        return "\n".join(source.text.lower() for source in found if isinstance(source, Source))

    def _has_data(self) -> bool:
        """Whether the scanned tree itself holds the data directory."""
        return isinstance(self.view.open(posixpath.join(self.data, "PG_VERSION")), Source)

    def _conf(self) -> tuple[ConfFiles, bool]:
        """Return the main file's assignments and whether a file of the repository is in force."""
        flag = next((a for a in reversed(self.flags.assignments) if a.name == "config_file"), None)
        if flag is not None:
            if isinstance(flag.value, Unknown):
                return ConfFiles(open_reason=flag.value.reason), True
            found = self.view.open(flag.value)
            if isinstance(found, Source):
                return self._with_auto(read_conf(found, flag.value, self.view)), True
            if found is None:
                return ConfFiles(open_reason=f"{flag.value} is not in the scanned files"), True
            return ConfFiles(open_reason=found.reason), True
        for path in self._conf_paths():
            found = self.view.open(path)
            if isinstance(found, Source):
                return self._with_auto(read_conf(found, path, self.view)), True
        result = ConfFiles()
        if self.kind is ImageKind.BITNAMI:
            for folder in _BITNAMI_FOLDERS:
                self._fragments(f"{folder}/conf.d/*.conf", result)
        return self._with_auto(result), False

    def _fragments(self, pattern: str, result: ConfFiles) -> None:
        names = self.view.glob(pattern)
        for name in () if isinstance(names, Unknown) else sorted(names):
            found = self.view.open(name)
            if isinstance(found, Source):
                part = read_conf(found, name, self.view)
                result.assignments += part.assignments
                result.problems += part.problems
                result.consumed |= part.consumed
                result.open_reason = result.open_reason or part.open_reason

    def _conf_paths(self) -> tuple[str, ...]:
        if self.kind is ImageKind.BITNAMI:
            return tuple(f"{folder}/postgresql.conf" for folder in _BITNAMI_FOLDERS)
        return (posixpath.join(self.data, "postgresql.conf"), *_SAMPLES)

    def _with_auto(self, files: ConfFiles) -> ConfFiles:
        """Append postgresql.auto.conf of the data directory, which outranks the main file."""
        path = posixpath.join(self.data, "postgresql.auto.conf")
        found = self.view.open(path)
        if isinstance(found, Source):
            auto = read_conf(found, path, self.view)
            files.assignments += auto.assignments
            files.problems += auto.problems
            files.consumed |= auto.consumed
        return files

    def _image(self) -> list[Setting]:
        settings = image_settings(self.workload, self.kind)
        if self.version is None and follows_releases(self.workload):
            source = "the current release (14 or later)"
            settings.append(Setting("password_encryption", "scram-sha-256", Origin.IMAGE, None, source))
            settings.append(Setting("ssl_min_protocol_version", "TLSv1.2", Origin.IMAGE, None, source))
        if self.kind is ImageKind.BITNAMI:
            reason = Unknown("the image presets this differently from release to release")
            settings += [Setting(name, reason, Origin.IMAGE) for name in _BITNAMI_UNSURE]
        return settings

    def _environment(self) -> list[Assigned]:
        """Return what the entrypoint makes of its variables."""
        at = place_of(self.workload, "POSTGRES_INITDB_ARGS")
        if self.kind is ImageKind.OFFICIAL:
            initial = initdb_of(self.workload).settings
            return [Assigned(name, value, at, Origin.ENVIRONMENT) for name, value in initial.items()]
        found: list[Assigned] = []
        for variable, name in _BITNAMI_VARIABLES.items():
            value = value_of(self.workload, variable)
            if value is not None and variable in self.workload.environment:
                found.append(Assigned(name, value, place_of(self.workload, variable), Origin.ENVIRONMENT))
        tls = value_of(self.workload, "POSTGRESQL_ENABLE_TLS")
        if isinstance(tls, Unknown) or is_yes(tls):
            at = place_of(self.workload, "POSTGRESQL_ENABLE_TLS")
            found.append(Assigned("ssl", tls if isinstance(tls, Unknown) else "on", at, Origin.ENVIRONMENT))
        return found

    def _hba(self, settings: Settings) -> AuthFile:
        found = self._auth("hba_file", "pg_hba.conf", settings)
        if isinstance(found, tuple):
            return read_hba(found[1], found[0], self.view, self.major)
        result = AuthFile()
        if isinstance(found, Unknown):
            result.unknown(found.reason, place_of(self.workload))
            return result
        encryption = settings["password_encryption"].value
        method = encryption if isinstance(encryption, str) else Unknown("the version decides the method")
        result.rules, result.problems = image_rules(self.workload, self.kind, method)
        if "pg_hba.conf" in self.scripts:
            result.unknown(
                "a script in /docker-entrypoint-initdb.d changes pg_hba.conf", place_of(self.workload), first=True
            )
        return result

    def _ident(self, settings: Settings) -> AuthFile | None:
        found = self._auth("ident_file", "pg_ident.conf", settings)
        return read_ident(found[1], found[0], self.view, self.major) if isinstance(found, tuple) else None

    def _auth(self, setting: str, name: str, settings: Settings) -> tuple[str, Source] | Unknown | None:
        """Return path and text of an authentication file; None where the image's own is in force."""
        chosen = settings.get(setting)
        if chosen is not None:
            if not isinstance(chosen.value, str):
                return Unknown(f"{setting} is not known")
            path = posixpath.normpath(posixpath.join(self.data, chosen.value))
            found = self.view.open(path)
            if isinstance(found, Source):
                return path, found
            if posixpath.dirname(path) != self.data:
                return found if isinstance(found, Unknown) else Unknown(f"{path} is not in the scanned files")
            return None
        folders = _BITNAMI_FOLDERS if self.kind is ImageKind.BITNAMI else (self.data,)
        for folder in folders:
            path = posixpath.join(folder, name)
            found = self.view.open(path)
            if isinstance(found, Source):
                return path, found
        return None

    def _checksums(self) -> bool | Unknown:
        if self.kind is ImageKind.BITNAMI:
            return CREATION_UNKNOWN
        chosen = initdb_of(self.workload).checksums
        if chosen is not None:
            return chosen
        if self.major is None:
            return Unknown("the default depends on the server's version, which is not known")
        return self.major >= 18

    def _exposure(self, settings: Settings) -> Exposure:
        addresses, port = settings["listen_addresses"], settings["port"].value
        number = int(port) if isinstance(port, str) else 5432
        if isinstance(addresses.value, str):
            hosts = split_list(addresses.value)
            if all(is_loopback_host(host) for host in hosts):
                own = Exposure(Reach.LOOPBACK, "the server listens inside its container only", addresses.at)
                return own.or_by_loopback(self.workload.by_loopback(number)) if hosts else own
        return self.workload.exposure(number)
