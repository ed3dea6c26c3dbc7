"""PostgreSQL lets every user into every database from any address.

## Why it matters
One line with `all` databases, `all` users and any address leaves the network to decide who may try, and gives
every stolen or guessed password the whole server, superusers included.

## Bad
```text pg_hba.conf
hostssl all all 0.0.0.0/0 scram-sha-256 # <-
```

## Bad: the keyword
```text pg_hba.conf
hostssl all all all scram-sha-256 # <-
```

## Bad: what the image adds, with the port published
```yaml compose.yaml
services:
  db:
    image: postgres:16 # <-
    ports: ["5432:5432"]
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
```

## Good
```text pg_hba.conf
hostssl clinic clinic_app 10.20.0.0/16 scram-sha-256
```

## Good: all, in quotes, is the name of a database
```text pg_hba.conf
hostssl "all" all 0.0.0.0/0 scram-sha-256
```

## Good: any address, for one user and one database
```text pg_hba.conf
hostssl clinic clinic_app 0.0.0.0/0 cert
```

## Fix
Name database, user and network of each application:
```text pg_hba.conf
hostssl clinic clinic_app 10.20.0.0/16 scram-sha-256
```

## References
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, Reach, Related, Unknown, check, fail
from auditor.technologies.postgres import PgHba


@check(
    "postgres-hba-any-address",
    severity=MEDIUM,
    control=Control.NETWORK_EXPOSURE,
    also=(Control.AUTHORIZATION,),
    cwe=284,
)
def postgres_hba_any_address(hba: PgHba) -> Iterator[Diagnostic]:
    rules = [
        rule
        for rule in hba.reachable()
        if rule.address is not None
        and rule.address.is_any
        and rule.for_all_users
        and rule.for_all_databases
        and rule.method not in {"reject", "trust"}
    ]
    if rules:
        first = rules[0]
        inside = hba.exposure.reach in {Reach.CONTAINER_NETWORK, Reach.NAMED_PEERS} and bool(first.from_image)
        yield fail(
            f"All users may connect to all databases from any address{_by(first.method)}",
            at=first.at,
            severity=LOW if inside or hba.exposure.is_loopback else MEDIUM,
            related=tuple(Related(rule.at, f"{rule}") for rule in rules[1:] if rule.at != first.at),
            key=first.key,
        )


def _by(method: str | Unknown) -> str:
    return "" if isinstance(method, Unknown) else f" ({method})"
