"""What the images edoburu/pgbouncer and bitnami/pgbouncer write into pgbouncer.ini where none is mounted.

Sources: edoburu/docker-pgbouncer `entrypoint.sh` (2026-06); bitnami/containers pgbouncer 1 `pgbouncer-env.sh`,
`libpgbouncer.sh` (2025).
"""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Final

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass

from .connection import Pair
from .effective import make_database
from .ini import Entry
from .service import Database
from .userlist import SecretKind, User, UserList

_EDOBURU: Final[Mapping[str, str]] = {
    "listen_addr": "0.0.0.0",  # noqa: S104  # the image's default, not bound by us
    "listen_port": "5432",
    "unix_socket_dir": "",
    "auth_type": "md5",
    "admin_users": "postgres",
}
_EDOBURU_OPTIONAL: Final = (
    "auth_hba_file auth_user auth_query log_connections log_disconnections stats_users client_tls_sslmode "
    "client_tls_key_file client_tls_cert_file client_tls_ca_file client_tls_protocols server_tls_sslmode "
    "server_tls_ca_file server_tls_key_file server_tls_cert_file server_tls_protocols client_idle_timeout"
).split()
_BITNAMI: Final[Mapping[str, tuple[str, str]]] = {
    "listen_addr": ("PGBOUNCER_LISTEN_ADDRESS", "0.0.0.0"),  # noqa: S104  # the image's default, not bound by us
    "listen_port": ("PGBOUNCER_PORT", "6432"),
    "unix_socket_dir": ("PGBOUNCER_SOCKET_DIR", "/tmp/"),  # noqa: S108  # the image's default
    "unix_socket_mode": ("PGBOUNCER_SOCKET_MODE", "0777"),
    "auth_type": ("PGBOUNCER_AUTH_TYPE", "scram-sha-256"),
    "admin_users": ("POSTGRESQL_USERNAME", "postgres"),
    "client_tls_sslmode": ("PGBOUNCER_CLIENT_TLS_SSLMODE", "disable"),
    "server_tls_sslmode": ("PGBOUNCER_SERVER_TLS_SSLMODE", "disable"),
}
_BITNAMI_OPTIONAL: Final = (
    "auth_hba_file auth_query stats_users log_connections log_disconnections client_idle_timeout "
    "client_tls_key_file client_tls_cert_file client_tls_ca_file server_tls_ca_file server_tls_cert_file "
    "server_tls_key_file"
).split()
_YES: Final = frozenset({"1", "yes", "true"})


@dataclass
class Written:
    """What the image's start script writes: parameters by origin, the database, and what keeps it from starting."""

    at: Location
    own: list[Entry] = field(default_factory=list[Entry])
    """What stands in the file whatever the variables say: the image's defaults."""
    given: list[Entry] = field(default_factory=list[Entry])
    databases: list[Database] = field(default_factory=list[Database])
    users: UserList | Unknown | None = None
    problems: list[Problem] = field(default_factory=list[Problem])

    def parts(self) -> Iterator[tuple[list[Entry], Origin]]:
        """Yield the parameters with where they come from, in the order in which they count."""
        yield self.own, Origin.IMAGE
        yield self.given, Origin.ENVIRONMENT


class _Variables:
    """The variables of a workload; one that is empty counts as absent, as in the images' scripts."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._at = workload.image.at if workload.image else workload.at

    def get(self, name: str) -> tuple[str | Unknown, Location] | None:
        variable = self._workload.environment.get(name)
        if variable is not None and variable.value != "":
            return variable.value, variable.at
        if f"{name}_FILE" in self._workload.environment:
            return Unknown(f"a file that is not scanned supplies {name}"), self._workload.environment[f"{name}_FILE"].at
        if self._workload.environment_open and name not in self._workload.environment:
            return Unknown(f"its environment is also read from {self._workload.environment_open}"), self._at
        return None

    def entry(self, key: str, name: str) -> Entry | None:
        found = self.get(name)
        return Entry(key, *found) if found is not None else None


def edoburu(workload: Workload) -> Written:
    """Return what edoburu/pgbouncer writes."""
    variables, at = _Variables(workload), workload.image.at if workload.image else workload.at
    written = Written(at, own=[Entry(key, value, at) for key, value in _EDOBURU.items()])
    for key in (*_EDOBURU, *_EDOBURU_OPTIONAL):
        entry = variables.entry(key, key.upper())
        if entry is not None:
            written.given.append(entry)
    url, host = variables.get("DATABASE_URL") or variables.get("DATABASE_URLS"), variables.get("DB_HOST")
    if url is None and host is None:
        written.problems.append(Problem(at=at, message="the image needs DB_HOST or DATABASE_URL"))
    name = variables.get("DB_NAME")
    user = variables.get("DB_USER") or ("postgres", at)
    if url is not None:
        place = url[1]
        written.databases.append(_database("*", Unknown("DATABASE_URL names the server"), "", place))
    elif host is not None:
        label = name[0] if name is not None and isinstance(name[0], str) else "*"
        looks_up = user[0] if isinstance(user[0], str) else ""
        written.databases.append(replace(_database(label, host[0], looks_up, host[1]), auth_user_by_image=True))
    written.users = Unknown("the image writes the users' secrets when it starts")
    return written


def bitnami(workload: Workload) -> Written:
    """Return what bitnami/pgbouncer writes."""
    variables, at = _Variables(workload), workload.image.at if workload.image else workload.at
    written = Written(at, own=[Entry(key, default, at) for key, (_, default) in _BITNAMI.items()])
    sources = {key: name for key, (name, _) in _BITNAMI.items()}
    sources |= {key: f"PGBOUNCER_{key.upper()}" for key in _BITNAMI_OPTIONAL}
    for key, source in sources.items():
        entry = variables.entry(key, source)
        if entry is not None:
            written.given.append(entry)
    kind = variables.get("PGBOUNCER_AUTH_TYPE")
    password = variables.get("POSTGRESQL_PASSWORD")
    if password is None and (kind is None or (isinstance(kind[0], str) and kind[0] != "trust")):
        written.problems.append(Problem(at=at, message="the image needs POSTGRESQL_PASSWORD"))
    host = variables.get("POSTGRESQL_HOST") or ("postgresql", at)
    name = variables.get("PGBOUNCER_DATABASE") or ("postgres", at)
    user = variables.get("POSTGRESQL_USERNAME") or ("postgres", at)
    forced = variables.get("PGBOUNCER_SET_DATABASE_USER")
    is_forced = forced is not None and isinstance(forced[0], str) and forced[0].lower() in _YES
    account = user[0] if is_forced and isinstance(user[0], str) else ""
    label = name[0] if isinstance(name[0], str) else "*"
    at_user = forced[1] if forced is not None else at
    written.databases.append(replace(_database(label, host[0], "", host[1]), user=account, user_at=at_user))
    more = variables.get("PGBOUNCER_USERLIST")
    if more is None and isinstance(user[0], str):
        written.users = UserList((User(user[0], SecretKind.CLEAR, at),))
    else:
        written.users = Unknown("variables supply the users")
    return written


def _database(name: str, host: str | Unknown, auth_user: str, at: Location) -> Database:
    if isinstance(host, Unknown):
        return Database(name=name, host=host, user="", auth_user=auth_user, at=at, user_at=at, host_at=at)
    found = [Pair("host", host, 0, 0), *([Pair("auth_user", auth_user, 0, 0)] if auth_user else [])]
    return make_database(Entry(name, "", Location(at.path, at.line, at.column)), found)
