"""Tell pgbouncer.ini and PgBouncer's file of users from everything else."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|erb|orig|bak|default))*"
_NAME = lazy(rf"(?:.*[._-])?(?:pgbouncer|pgb)(?:[._-].*)?\.(?:ini|conf|cfg){_VARIANT}")
_ENDING = lazy(rf".*\.(?:ini|conf|cfg){_VARIANT}")
_USERS_NAME = lazy(rf"userlist(?:[._-].*)?\.txt{_VARIANT}")
_SECTION = lazy(r"^[ \t]*\[(pgbouncer|databases|users|peers)\]", re.M)
_PARAMETER = lazy(
    r"^[ \t]*(listen_addr|listen_port|auth_type|auth_file|auth_query|auth_user|auth_hba_file|pool_mode|admin_users"
    r"|stats_users|max_client_conn|default_pool_size|reserve_pool_size|server_reset_query|(?:client|server)_tls_\w+"
    r"|ignore_startup_parameters|max_db_connections|unix_socket_dir|logfile|pidfile)[ \t]*=",
    re.M,
)
_CONNECTION = lazy(r"^[ \t]*[^\s=;#\[]+[ \t]*=.*\b(?:host|dbname|port|auth_user|pool_size)[ \t]*=", re.M)
_USER = lazy(r'"(?:[^"\n]|"")+"[ \t]+"(?:[^"\n]|"")*"')


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of PgBouncer's, None if it is not."""
    if name.startswith("userlist"):
        is_named = _USERS_NAME.fullmatch(name) is not None
        return Recognition("users of PgBouncer", 3) if is_named and is_user_list(head) else None
    if not any(ending in name for ending in (".ini", ".conf", ".cfg")) or ("[" not in head and "pgb" not in name):
        return None
    sections = set(_SECTION.findall(head))
    parameters = set(_PARAMETER.findall(head))
    if _NAME.fullmatch(name):
        if "pgbouncer" in sections or parameters or (sections and _CONNECTION.search(head)):
            return Recognition("named after PgBouncer, with its sections or parameters", 3)
        return Recognition("named pgbouncer.ini", 2) if name == "pgbouncer.ini" and not head.strip() else None
    if _ENDING.fullmatch(name) and "pgbouncer" in sections and parameters:
        return Recognition("a section [pgbouncer] with its parameters", 2)
    return None


def is_user_list(text: str) -> bool:
    """Tell whether the lines are users with secrets (at least one, and nothing else before the first)."""
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped and not stripped.startswith((";", "{%", "{{")):
            return _USER.match(stripped) is not None
    return False


TECHNOLOGY = Registered(
    "pgbouncer",
    "PgBouncer",
    "auditor.technologies.pgbouncer:PGBOUNCER",
    recognise,
    words=("pgbouncer",),
    files="pgbouncer.ini, userlist.txt",
    versions="1.12 to 1.25",
    compared_with="pgbouncer 1.18",
)
