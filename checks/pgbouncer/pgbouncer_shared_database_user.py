"""All clients of a database get the same PostgreSQL user.

## Why it matters
A `user` in the connection string replaces the name that the client logged in with: PostgreSQL's rights and its log know
only that one account, and who read or changed which record is lost. With a superuser's account every client is one.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5 user=clinic_app  # <-
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
```

## Bad: a later line without a user does not take it back
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5 user=postgres  # <-
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5 auth_user=pgbouncer
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
```

## Good: PgBouncer's own client
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5 dbname='records of user=all'
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
```

## Fix
Let each client keep its own user; `auth_query` looks secrets up in PostgreSQL:
```text
[databases]
clinic = host=10.20.0.5 auth_user=pgbouncer
```

## References
- PgBouncer 1.25 manual, Section [databases] (user): https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check(
    "pgbouncer-shared-database-user",
    severity=HIGH,
    control=Control.AUTHORIZATION,
    also=(Control.AUDIT_LOGGING,),
    cwe=287,
)
def pgbouncer_shared_database_user(pooler: PgBouncer) -> Iterator[Diagnostic]:
    for database in pooler.databases:
        user = known(database.user)
        if user:
            name = "every other database" if database.name == "*" else f"the database {database.name}"
            yield fail(
                f"All clients of {name} become the user {user} of PostgreSQL",
                at=database.user_at,
                severity=pooler.exposure.scale(HIGH if user == "postgres" else MEDIUM),
                expected="no user in the connection string",
                key=database.name,
            )
