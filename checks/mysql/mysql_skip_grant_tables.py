"""MySQL or MariaDB lets anybody in as anybody.

## Why it matters
With `skip-grant-tables` the server does not read its privilege tables: any name with any password is let in and may do
everything. MariaDB goes on serving the network; MySQL 8.0 and later closes its TCP ports, so that every account of the
host is let in.

## Bad: left over from a password reset
```text my.cnf
[mariadb]
bind-address = 10.20.0.5
skip-grant-tables  # <-
```

## Bad: a flag of a container
```yaml compose.yaml
services:
  db:
    image: mariadb:10.11
    command: --skip-grant-tables  # <-
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Bad: MySQL lets local users in
```text my.cnf
[mysqld-8.0]
skip_grant_tables = ON  # <-
```

## Bad: MySQL or MariaDB, the files do not tell
```text my.cnf
[mysqld]
port = 3306
loose-skip-grant-tables = TRUE  # <-
```

## Bad: a unit's flag, whatever the host's option files say
```text etc/systemd/system/mariadb.service
[Service]
User=mysql
ExecStart=/usr/sbin/mariadbd --skip-grant-tables  # <-
```

## Good
```text my.cnf
[mariadb]
bind-address = 10.20.0.5
```

## Good: a later line switches it off
```text my.cnf
[mariadb]
bind-address = 10.20.0.5
skip-grant-tables
skip-grant-tables = 0
```

## Good: in a group that the server does not read
```text my.cnf
[mysqld]
bind-address = 10.20.0.5
[mysqldump]
skip-grant-tables
```

## Fix
Delete the line and restart. To reset a password, start the server by hand with `--skip-networking` beside it.

## References
- MySQL 8.4 manual, 7.1.7 Server Command Options (skip-grant-tables): https://dev.mysql.com/doc/refman/8.4/en/server-options.html
- MariaDB documentation, mariadbd options (skip-grant-tables): https://mariadb.com/kb/en/mariadbd-options/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, Unknown, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-skip-grant-tables", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def mysql_skip_grant_tables(mysql: Mysql) -> Iterator[Diagnostic]:
    if not known(mysql.is_open_to_all):
        return
    served = mysql.has_tcp
    if isinstance(served, Unknown):
        where = "from its own host, and from others if it still listens on TCP"
    else:
        where = mysql.exposure.reason if served else "from its own host, because it then listens on no TCP port"
    yield fail(
        f"{mysql.label} lets anybody in as anybody, without checking a password; {where}",
        at=mysql.where("skip_grant_tables"),
        severity=mysql.exposure.scale(CRITICAL) if served is True else HIGH,
        expected="no skip-grant-tables",
    )
