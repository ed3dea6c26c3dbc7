"""MySQL or MariaDB listens on every address of its host.

## Why it matters
Every network that the host is on, also one added later, reaches the server; only passwords stand before the data. Without
a `bind-address` it listens everywhere; the packages of distributions set 127.0.0.1. Containers listen on all of their own
addresses as a rule, so this looks at servers on a host and at host networking.

## Bad: no bind-address
```text my.cnf
[mysqld]  # <-
datadir = /var/lib/mysql
```

## Bad: a later group opens it again
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
[server]
bind_address = 0.0.0.0  # <-
```

## Good
```text my.cnf
[mysqld]
bind-address = 10.20.0.5
```

## Good: a later line decides
```text my.cnf
[mysqld]
bind-address = *
bind-address = 127.0.0.1
```

## Good: an included file sets it
```text my.cnf
[mysqld]
datadir = /var/lib/mysql
!includedir conf.d
```
```text conf.d/network.cnf
[mysqld]
bind-address = 10.20.0.5
```

## Good: no network at all
```text my.cnf
[mysqld]
skip-networking
```

## Fix
Name the address that clients use:
```text my.cnf
[mysqld]
bind-address = 10.20.0.5
```

## References
- MySQL 8.4 manual, 7.1.8 Server System Variables (bind_address): https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html
- MariaDB documentation, Server System Variables (bind_address): https://mariadb.com/kb/en/server-system-variables/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Reach, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-binds-all-interfaces", severity=MEDIUM, control=Control.NETWORK_EXPOSURE, cwe=1327)
def mysql_binds_all_interfaces(mysql: Mysql) -> Iterator[Diagnostic]:
    if mysql.exposure.reach is Reach.LOOPBACK or (
        mysql.in_container and mysql.exposure.reach is not Reach.HOST_NETWORK
    ):
        return
    if "*" in known(mysql.addresses):
        yield fail(
            f"{mysql.label} listens on every address of its host",
            at=mysql.where("bind_address"),
            expected="bind-address with the address that clients use",
        )
