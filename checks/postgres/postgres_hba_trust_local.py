"""PostgreSQL lets processes of its own host in without a password.

## Why it matters
With `trust` on the Unix socket or on loopback every process on the host, in the container or in the pod (a
compromised web application, a sidecar, any shell account) becomes any database user, the superuser included.
`initdb` writes such lines unless told otherwise.

## Bad
```text pg_hba.conf
local all all trust # <-
host all all 127.0.0.1/32 trust
```

## Bad: what initdb writes in the image
```yaml compose.yaml
services:
  db:
    image: postgres:16 # <-
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
```

## Good
```text pg_hba.conf
local all all peer
host all all 127.0.0.1/32 scram-sha-256
```

## Good: initdb is told
```yaml compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
      POSTGRES_INITDB_ARGS: --auth=scram-sha-256
```

## Fix
Use `peer` on the socket and passwords on loopback; in the image set `POSTGRES_INITDB_ARGS: --auth=scram-sha-256`
before the first start.
```text pg_hba.conf
local all all peer
host all all 127.0.0.1/32 scram-sha-256
```

## References
- PostgreSQL 18 manual, 20.4 Trust Authentication: https://www.postgresql.org/docs/18/auth-trust.html
- PostgreSQL 18 manual, initdb: https://www.postgresql.org/docs/18/app-initdb.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, Related, check, fail
from auditor.technologies.postgres import PgHba


@check("postgres-hba-trust-local", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=306)
def postgres_hba_trust_local(hba: PgHba) -> Iterator[Diagnostic]:
    rules = list(hba.authenticating("trust", remote=False))
    if rules:
        first = rules[0]
        by_default = all(rule.from_image for rule in rules)
        ways = "the Unix socket or loopback" if len(rules) > 1 else first.from_where
        yield fail(
            f"Any local process logs in as any matching user over {ways} without a password"
            + (" (initdb's own lines)" if by_default else ""),
            at=first.at,
            severity=LOW if by_default else MEDIUM,
            related=tuple(Related(rule.at, f"{rule}") for rule in rules[1:] if rule.at != first.at),
        )
