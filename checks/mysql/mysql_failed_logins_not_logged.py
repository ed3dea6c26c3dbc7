"""The error log does not hold refused log-ins.

## Why it matters
Guessing of passwords goes unseen. MySQL writes refused log-ins only at `log_error_verbosity` 3, and its default from 8.0 on
is 2; MariaDB writes them with `log_warnings` 2, its default.

## Bad: the default of MySQL 8
```text my.cnf
[mysqld-8.4]  # <-
bind-address = 127.0.0.1
```

## Bad: switched off
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
log_warnings = 1  # <-
```

## Good
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
log_error_verbosity = 3
```

## Good: the default of MariaDB
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
```

## Fix
```text my.cnf
[mysqld]
log_error_verbosity = 3
```

and in MariaDB `log_warnings = 2`.

## References
- MySQL 8.4 manual, 7.4.2.5 Priority-Based Error Log Filtering: https://dev.mysql.com/doc/refman/8.4/en/error-log-priority-based-filtering.html
- MariaDB documentation, Server System Variables (log_warnings): https://mariadb.com/kb/en/server-system-variables/
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.mysql import Mysql


@check(
    "mysql-failed-logins-not-logged", severity=LOW, control=Control.AUDIT_LOGGING, also=(Control.MONITORING,), cwe=778
)
def mysql_failed_logins_not_logged(mysql: Mysql) -> Iterator[Diagnostic]:
    if not mysql.product:
        yield not_evaluated("whether it is MySQL or MariaDB, which differ here, is not known")
        return
    name, least = ("log_warnings", 2) if mysql.product == "mariadb" else ("log_error_verbosity", 3)
    if known(mysql.number(name)) < least:
        yield fail(
            f"{mysql.label} does not write refused log-ins to its error log",
            at=mysql.where(name),
            severity=MEDIUM if mysql.is_set(name) and mysql.number(name) == least - 2 else LOW,
            expected=f"{name} = {least}",
        )
