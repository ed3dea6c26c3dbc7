"""The server may ask clients for files of theirs.

## Why it matters
With `local_infile` on, LOAD DATA LOCAL reads files on the machine of the client. A server that was taken over, or that
stands in the way, asks an application for its keys in this way, and an SQL injection reads files of the web server. It is
on by default in MariaDB, and off in MySQL from 8.0 on.

## Bad: the default of MariaDB
```text my.cnf
[mariadb]  # <-
bind-address = 127.0.0.1
```

## Bad
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
local-infile = 1  # <-
```

## Good
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
skip-local-infile
```

## Good: the default of MySQL
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
```

## Fix
```text my.cnf
[mysqld]
local_infile = OFF
```

## References
- MySQL 8.4 manual, 8.1.6 Security Considerations for LOAD DATA LOCAL: https://dev.mysql.com/doc/refman/8.4/en/load-data-local-security.html
- MariaDB documentation, Server System Variables (local_infile): https://mariadb.com/kb/en/server-system-variables/
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-local-infile", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=73)
def mysql_local_infile(mysql: Mysql) -> Iterator[Diagnostic]:
    if known(mysql.on("local_infile")):
        yield fail(
            f"{mysql.label} lets LOAD DATA LOCAL read files of its clients",
            at=mysql.where("local_infile"),
            severity=MEDIUM if mysql.is_set("local_infile") else LOW,
            expected="local_infile = OFF",
        )
