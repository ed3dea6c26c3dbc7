"""MySQL or MariaDB keeps idle sessions open for hours.

## Why it matters
A session that a person left open stays logged in, with all it may read. `interactive_timeout` ends idle sessions of people,
`wait_timeout` those of programs; both are eight hours by default. Programs with a pool of connections open new ones.

## Bad: the default
```text my.cnf
[mysqld]  # <-
bind-address = 127.0.0.1
```

## Bad
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
interactive_timeout = 86400  # <-
wait_timeout = 86400
```

## Good
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
interactive_timeout = 900
wait_timeout = 3600
```

## Good: sessions of people end
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
interactive-timeout = 15m
interactive-timeout = 1800
```

## Fix
```text my.cnf
[mysqld]
interactive_timeout = 900
wait_timeout = 3600
```

## References
- MySQL 8.4 manual, 7.1.8 Server System Variables (interactive_timeout, wait_timeout): https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html
- MariaDB documentation, Server System Variables: https://mariadb.com/kb/en/server-system-variables/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql

_LONGEST = 3600
"""Seconds; an hour is generous for a session of a person at an unattended screen."""


@check("mysql-idle-timeout", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=613)
def mysql_idle_timeout(mysql: Mysql) -> Iterator[Diagnostic]:
    seconds = known(mysql.number("interactive_timeout"))
    if seconds > _LONGEST:
        yield fail(
            f"{mysql.label} ends idle sessions of people only after {seconds // 3600} hours",
            at=mysql.where("interactive_timeout"),
            expected="interactive_timeout = 900",
        )
