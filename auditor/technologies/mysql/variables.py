"""The system variables that checks ask for: kind, accepted values and the default of each version.

Read from `information_schema.system_variables` of MariaDB 10.11.19, "Server System Variables" in the MariaDB
documentation, and "Server System Variables", "InnoDB Startup Options" and "Binary Logging Options" in the manuals of
MySQL 5.7, 8.0, 8.4 and 9.0. MySQL 8.0.19 and 9.7 were asked for the defaults of bind_address, local_infile,
log_error_verbosity, sync_binlog and the encryption variables.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from auditor.records import dataclass

Version = tuple[int, int]

SUPPORTED: Final[Mapping[str, Version]] = {"mysql": (8, 0), "mariadb": (10, 6)}
"""The oldest series that still gets corrections; what a server of unknown version is judged on begins here."""


class Kind(Enum):
    """What a value is and how the server reads it."""

    BOOLEAN = "ON or OFF; anything else is OFF"
    SWITCH = "ON or OFF; anything else is ignored"
    INTEGER = "a whole number, with K, M, G, T, P or E behind it for powers of 1024"
    ENUM = "one of the listed words, its beginning or its number"
    SET = "a list of the listed words"
    TEXT = "text"
    SECRET = "secret text"  # noqa: S105  # a description of a kind, not a secret


@dataclass(frozen=True)
class Variable:
    """A variable. `mysql` and `mariadb` are (version from which it holds, default); None: there is no such variable.

    `bare` tells whether the option may stand without a value. `low` and `high` are what a number is limited to.
    """

    name: str
    kind: Kind
    mysql: tuple[tuple[Version, str | None], ...] = ()
    mariadb: tuple[tuple[Version, str | None], ...] = ()
    choices: tuple[str, ...] = ()
    bare: bool = False
    low: int = 0
    high: int = 2**32 - 1

    def defaults(self, product: str, version: Version | None) -> frozenset[str | None]:
        """Return the defaults that this server may have; several where product or version is not known."""
        products = [product] if product else ["mysql", "mariadb"]
        found: set[str | None] = set()
        for each in products:
            values = self.mysql if each == "mysql" else self.mariadb
            first = SUPPORTED[each] if version is None else version
            held = [value for since, value in values if since <= first]
            found.add(held[-1] if held else None)
            if version is None:
                found |= {value for since, value in values if since > first}
        return frozenset(found)


_ANY: Version = (0, 0)
_STRICT_MARIADB = "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION"
_STRICT_57 = (
    "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
    "NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION"
)
_STRICT_8 = _STRICT_57.replace("NO_AUTO_CREATE_USER,", "")
SQL_MODES: Final = (
    "REAL_AS_FLOAT", "PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE", "IGNORE_BAD_TABLE_OPTIONS", "ONLY_FULL_GROUP_BY",
    "NO_UNSIGNED_SUBTRACTION", "NO_DIR_IN_CREATE", "POSTGRESQL", "ORACLE", "MSSQL", "DB2", "MAXDB", "NO_KEY_OPTIONS",
    "NO_TABLE_OPTIONS", "NO_FIELD_OPTIONS", "MYSQL323", "MYSQL40", "ANSI", "NO_AUTO_VALUE_ON_ZERO",
    "NO_BACKSLASH_ESCAPES", "STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "NO_ZERO_IN_DATE", "NO_ZERO_DATE",
    "ALLOW_INVALID_DATES", "ERROR_FOR_DIVISION_BY_ZERO", "TRADITIONAL", "NO_AUTO_CREATE_USER", "HIGH_NOT_PRECEDENCE",
    "NO_ENGINE_SUBSTITUTION", "PAD_CHAR_TO_FULL_LENGTH", "EMPTY_STRING_IS_NULL", "SIMULTANEOUS_ASSIGNMENT",
    "TIME_ROUND_FRACTIONAL",
)  # fmt: skip
_TLS = ("TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3")
_MYSQL_TLS = (
    ((5, 7), "TLSv1,TLSv1.1,TLSv1.2"),
    ((8, 0), "TLSv1.2,TLSv1.3"),
)  # 8.0.28 dropped the old ones; before, 8.0 had them in its default, too


def _same(value: str | None) -> tuple[tuple[Version, str | None], ...]:
    return ((_ANY, value),)


def _both(name: str, kind: Kind, default: str, *, bare: bool = False, low: int = 0, high: int = 2**32 - 1) -> Variable:
    return Variable(name, kind, _same(default), _same(default), bare=bare, low=low, high=high)


def _mysql(name: str, kind: Kind, *defaults: tuple[Version, str | None], bare: bool = False) -> Variable:
    return Variable(name, kind, defaults, (), bare=bare)


def _mariadb(name: str, kind: Kind, default: str, *, bare: bool = False, high: int = 2**32 - 1) -> Variable:
    return Variable(name, kind, (), _same(default), bare=bare, high=high)


def _switched(name: str, mysql: str | None, mariadb: str | None) -> Variable:
    return Variable(
        name, Kind.BOOLEAN, () if mysql is None else _same(mysql), () if mariadb is None else _same(mariadb), bare=True
    )


_OFF, _ON = "OFF", "ON"
_ALL = (
    Variable("skip_grant_tables", Kind.SWITCH, _same(_OFF), _same(_OFF), bare=True),
    _switched("skip_networking", _OFF, _OFF),
    Variable("bind_address", Kind.TEXT, _same("*"), _same("*")),  # shown as an empty text by MariaDB
    _both("port", Kind.INTEGER, "3306", high=65535),
    _mysql("mysqlx", Kind.SWITCH, ((8, 0), _ON), bare=True),
    _mysql("mysqlx_bind_address", Kind.TEXT, ((8, 0), "*")),
    _mysql("mysqlx_port", Kind.INTEGER, ((8, 0), "33060")),
    _switched("require_secure_transport", _OFF, _OFF),
    Variable("ssl", Kind.BOOLEAN, ((_ANY, _ON), ((8, 4), None)), ((_ANY, _OFF), ((11, 4), _ON)), bare=True),
    Variable("tls_version", Kind.SET, _MYSQL_TLS, _same("TLSv1.2,TLSv1.3"), _TLS),
    _both("ssl_cert", Kind.TEXT, ""),
    _both("ssl_key", Kind.TEXT, ""),
    *(_both(name, Kind.TEXT, "") for name in ("ssl_ca", "ssl_capath", "ssl_cipher", "ssl_crl", "ssl_crlpath")),
    Variable("local_infile", Kind.BOOLEAN, ((_ANY, _ON), ((8, 0), _OFF)), _same(_ON), bare=True),
    Variable("secure_file_priv", Kind.TEXT, _same("NULL or /var/lib/mysql-files"), _same("")),
    Variable("allow_suspicious_udfs", Kind.SWITCH, _same(_OFF), _same(_OFF), bare=True),
    Variable("symbolic_links", Kind.SWITCH, ((_ANY, _ON), ((8, 0), _OFF)), _same(_ON), bare=True),
    Variable("old_passwords", Kind.BOOLEAN, ((_ANY, _OFF), ((8, 0), None)), _same(_OFF), bare=True),
    Variable("secure_auth", Kind.BOOLEAN, ((_ANY, _ON), ((8, 0), None)), _same(_ON), bare=True),
    _mysql(
        "default_authentication_plugin", Kind.TEXT,
        (_ANY, "mysql_native_password"), ((8, 0), "caching_sha2_password"), ((8, 4), None),
    ),
    _mysql("authentication_policy", Kind.TEXT, ((8, 0), "*,,")),
    _mysql("mysql_native_password", Kind.TEXT, ((8, 4), _OFF), ((9, 0), None), bare=True),
    _switched("strict_password_validation", None, _ON),
    Variable("max_password_errors", Kind.INTEGER, (), _same(str(2**32 - 1)), low=1),
    _mysql("validate_password_policy", Kind.TEXT, (_ANY, "MEDIUM")),
    _mysql("validate_password_length", Kind.INTEGER, (_ANY, "8")),
    _switched("general_log", _OFF, _OFF),
    Variable("log_output", Kind.SET, _same("FILE"), _same("FILE"), ("NONE", "FILE", "TABLE")),
    _mysql("log_raw", Kind.BOOLEAN, (_ANY, _OFF), bare=True),
    _mysql("log_error_verbosity", Kind.INTEGER, (_ANY, "3"), ((8, 0), "2")),
    _mariadb("log_warnings", Kind.INTEGER, "2", bare=True),
    _switched("server_audit_logging", None, _OFF),
    _mariadb("server_audit_events", Kind.TEXT, ""),
    _mariadb("server_audit_excl_users", Kind.TEXT, ""),
    _mariadb("server_audit_incl_users", Kind.TEXT, ""),
    _mysql("audit_log", Kind.TEXT, (_ANY, ""), bare=True),
    _mysql("audit_log_policy", Kind.TEXT, (_ANY, "ALL")),
    Variable("innodb_flush_log_at_trx_commit", Kind.INTEGER, _same("1"), _same("1"), bare=True, high=3),
    Variable("sync_binlog", Kind.INTEGER, ((_ANY, "1"),), _same("0")),
    Variable("innodb_doublewrite", Kind.SWITCH, _same(_ON), ((_ANY, _ON),), bare=True),
    Variable(
        "innodb_checksum_algorithm", Kind.ENUM, _same("crc32"), ((_ANY, "crc32"), ((10, 5), "full_crc32")),
        ("crc32", "strict_crc32", "full_crc32", "strict_full_crc32"),
    ),
    Variable("sql_mode", Kind.SET, ((_ANY, _STRICT_57), ((8, 0), _STRICT_8)), _same(_STRICT_MARIADB), SQL_MODES),
    Variable("log_bin", Kind.TEXT, ((_ANY, _OFF), ((8, 0), _ON)), _same(_OFF), bare=True),
    _mysql("default_table_encryption", Kind.BOOLEAN, ((8, 0), _OFF), bare=True),
    _mysql("innodb_redo_log_encrypt", Kind.BOOLEAN, ((8, 0), _OFF), bare=True),
    _mysql("binlog_encryption", Kind.BOOLEAN, ((8, 0), _OFF), bare=True),
    Variable("innodb_encrypt_tables", Kind.ENUM, (), _same(_OFF), (_OFF, _ON, "FORCE"), bare=True),
    _switched("innodb_encrypt_log", None, _OFF),
    _switched("encrypt_binlog", None, _OFF),
    _switched("encrypt_tmp_files", None, _OFF),
    _both("datadir", Kind.TEXT, "/var/lib/mysql"),
    _both("user", Kind.TEXT, ""),
    _both("wait_timeout", Kind.INTEGER, "28800", low=1, high=31536000),
    _both("interactive_timeout", Kind.INTEGER, "28800", low=1, high=31536000),
    _switched("skip_name_resolve", _OFF, _OFF),
    _switched("wsrep_on", None, _OFF),
    _mariadb("wsrep_provider", Kind.TEXT, "none"),
    _both("wsrep_cluster_address", Kind.TEXT, ""),
    _both("wsrep_provider_options", Kind.TEXT, ""),
    _mysql("group_replication_group_name", Kind.TEXT, (_ANY, "")),
    _mysql("group_replication_ssl_mode", Kind.TEXT, (_ANY, "DISABLED")),
)  # fmt: skip
VARIABLES: Final[Mapping[str, Variable]] = {variable.name: variable for variable in _ALL}

REMOVED: Final[Mapping[str, Mapping[str, Version]]] = {
    "mysql": {
        "old_passwords": (8, 0),
        "secure_auth": (8, 0),
        "log_warnings": (8, 0),
        "query_cache_size": (8, 0),
        "query_cache_type": (8, 0),
        "query_cache_limit": (8, 0),
        "innodb_file_format": (8, 0),
        "innodb_large_prefix": (8, 0),
        "innodb_locks_unsafe_for_binlog": (8, 0),
        "sync_frm": (8, 0),
        "tx_isolation": (8, 0),
        "ssl": (8, 4),
        "default_authentication_plugin": (8, 4),
        "expire_logs_days": (8, 4),
        "mysql_native_password": (9, 0),
    },
    "mariadb": {},
}
"""Options that are gone from a version on, so that a server that is given them does not start.

MySQL Server Version Reference, "Option and Variable Changes" for 8.0 and 8.4; MySQL 9.7.4 was tried."""
