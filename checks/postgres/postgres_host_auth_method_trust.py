"""The postgres image lets clients in without a password.

## Why it matters
With `POSTGRES_HOST_AUTH_METHOD=trust` the image appends `host all all all trust` to pg_hba.conf, so that
every client that reaches the port logs in as any role, the superuser included, even if a password is set.

## Bad
```yaml compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_HOST_AUTH_METHOD: trust # <-
```

## Good
```yaml compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
```

## Good: a mounted file replaces what the variable writes
```yaml compose.yaml
services:
  db:
    image: postgres:16
    command: postgres -c hba_file=/etc/pg_hba.conf
    environment:
      POSTGRES_HOST_AUTH_METHOD: trust
    volumes:
      - ./pg_hba.conf:/etc/pg_hba.conf:ro
```
```text pg_hba.conf
host all all all scram-sha-256
```

## Fix
Remove the variable and give the superuser a password.
```yaml compose.yaml
environment:
  POSTGRES_PASSWORD_FILE: /run/secrets/db_password
```

## References
- Docker Official Image postgres, environment variables: https://github.com/docker-library/docs/blob/master/postgres/README.md
- PostgreSQL 18 manual, 20.4 Trust Authentication: https://www.postgresql.org/docs/18/auth-trust.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail
from auditor.technologies.postgres import PgHba


@check("postgres-host-auth-method-trust", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def postgres_host_auth_method_trust(hba: PgHba) -> Iterator[Diagnostic]:
    for rule in hba.authenticating("trust", remote=True):
        if rule.from_environment:
            yield fail(
                "POSTGRES_HOST_AUTH_METHOD=trust lets clients in without a password as any role",
                at=rule.at,
                severity=hba.exposure.scale(CRITICAL),
                key=rule.key,
            )
