"""The server loads functions from libraries that were not made for it.

## Why it matters
`allow-suspicious-udfs` drops the test that a library with a user-defined function was written as one. Whoever may create
functions then calls any function of any library on the host with the server's rights.

## Bad
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
allow-suspicious-udfs  # <-
```

## Good
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
```

## Good: switched off
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
skip-allow-suspicious-udfs
```

## Fix
Delete the line.

## References
- MySQL 8.4 manual, 7.1.7 Server Command Options (allow-suspicious-udfs): https://dev.mysql.com/doc/refman/8.4/en/server-options.html
- MariaDB documentation, mariadbd options (allow-suspicious-udfs): https://mariadb.com/kb/en/mariadbd-options/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-untrusted-functions", severity=MEDIUM, control=Control.CODE_EXECUTION, cwe=427)
def mysql_untrusted_functions(mysql: Mysql) -> Iterator[Diagnostic]:
    if known(mysql.on("allow_suspicious_udfs")):
        yield fail(
            f"{mysql.label} loads functions from any library",
            at=mysql.where("allow_suspicious_udfs"),
            expected="no allow-suspicious-udfs",
        )
