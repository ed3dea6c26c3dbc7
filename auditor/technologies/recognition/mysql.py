"""Tell the option files of MySQL and MariaDB from everything else."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig|fallback))*"
_NAME = lazy(rf"(?:.*[._-])?(?:my|mysql|mysqld|mariadb|mariadbd|percona)(?:[._-].*)?\.(?:cnf|ini){_VARIANT}")
_ENDING = lazy(rf".*\.(?:cnf|conf|cfg|ini){_VARIANT}")
_FOLDERS = lazy(r"(?:^|/)(?:[^/]*(?:mysql|mariadb|percona|my\.cnf\.d)[^/]*)/")
_SERVER_GROUPS = r"mysqld|mariadb|mariadbd|mysqld_safe|mariadbd?-safe|mysqld_multi|client-server|galera|embedded"
_OWN_GROUP = lazy(
    rf"^[ \t]*\[(?:(?:{_SERVER_GROUPS})(?:-\d+\.\d+)?|mysqldump|mysqladmin|mysqlcheck|client-mariadb)[ \t]*\]",
    re.M | re.I,
)
_ANY_GROUP = lazy(r"^[ \t]*\[(?:mysql\w*|mariadb[\w-]*|client[\w-]*|server|xtrabackup|galera)[ \t]*\]", re.M | re.I)
_OPTION = lazy(
    r"^[ \t]*(?:loose[-_])?(?:datadir|socket|pid[-_]file|bind[-_]address|port|user|innodb[-_][\w-]+|max[-_]connections"
    r"|max[-_]allowed[-_]packet|character[-_]set[-_]server|collation[-_]server|sql[-_]mode|log[-_]bin|log[-_]error"
    r"|server[-_]id|key[-_]buffer[-_]size|skip[-_][\w-]+|default[-_][\w-]+|ssl[-_][\w-]+|wsrep[-_][\w-]+"
    r"|performance[-_]schema)"
    r"[ \t]*(?:=|#|$)",
    re.M | re.I,
)
_INCLUDE = lazy(r"^[ \t]*![ \t]*include(?:dir)?[ \t]+\S", re.M)
_PERSISTED = lazy(r'"mysql_(?:server|dynamic_\w+|static_\w+)"')


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is an option file or the persisted variables of MySQL or MariaDB, None if it is neither."""
    if name == "mysqld-auto.cnf":
        return Recognition("named mysqld-auto.cnf", 3 if _PERSISTED.search(head) else 2)
    if not any(ending in name for ending in (".cnf", ".ini", ".conf", ".cfg")):
        return None
    if "[" not in head and "!include" not in head:
        return Recognition("named my.cnf", 2) if name in {"my.cnf", ".my.cnf"} and not head.strip() else None
    if _NAME.fullmatch(name) or (".cnf" in name and _FOLDERS.search(path.lower())):
        if _OWN_GROUP.search(head) or _ANY_GROUP.search(head):
            return Recognition("named like an option file, with groups of MySQL or MariaDB", 3)
        if _INCLUDE.search(head) and "[" not in head:
            return Recognition("named like an option file, and includes others", 2)
        return None
    if _ENDING.fullmatch(name) and _OWN_GROUP.search(head) and (".cnf" in name or _OPTION.search(head)):
        return Recognition("options of MySQL or MariaDB in their groups", 2)
    return None


TECHNOLOGY = Registered(
    "mysql",
    "MySQL and MariaDB",
    "auditor.technologies.mysql:MYSQL",
    recognise,
    words=("mysql", "mariadb", "percona"),
    files="my.cnf and other option files, mysqld-auto.cnf",
    versions="MySQL 5.7 to 9, MariaDB 10.5 to 11.8",
    compared_with="mariadb-server 10.11",
)
