"""Every statement is written to a log in clear text.

## Why it matters
The general log holds each statement with its values: names, diagnoses, and in MySQL with `log_raw` also passwords. It is a
second copy of the records outside the database's access rules, and it is no audit log: it does not say who read what, and
nobody keeps it.

## Bad
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
general_log = 1  # <-
```

## Bad: with passwords
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
log_raw  # <-
```

## Good
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
general_log = 0
```

## Good: written nowhere
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
general_log = 1
log_output = NONE
```

## Fix
Switch it off, and use an audit plugin for the trail:
```text my.cnf
[mysqld]
general_log = OFF
```

## References
- MySQL 8.4 manual, 7.4.3 The General Query Log: https://dev.mysql.com/doc/refman/8.4/en/query-log.html
- MySQL 8.4 manual, 8.1.2.3 Passwords and Logging: https://dev.mysql.com/doc/refman/8.4/en/password-logging.html
- MariaDB documentation, General Query Log: https://mariadb.com/kb/en/general-query-log/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check(
    "mysql-queries-in-clear-log",
    severity=MEDIUM,
    control=Control.PHI_EXPOSURE,
    also=(Control.INFORMATION_DISCLOSURE,),
    cwe=532,
)
def mysql_queries_in_clear_log(mysql: Mysql) -> Iterator[Diagnostic]:
    if known(mysql.on("general_log")) and "NONE" not in [word.upper() for word in known(mysql.words("log_output"))]:
        yield fail(
            f"{mysql.label} writes every statement with its values to the general log",
            at=mysql.where("general_log"),
            key="general_log",
            expected="general_log = OFF",
        )
    if mysql.is_set("log_raw") and known(mysql.on("log_raw")):
        yield fail(
            f"{mysql.label} writes passwords of statements to its logs (log_raw)",
            at=mysql.where("log_raw"),
            key="log_raw",
            expected="log_raw = OFF",
        )
