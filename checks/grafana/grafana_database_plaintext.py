"""Grafana's connection to its database on another host is not protected.

## Why it matters
Users, sessions and the encrypted passwords of data sources cross the network readable, with the password of the database.
With `require` or `skip-verify` they are encrypted, but for whoever answers in the database's place.

## Bad: the default is no TLS
```ini grafana.ini
[database]
type = postgres
host = db.clinic.example:5432  ; <-
user = grafana
```

## Bad: encrypted, but for anybody
```ini grafana.ini
[database]
type = mysql
host = db.clinic.example:3306
user = grafana
ssl_mode = skip-verify  ; <-
```

## Good
```ini grafana.ini
[database]
type = postgres
host = db.clinic.example:5432
user = grafana
ssl_mode = verify-full
ca_cert_path = /etc/grafana/tls/ca.crt
```

## Good: on the same host
```ini grafana.ini
[database]
type = postgres
host = /run/postgresql
user = grafana
```

## Good: SQLite, whatever host says
```ini grafana.ini
[database]
type = sqlite3
host = db.clinic.example:5432
```

## Fix
```ini
[database]
ssl_mode = verify-full
ca_cert_path = /etc/grafana/tls/ca.crt
```

## References
- Grafana 11, Configure Grafana, database (ssl_mode): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#database
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana

_UNVERIFIED = frozenset({"require", "skip-verify"})
_VERIFIED = frozenset({"verify-full", "verify-ca", "true"})


@check("grafana-database-plaintext", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def grafana_database_plaintext(grafana: Grafana) -> Iterator[Diagnostic]:
    database = known(grafana.database)
    if database is None or known(database.mode) in _VERIFIED:
        return
    explicit = grafana.settings.is_explicit("database.ssl_mode")
    at = next((n for n in ("ssl_mode", "url", "host") if grafana.settings.is_explicit(f"database.{n}")), "host")
    encrypts = explicit and database.mode in _UNVERIFIED
    # A name without a point is another container's or one of the same network.
    severity = HIGH if "." in database.host else MEDIUM
    yield fail(
        f"The connection to {database.kind} at {database.host} "
        + ("takes any certificate" if encrypts else "is not encrypted"),
        at=grafana.where(f"database.{at}"),
        severity=severity.lowered(1) if encrypts else severity,
        expected=f"ssl_mode = {'verify-full' if database.kind == 'postgres' else 'true'}",
    )
