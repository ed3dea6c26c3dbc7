"""PgBouncer looks passwords up with a query that only a superuser may run.

## Why it matters
The default `auth_query` reads `pg_shadow` or `pg_authid`, so that `auth_user` has to be a superuser: whoever takes the
pooler over has the whole cluster. A function with the rights of its owner does with an account that may call just that.

## Bad: the default query
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
auth_user = pgbouncer  # <-
```

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5 auth_user=pgbouncer
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
auth_query = SELECT rolname, rolpassword FROM pg_authid WHERE rolname=$1  # <-
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
auth_user = pgbouncer
auth_query = SELECT uname, phash FROM user_lookup($1)
```

## Good: nothing is looked up
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
auth_file = /etc/pgbouncer/userlist.txt
```

## Fix
Make a `SECURITY DEFINER` function that a plain account may call, and query that:
```text
auth_user = pgbouncer
auth_query = SELECT uname, phash FROM user_lookup($1)
```

## References
- PgBouncer 1.25 manual, auth_query, and the example of a function: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-auth-query-superuser", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=250)
def pgbouncer_auth_query_superuser(pooler: PgBouncer) -> Iterator[Diagnostic]:
    users = {known(database.auth_user) for database in pooler.databases} | {known(pooler.text("auth_user")) or ""}
    if not any(users) or known(pooler.auth_type) in {"any", "pam", "ldap"}:
        return
    query = known(pooler.text("auth_query"))
    if not query or "pg_shadow" in query.lower() or "pg_authid" in query.lower():
        yield fail(
            f"PgBouncer reads the secrets of all roles as {' or '.join(sorted(filter(None, users)))}, which takes a superuser",
            at=pooler.where("auth_query" if query else "auth_user"),
            expected="auth_query with a function",
        )
