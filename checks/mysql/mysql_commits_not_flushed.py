"""MySQL or MariaDB loses acknowledged transactions in a crash.

## Why it matters
With `innodb_flush_log_at_trx_commit` 0 or 2 the log reaches the disk once a second: a crash of the host loses the last
second of transactions that users believe stored.

## Bad
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
innodb_flush_log_at_trx_commit = 2  # <-
```

## Bad: a flag of the container
```yaml compose.yaml
services:
  db:
    image: mariadb:10.11
    command: ["--innodb-flush-log-at-trx-commit=0"]  # <-
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
innodb_flush_log_at_trx_commit = 1
```

## Good: the last one counts
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
innodb_flush_log_at_trx_commit = 2
[server]
innodb-flush-log-at-trx-commit = 1
```

## Fix
```text my.cnf
[mysqld]
innodb_flush_log_at_trx_commit = 1
```

## References
- MySQL 8.4 manual, 17.14 InnoDB Startup Options (innodb_flush_log_at_trx_commit): https://dev.mysql.com/doc/refman/8.4/en/innodb-parameters.html
- MariaDB documentation, InnoDB System Variables: https://mariadb.com/kb/en/innodb-system-variables/
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-commits-not-flushed", severity=MEDIUM, control=Control.DURABILITY)
def mysql_commits_not_flushed(mysql: Mysql) -> Iterator[Diagnostic]:
    value = known(mysql.number("innodb_flush_log_at_trx_commit"))
    if value in {0, 2}:
        yield fail(
            f"{mysql.label} loses the last second of transactions in a crash of {'its host' if value else 'its own'}"
            f" (innodb_flush_log_at_trx_commit {value})",
            at=mysql.where("innodb_flush_log_at_trx_commit"),
            # Other members of a Galera cluster have the transactions that one of them loses.
            severity=LOW if mysql.has("wsrep_on") and mysql.on("wsrep_on") is True else MEDIUM,
            expected="innodb_flush_log_at_trx_commit = 1",
        )
