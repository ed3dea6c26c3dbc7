"""MySQL or MariaDB keeps no binary log.

## Why it matters
The binary log is what a restore to a point in time and every replica are made from. Without it, all changes since the last
backup are lost with the host. MySQL writes it by default from 8.0 on; MariaDB does not.

## Bad: the default of MariaDB
```text my.cnf
[mariadb]  # <-
bind-address = 127.0.0.1
```

## Bad: switched off
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
skip-log-bin  # <-
```

## Good
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
log-bin
```

## Good: the default of MySQL
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
```

## Good: a cluster keeps copies
```text my.cnf
[galera]
bind-address = 127.0.0.1
wsrep_on = ON
wsrep_cluster_address = gcomm://10.20.0.5,10.20.0.6
```

## Fix
```text my.cnf
[mariadb]
log_bin = mariadb-bin
sync_binlog = 1
binlog_expire_logs_seconds = 1209600
```

## References
- MySQL 8.4 manual, 9.5 Point-in-Time (Incremental) Recovery: https://dev.mysql.com/doc/refman/8.4/en/point-in-time-recovery.html
- MariaDB documentation, Activating the Binary Log: https://mariadb.com/kb/en/activating-the-binary-log/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-no-binlog", severity=LOW, control=Control.BACKUP, also=(Control.DURABILITY,))
def mysql_no_binlog(mysql: Mysql) -> Iterator[Diagnostic]:
    if known(mysql.on("log_bin")) or (mysql.has("wsrep_on") and known(mysql.on("wsrep_on"))):
        return
    yield fail(
        f"{mysql.label} keeps no binary log, so that what changed since the last backup cannot be restored",
        at=mysql.where("log_bin"),
        expected="log_bin, with sync_binlog = 1",
    )
