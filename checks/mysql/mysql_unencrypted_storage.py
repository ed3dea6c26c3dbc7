"""MySQL or MariaDB writes its data unencrypted.

## Why it matters
A disk, a snapshot or a backup that leaves the server can be read with any server of the kind. Tables, redo log, binary log
and temporary files are switched on one by one, and each needs a key plugin.

## Bad: the default
```text my.cnf
[mariadb]  # <-
bind-address = 127.0.0.1
```

## Bad: the tables only
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
early-plugin-load = keyring_file.so
default_table_encryption = ON  # <-
```

## Good
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load_add = file_key_management
loose_file_key_management_filename = /etc/mysql/keys.enc
innodb_encrypt_tables = FORCE
innodb_encrypt_log = ON
encrypt_binlog = ON
encrypt_tmp_files = ON
```

## Good: there is no binary log to encrypt
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
default_table_encryption = ON
innodb_redo_log_encrypt = ON
skip-log-bin
```

## Fix
Encrypt all that is written, with the key elsewhere:
```text my.cnf
[mariadb]
plugin_load_add = file_key_management
innodb_encrypt_tables = FORCE
innodb_encrypt_log = ON
encrypt_binlog = ON
encrypt_tmp_files = ON
```

or put the data directory on an encrypted volume (LUKS, an encrypted cloud disk) and record that decision.

## References
- MySQL 8.4 manual, 17.13 InnoDB Data-at-Rest Encryption: https://dev.mysql.com/doc/refman/8.4/en/innodb-data-encryption.html
- MariaDB documentation, Data-at-Rest Encryption Overview: https://mariadb.com/kb/en/data-at-rest-encryption-overview/
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.mysql import Mysql

_PARTS = {
    "mariadb": {
        "innodb_encrypt_tables": "tables",
        "innodb_encrypt_log": "the redo log",
        "encrypt_binlog": "the binary log",
        "encrypt_tmp_files": "temporary files",
    },
    "mysql": {
        "default_table_encryption": "tables",
        "innodb_redo_log_encrypt": "the redo log",
        "binlog_encryption": "the binary log",
    },
}


@check("mysql-unencrypted-storage", severity=MEDIUM, control=Control.ENCRYPTION_AT_REST, cwe=311)
def mysql_unencrypted_storage(mysql: Mysql) -> Iterator[Diagnostic]:
    if not mysql.product:
        yield not_evaluated("whether it is MySQL or MariaDB, which differ here, is not known")
        return
    parts = _PARTS[mysql.product]
    if not all(mysql.has(name) for name in parts):
        return  # MySQL before 8.0 encrypts table by table
    off = [name for name in parts if not known(mysql.on(name))]
    if not known(mysql.on("log_bin")):
        off = [name for name in off if "binlog" not in name]
    tables = next(iter(parts))
    if tables in off:
        yield fail(
            f"{mysql.label} writes its tables unencrypted, so that only the volume below can protect them",
            at=mysql.where(tables),
            severity=LOW,
            expected=f"{tables} = ON with a key plugin, or an encrypted volume",
        )
    elif off:
        what = " and ".join(parts[name] for name in off)
        yield fail(
            f"{mysql.label} encrypts its tables, and writes {what} in clear",
            at=mysql.place(off[0], tables),
            expected=", ".join(f"{name} = ON" for name in off),
        )
