"""Servers of option files that no workload loads: which files belong together, and whose they are."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from auditor.patterns import lazy
from auditor.technologies.document import Document, FileView

from .build import service_of_files, service_of_persisted
from .loader import has_server_options, is_of_server
from .option_file import Include, OptionFile
from .persisted import PersistedVariables
from .resolve import resolve
from .service import Mysql
from .variables import VARIABLES, Version

_FOLDER = lazy(r"\.d$")
_OF_SERVER = lazy(r"(?:^|[\W_])(?:my|mysqld?|mariadbd?|percona|server|db|database)(?:$|[\W_\d])")
"""What the name of a main option file says; `galera.cnf` or `utf8.cnf` are made to lie beside one."""
_GROUP_VERSION = lazy(r"(?:mysqld|mariadbd?|client)-(\d{1,4})\.(\d{1,4})")
_MAIN = frozenset({"bind_address", "datadir", "port", "socket", "pid_file", "basedir", "skip_networking"})
"""What a main option file sets; files without any of these and without includes add to one that is somewhere else."""
_TUNING = frozenset({
    "sql_mode", "wait_timeout", "interactive_timeout", "skip_name_resolve", "default_authentication_plugin",
    "innodb_flush_log_at_trx_commit", "innodb_doublewrite", "innodb_checksum_algorithm", "sync_binlog",
})  # fmt: skip
"""Variables that a `my.cnf` mounted beside the image's own files often holds alone, with character sets and sizes."""
_WHOLE = (frozenset(VARIABLES) - _TUNING) | {"server_id", "log_error"}
"""What else says that a file with the name of a main one is one."""


def services_of_files(documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Mysql]:
    """Yield a server for each main option file, for each folder of parts left over, and for persisted variables."""
    files = [each for each in documents if isinstance(each, OptionFile)]
    groups: dict[tuple[str, ...], list[OptionFile]] = {}
    for document in files:
        folder = posixpath.dirname(document.source.path)
        in_folder = bool(_FOLDER.search(folder)) and not document.source.is_embedded
        groups.setdefault((folder,) if in_folder else (document.source.key, "alone"), []).append(document)
    included: set[str] = set()
    services: list[tuple[set[str], Mysql]] = []
    for key, members in groups.items():
        members.sort(key=lambda each: each.source.path)
        has_name = (
            len(key) > 1 and not members[0].source.is_embedded and _OF_SERVER.search(_name(members[0])) is not None
        )
        service = _service(members, views, _MAIN | _WHOLE if has_name else _MAIN)
        if service is not None:
            own = {each.source.key for each in members}
            services.append((own, service))
            included |= service.consumed - own
    yield from (service for own, service in services if not own & included)
    for each in documents:
        if isinstance(each, PersistedVariables) and each.source.key not in included:
            yield service_of_persisted(each)


def _service(members: Sequence[OptionFile], views: Mapping[str, FileView], main: frozenset[str]) -> Mysql | None:
    includes = any(isinstance(entry, Include) for each in members for entry in each.entries)
    if not any(has_server_options(each) for each in members) and not includes:
        return None
    product, version = product_of(members)
    is_part = not includes and not any(_sets_any(each, main) for each in members)
    view = views[members[0].source.key]
    service = service_of_files([each.source for each in members], view, product, version, is_part=is_part)
    own = {each.source.key for each in members}
    if not any(has_server_options(each) for each in members) and service.consumed <= own:
        return None  # it only includes what is not here
    return service


def _name(document: OptionFile) -> str:
    return posixpath.basename(document.source.path).lower()


def _sets_any(document: OptionFile, names: frozenset[str]) -> bool:
    return any(
        resolve(option.name, "", None).name in names and is_of_server(option.group) for option in document.options
    )


def product_of(members: Sequence[OptionFile]) -> tuple[str, Version | None]:
    """Return what the files' places, groups and options say of the product and its version."""
    text = " ".join(each.source.path.lower() for each in members)
    groups = [group for each in members for group in each.groups]
    versions = {
        (int(match[1]), int(match[2]))
        for group in groups
        if (match := _GROUP_VERSION.fullmatch(group)) and group.partition("-")[0] != "client"
    }
    version = versions.pop() if len(versions) == 1 else None
    names = {resolve(option.name, "", None).name for each in members for option in each.options}
    only_mariadb = [name for name in names if name in VARIABLES and not VARIABLES[name].mysql]
    only_mysql = [name for name in names if name in VARIABLES and not VARIABLES[name].mariadb]
    if "mariadb" in text or any("mariadb" in group or group in {"client-server", "galera"} for group in groups):
        return "mariadb", version if version is not None and version >= (10, 0) else None
    if version is not None:
        return ("mariadb" if version >= (10, 0) else "mysql"), version
    if "mysql.conf.d" in text or (only_mysql and not only_mariadb):
        return "mysql", None
    return ("mariadb", None) if only_mariadb and not only_mysql else ("", None)
