"""MySQL's X Protocol listens everywhere although the server was kept to loopback.

## Why it matters
MySQL 8.0 and later opens a second port, 33060, for the X Protocol, with the same accounts behind it. `bind-address` does not
hold for it: a server that was meant for its own host alone is still reachable through this port.

## Bad
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1  # <-
```

## Bad: opened by name
```text my.cnf
[mysqld-8.0]
bind-address = 127.0.0.1
mysqlx_bind_address = 0.0.0.0  # <-
```

## Good
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
mysqlx-bind-address = 127.0.0.1
```

## Good: switched off
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
loose-skip-mysqlx
```

## Good: MySQL 5.7 has no such port by itself
```text my.cnf
[mysqld-5.7]
bind-address = 127.0.0.1
```

## Fix
Close the port, or bind it, too:
```text my.cnf
[mysqld]
mysqlx = 0
```

## References
- MySQL 8.4 manual, 22.5.6.2 X Plugin Options and System Variables: https://dev.mysql.com/doc/refman/8.4/en/x-plugin-options-system-variables.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Reach, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-x-protocol-open", severity=MEDIUM, control=Control.NETWORK_EXPOSURE, cwe=668)
def mysql_x_protocol_open(mysql: Mysql) -> Iterator[Diagnostic]:
    if mysql.product != "mysql" or not mysql.has("mysqlx") or not known(mysql.on("mysqlx")):
        return
    if known(mysql.has_tcp) is False or known(mysql.listens_beyond_loopback) or mysql.exposure.reach is Reach.UNKNOWN:
        return
    addresses = known(mysql.words("mysqlx_bind_address"))
    if any(address in {"*", "0.0.0.0", "::"} for address in addresses):  # noqa: S104  # read, not bound
        yield fail(
            "MySQL listens for the X Protocol on every address (port 33060), and only its other port is kept to loopback",
            at=mysql.place("mysqlx_bind_address", "bind_address"),
            expected="mysqlx = 0, or mysqlx-bind-address = 127.0.0.1",
        )
