"""The binary log is not written to disk with each transaction.

## Why it matters
After a crash the binary log may lack transactions that the server has: replicas and a restore to a point in time miss them
for good. `sync_binlog` is 1 by default in MySQL and 0 in MariaDB.

## Bad: the default of MariaDB
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
log_bin = mariadb-bin  # <-
```

## Bad
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
sync_binlog = 100  # <-
```

## Good
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
log_bin = mariadb-bin
sync_binlog = 1
```

## Good: there is no binary log
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
log_bin = mariadb-bin
skip-log-bin
```

## Fix
```text my.cnf
[mysqld]
sync_binlog = 1
```

## References
- MySQL 8.4 manual, 19.1.6.4 Binary Logging Options and Variables (sync_binlog): https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html
- MariaDB documentation, Replication and Binary Log System Variables (sync_binlog): https://mariadb.com/kb/en/replication-and-binary-log-system-variables/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-binlog-not-synced", severity=MEDIUM, control=Control.DURABILITY, also=(Control.BACKUP,))
def mysql_binlog_not_synced(mysql: Mysql) -> Iterator[Diagnostic]:
    if known(mysql.on("log_bin")) and known(mysql.number("sync_binlog")) != 1:
        yield fail(
            f"The binary log of {mysql.label} lacks the last transactions after a crash (sync_binlog {mysql.number('sync_binlog')})",
            at=mysql.place("sync_binlog", "log_bin"),
            expected="sync_binlog = 1",
        )
