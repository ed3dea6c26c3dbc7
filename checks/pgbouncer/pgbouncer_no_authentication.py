"""PgBouncer lets clients in without a password.

## Why it matters
PostgreSQL sees PgBouncer's own connection and trusts it; whom PgBouncer lets in is in the database. `trust` takes any
name of the file of users at its word. `any` does not even look at the name: every client becomes the user that
[databases] names, and may open the console with the name of an administrator.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = trust  # <-
```

## Bad: a later line, in capitals
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5 user=clinic
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
auth_type = ANY  # <-
```

## Bad: a variable of the image
```yaml compose.yaml
services:
  pooler:
    image: edoburu/pgbouncer:v1.24.1-p1
    environment:
      DB_HOST: db
      AUTH_TYPE: trust  # <-
    ports: ["5432:5432"]
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = trust
auth_type = scram-sha-256
auth_file = /etc/pgbouncer/userlist.txt
```

## Good: an included file says otherwise
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = trust
%include site.ini
```
```text site.ini
auth_type = scram-sha-256
```

## Fix
```text
auth_type = scram-sha-256
auth_file = /etc/pgbouncer/userlist.txt
```

## References
- PgBouncer 1.25 manual, auth_type: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def pgbouncer_no_authentication(pooler: PgBouncer) -> Iterator[Diagnostic]:
    kind = known(pooler.auth_type)
    if kind == "trust":
        what = "any name of the file of users is let in without a password"
    elif kind == "any":
        forced = sorted({user for database in pooler.databases if isinstance(user := database.user, str) and user})
        what = f"any name at all is let in without a password, as {' or '.join(forced) or 'an administrator of the console'}"
    else:
        return
    yield fail(
        f"PgBouncer asks nobody for a password (auth_type = {kind}): {what}; {pooler.exposure.reason}",
        at=pooler.where("auth_type"),
        severity=pooler.exposure.scale(CRITICAL),
        expected="auth_type = scram-sha-256",
    )
