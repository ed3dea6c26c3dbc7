"""PostgreSQL accepts TLS 1.0 or 1.1.

## Why it matters
TLS 1.0 and 1.1 have known weaknesses and are withdrawn (RFC 8996); an attacker on the path can make clients
use them. From version 13 on the server refuses them unless told otherwise.

## Bad
```text postgresql.conf
ssl = on
listen_addresses = '10.20.0.5'
ssl_min_protocol_version = 'TLSv1' # <-
```

## Bad: an upper limit
```text postgresql.conf
ssl = on
ssl_max_protocol_version = 'TLSv1.1' # <-
ssl_min_protocol_version = 'TLSv1.2'
```

## Good
```text postgresql.conf
ssl = on
listen_addresses = '10.20.0.5'
ssl_min_protocol_version = 'TLSv1.2'
```

## Good: the last one counts
```text postgresql.conf
ssl = on
ssl_min_protocol_version = 'TLSv1'
ssl_min_protocol_version = 'TLSv1.3'
```

## Fix
Require TLS 1.2 or later:
```text postgresql.conf
ssl_min_protocol_version = 'TLSv1.2'
```

## References
- PostgreSQL 18 manual, 19.3 Connections and Authentication: https://www.postgresql.org/docs/18/runtime-config-connection.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-ssl-protocol", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def postgres_ssl_protocol(postgres: Postgres) -> Iterator[Diagnostic]:
    if not known(postgres.on("ssl")):
        return
    for name in ("ssl_min_protocol_version", "ssl_max_protocol_version"):
        version = known(postgres.text(name))
        if version in {"TLSv1", "TLSv1.1"}:
            yield fail(f"PostgreSQL accepts TLS 1.0 or 1.1: {name} is {version}", at=postgres.where(name), key=name)
