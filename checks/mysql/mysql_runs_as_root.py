"""MySQL or MariaDB runs as root.

## Why it matters
Whoever makes the server read or write a file, load a library or run a program does so as root and has the whole host. The
server refuses to run as root unless it is told to.

## Bad
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
user = root  # <-
```

## Bad: a flag
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    command: mysqld --user=root  # <-
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
user = mysql
```

## Good: the name of an account, for a client
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
[client]
user = root
```

## Fix
```text my.cnf
[mysqld]
user = mysql
```

## References
- MySQL 8.4 manual, 8.1.5 How to Run MySQL as a Normal User: https://dev.mysql.com/doc/refman/8.4/en/changing-mysql-user.html
- MariaDB documentation, Running mariadbd as root: https://mariadb.com/kb/en/running-mysqld-as-root/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-runs-as-root", severity=HIGH, control=Control.PRIVILEGE, cwe=250)
def mysql_runs_as_root(mysql: Mysql) -> Iterator[Diagnostic]:
    if known(mysql.text("user")) in {"root", "0"}:
        yield fail(f"{mysql.label} runs as root", at=mysql.where("user"), expected="user = mysql")
