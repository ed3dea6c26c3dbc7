"""Accounts with the FILE privilege read and write files anywhere on the server.

## Why it matters
With an empty `secure_file_priv`, SELECT … INTO OUTFILE and LOAD_FILE reach every file that the server's process may: an
injection through such an account writes a web shell or reads keys. Empty is the default of MariaDB; the packages of MySQL
name a folder.

## Bad: the default of MariaDB
```text my.cnf
[mariadb]  # <-
bind-address = 127.0.0.1
```

## Bad: emptied
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
secure-file-priv = ""  # <-
```

## Good
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
secure_file_priv = /var/lib/mysql-files
```

## Good: the default of MySQL
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
```

## Fix
Name a folder that holds nothing else:
```text my.cnf
[mysqld]
secure_file_priv = /var/lib/mysql-files
```

## References
- MySQL 8.4 manual, 7.1.8 Server System Variables (secure_file_priv): https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html
- MariaDB documentation, Server System Variables (secure_file_priv): https://mariadb.com/kb/en/server-system-variables/
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check(
    "mysql-file-access-unrestricted",
    severity=MEDIUM,
    control=Control.AUTHORIZATION,
    also=(Control.CODE_EXECUTION,),
    cwe=22,
)
def mysql_file_access_unrestricted(mysql: Mysql) -> Iterator[Diagnostic]:
    if not known(mysql.text("secure_file_priv")):
        yield fail(
            f"Accounts of {mysql.label} with the FILE privilege read and write files in any folder",
            at=mysql.where("secure_file_priv"),
            severity=MEDIUM if mysql.is_set("secure_file_priv") else LOW,
            expected="secure_file_priv with a folder of its own",
        )
