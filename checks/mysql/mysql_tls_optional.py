"""MySQL or MariaDB accepts clients without TLS beside those with it.

## Why it matters
A client that does not ask for TLS is served without it, and so is one whose TLS an attacker on the path strips off. Most
drivers fall back to clear text by themselves. `require_secure_transport` is off by default in every version.

## Bad: the default
```yaml compose.yaml
services:
  db:
    image: mysql:8.4  # <-
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
    ports: ["3306:3306"]
```

## Bad: a word that is not ON
```text my.cnf
[mysqld-8.4]
bind-address = 10.20.0.5
require_secure_transport = yes  # <-
```

## Bad: MySQL or MariaDB, the files do not tell
```text my.cnf
[mysqld]
bind-address = 10.20.0.5  # <-
datadir = /var/lib/mysql
```

## Bad: MySQL 5.7, which may have made itself a certificate
```yaml compose.yaml
services:
  db:
    image: mysql:5.7  # <-
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
    ports: ["3306:3306"]
```

## Good
```text my.cnf
[mysqld-8.4]
bind-address = 10.20.0.5
require-secure-transport
```

## Good: whichever of the two it is
```text my.cnf
[mysqld]
bind-address = 10.20.0.5
require_secure_transport = 1
```

## Good: a flag switches it on
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    command: mysqld --require_secure_transport=ON
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good: no remote client
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
mysqlx = 0
```

## Fix
```text my.cnf
[mysqld]
require_secure_transport = ON
```

## References
- MySQL 8.4 manual, 7.1.8 Server System Variables (require_secure_transport): https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html
- MariaDB documentation, SSL/TLS System Variables (require_secure_transport): https://mariadb.com/kb/en/ssltls-system-variables/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-tls-optional", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def mysql_tls_optional(mysql: Mysql) -> Iterator[Diagnostic]:
    if not known(mysql.serves_remote_clients) or known(mysql.refuses_clear_text):
        return
    tls = mysql.has_tls
    if tls is not False:  # without TLS at all it is mysql-no-tls
        beside = " beside those with it" if tls is True else ""
        yield fail(
            f"{mysql.label} accepts clients without TLS{beside}; {mysql.exposure.reason}",
            at=mysql.place("require_secure_transport", "bind_address"),
            severity=mysql.exposure.scale(HIGH),
            expected="require_secure_transport = ON",
        )
