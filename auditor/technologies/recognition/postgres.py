"""Tell PostgreSQL's files from others by name and content."""

import re
from enum import Enum

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_TEMPLATE_ENDING = lazy(r"\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb|in|orig|default|bak|ctmpl|gotmpl)$")
_HBA_LINE = lazy(
    r"^[ \t]*(?:local|host(?:no)?(?:ssl|gssenc)?)[ \t]+\S+[ \t]+\S+[ \t]+(?:\S.*[ \t])?"
    r"(?:trust|reject|scram-sha-256|md5|password|peer|ident|gss|sspi|cert|ldap|pam|radius|@authmethod\w*@)\b",
    re.M,
)
_HBA_ALONE = lazy(
    r"^(?:local|host(?:no)?(?:ssl|gssenc)?)[ \t]+\S+[ \t]+\S+[ \t]+(?:\S+[ \t]+){0,2}"
    r"(?:trust|reject|scram-sha-256|md5|password|peer|ident|cert)\b",
    re.M,
)
_SETTING = lazy(
    r"^[ \t]*+(?:#[ \t]*+)?(?:listen_addresses|shared_buffers|wal_level|max_wal_size|max_wal_senders|log_line_prefix"
    r"|effective_cache_size|shared_preload_libraries|work_mem|maintenance_work_mem|hba_file|ident_file|fsync"
    r"|synchronous_commit|password_encryption|log_statement|log_connections|log_disconnections|archive_mode"
    r"|archive_command|full_page_writes|ssl_min_protocol_version|max_connections|wal_keep_size|checkpoint_timeout"
    r"|log_min_duration_statement|logging_collector|unix_socket_directories|idle_in_transaction_session_timeout"
    r"|primary_conninfo|hot_standby|autovacuum|pgaudit\.log|ssl|port|include_dir)[ \t]*(?:=|[ \t])",
    re.M | re.I,
)
_OWN_SETTING = lazy(
    r"^[ \t]*(shared_buffers|wal_level|max_wal_senders|max_wal_size|effective_cache_size|maintenance_work_mem"
    r"|synchronous_commit|full_page_writes|wal_keep_size|wal_keep_segments|checkpoint_completion_target"
    r"|shared_preload_libraries|archive_mode|log_min_duration_statement|random_page_cost|wal_buffers)[ \t]*=",
    re.M,
)
_MAIN_SETTING = lazy(r"^[ \t]*(?:listen_addresses|data_directory|hba_file|port)[ \t]*[= \t]", re.M | re.I)
"""What a whole configuration sets; other files named after PostgreSQL are taken for parts of one."""
_MAP_LINE = lazy(r"^[ \t]*[\w\"+@{][^\s#]*[ \t]+\S+[ \t]+\S+[ \t]*(?:#.*)?$", re.M)
_RECOVERY = lazy(r"^[ \t]*(?:standby_mode|primary_conninfo|restore_command|recovery_target\w*|trigger_file)\b", re.M)
_COMPUTED = lazy(r"^[ \t]*[a-z_]+[ \t]*=[ \t]*(?:[\w.]+[ \t]*[*/+-][ \t]*\w|[\w.]+\()", re.M)
"""A value that a program works out (`mem / 4`, `os.getenv(...)`), which PostgreSQL does not."""
_OTHERS = ("pgpool", "pgbouncer", "patroni", "pgbackrest", "barman", "repmgr", "pgcat", "pgagent", "odyssey")


class FileKind(Enum):
    """Which of the server's files a document is. A fragment is a part of postgresql.conf that others include.

    recovery.conf of PostgreSQL 11 and earlier has settings of its own; only the secrets in it are looked at.
    """

    CONF = "postgresql.conf"
    FRAGMENT = "a part of postgresql.conf"
    AUTO = "postgresql.auto.conf"
    RECOVERY = "recovery.conf"
    HBA = "pg_hba.conf"
    IDENT = "pg_ident.conf"


def stem_of(name: str) -> str:
    """Return a file name in lower case without template endings: `pg_hba.conf` of `pg_hba.conf.j2`."""
    lower = name.lower()
    while (match := _TEMPLATE_ENDING.search(lower)) is not None:
        lower = lower[: match.start()]
    return lower


def recognise_kind(name: str, path: str, head: str) -> tuple[FileKind, Recognition] | None:
    """Return which file this is and why, None if it is none of PostgreSQL's."""
    if not any(part in name for part in (".conf", ".cnf", "hba")):
        return None
    stem = stem_of(name)
    if any(other in stem for other in _OTHERS):
        return None
    if "pg_hba" in stem or "pghba" in stem:
        return _hba(stem, head)
    if "pg_ident" in stem and ".conf" in stem:
        named = stem == "pg_ident.conf"
        if not named and not _MAP_LINE.search(head):
            return None
        return FileKind.IDENT, Recognition("named pg_ident.conf", 3 if _MAP_LINE.search(head) else 2)
    if not stem.endswith((".conf", ".cnf")):
        return None
    return _conf(stem, path, head)


def _hba(stem: str, head: str) -> tuple[FileKind, Recognition] | None:
    if stem.endswith((".sh", ".yml", ".yaml", ".json", ".py", ".tf", ".service", ".timer")):
        return None
    if _HBA_LINE.search(head):
        return FileKind.HBA, Recognition("named pg_hba and holds its records", 3)
    return (FileKind.HBA, Recognition("named pg_hba.conf", 2)) if stem == "pg_hba.conf" else None


def _conf(stem: str, path: str, head: str) -> tuple[FileKind, Recognition] | None:
    if stem == "recovery.conf":
        found = _RECOVERY.search(head)
        return (FileKind.RECOVERY, Recognition("named recovery.conf and holds its settings", 3)) if found else None
    if stem == "postgresql.auto.conf":
        return FileKind.AUTO, Recognition("named postgresql.auto.conf", 3)
    settings = len(_SETTING.findall(head, 0)) if "=" in head or " " in head else 0
    if stem == "postgresql.conf":
        return FileKind.CONF, Recognition("named postgresql.conf", 3 if settings else 2)
    if settings and len(_COMPUTED.findall(head)) >= 3:
        return None
    if ("postgres" in stem or "pgsql" in stem) and settings >= 2:
        kind = FileKind.CONF if _MAIN_SETTING.search(head) else FileKind.FRAGMENT
        return kind, Recognition("named after PostgreSQL and holds its settings", 3)
    lower = path.lower()
    if ("/postgres" in f"/{lower}" or "/pgsql" in f"/{lower}") and settings and _only_settings(head):
        return FileKind.FRAGMENT, Recognition("holds settings of PostgreSQL in a folder named after it", 2)
    if len(set(_OWN_SETTING.findall(head))) >= 3:
        return FileKind.FRAGMENT, Recognition("holds settings that only PostgreSQL has", 2)
    if len(_HBA_ALONE.findall(head)) >= 2:
        return FileKind.HBA, Recognition("holds records of pg_hba.conf", 2)
    return None


def _only_settings(head: str) -> bool:
    """Tell whether the first lines that are not comments look like settings; sections and braces do not."""
    lines = [line.strip() for line in head.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return all(re.match(r"[A-Za-z_.{]+\w*[ \t]*(?:=|[ \t])[ \t]*\S", line) for line in lines[:20])


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is one of PostgreSQL's, None if it is not."""
    found = recognise_kind(name, path, head)
    return found[1] if found else None


TECHNOLOGY = Registered(
    "postgres",
    "PostgreSQL",
    "auditor.technologies.postgres:POSTGRES",
    recognise,
    words=("postgres", "postmaster", "postgis", "pgvector", "timescale"),
    files="postgresql.conf, postgresql.auto.conf, pg_hba.conf, pg_ident.conf",
    versions="11 to 18",
    compared_with="postgresql 15",
)
