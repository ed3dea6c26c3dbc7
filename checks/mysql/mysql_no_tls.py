"""MySQL or MariaDB serves clients of other hosts without TLS.

## Why it matters
Queries and records cross the network in clear text, and whoever stands in the way can change them. MariaDB up to 11.3 has
no TLS until it is given a certificate; MySQL and newer MariaDB make their own unless they are told not to.

## Bad: MariaDB without a certificate
```yaml compose.yaml
services:
  db:
    image: mariadb:10.11  # <-
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Bad: switched off
```text my.cnf
[mysqld-8.0]
bind-address = 10.20.0.5
skip-ssl  # <-
```

## Bad: no version is left
```text my.cnf
[mysqld-8.4]
bind-address = 10.20.0.5
tls_version =  # <-
```

## Good: a certificate
```text my.cnf
[mariadb-10.11]
bind-address = 10.20.0.5
ssl_cert = /etc/mysql/tls/server.crt
ssl_key = /etc/mysql/tls/server.key
```

## Good: MySQL makes its own
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good: no remote client
```text my.cnf
[mariadb-10.11]
bind-address = 127.0.0.1
```

## Fix
Give the server a certificate that clients can verify, and refuse clear text:
```text my.cnf
[mysqld]
ssl_cert = /etc/mysql/tls/server.crt
ssl_key = /etc/mysql/tls/server.key
require_secure_transport = ON
```

## References
- MySQL 8.4 manual, 8.3.1 Configuring MySQL to Use Encrypted Connections: https://dev.mysql.com/doc/refman/8.4/en/using-encrypted-connections.html
- MariaDB documentation, Securing Connections for Client and Server: https://mariadb.com/kb/en/securing-connections-for-client-and-server/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def mysql_no_tls(mysql: Mysql) -> Iterator[Diagnostic]:
    if not known(mysql.serves_remote_clients) or known(mysql.refuses_clear_text):
        return  # without TLS it then serves nobody over the network
    if not known(mysql.has_tls):
        yield fail(
            f"{mysql.label} serves clients without TLS; {mysql.exposure.reason}",
            at=mysql.place("ssl", "tls_version", "bind_address"),
            severity=mysql.exposure.scale(HIGH),
            expected="ssl_cert and ssl_key, and require_secure_transport = ON",
        )
