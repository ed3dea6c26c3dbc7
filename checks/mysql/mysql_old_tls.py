"""MySQL or MariaDB accepts TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996): they rest on broken hashes and let an attacker force old ciphers.

## Bad
```text my.cnf
[mariadb-10.11]
bind-address = 10.20.0.5
ssl_cert = /etc/mysql/tls/server.crt
ssl_key = /etc/mysql/tls/server.key
tls_version = TLSv1.1,TLSv1.2  # <-
```

## Good
```text my.cnf
[mariadb-10.11]
bind-address = 10.20.0.5
ssl_cert = /etc/mysql/tls/server.crt
ssl_key = /etc/mysql/tls/server.key
tls_version = TLSv1.2,TLSv1.3
```

## Good: the last one counts
```text my.cnf
[mysqld-8.0]
bind-address = 10.20.0.5
tls_version = TLSv1,TLSv1.2
tls-version = TLSv1.2
```

## Fix
Leave the option out, or name the current versions:
```text my.cnf
[mysqld]
tls_version = TLSv1.2,TLSv1.3
```

## References
- MySQL 8.4 manual, 8.3.2 Encrypted Connection TLS Protocols and Ciphers: https://dev.mysql.com/doc/refman/8.4/en/encrypted-connection-protocols-ciphers.html
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def mysql_old_tls(mysql: Mysql) -> Iterator[Diagnostic]:
    old = {"tlsv1": "TLS 1.0", "tlsv1.0": "TLS 1.0", "tlsv1.1": "TLS 1.1"}
    found = [old[word.lower()] for word in known(mysql.words("tls_version")) if word.lower() in old]
    if not found:
        return
    if known(mysql.serves_remote_clients) and known(mysql.has_tls):
        yield fail(
            f"{mysql.label} accepts {' and '.join(found)}",
            at=mysql.where("tls_version"),
            severity=mysql.exposure.scale(MEDIUM),
            expected="tls_version = TLSv1.2,TLSv1.3",
        )
