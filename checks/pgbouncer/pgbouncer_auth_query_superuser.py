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

## Bad: the image looks up as the superuser
```yaml compose.yaml
services:
  pooler:
    image: edoburu/pgbouncer:v1.24.1-p1  # <-
    environment:
      DB_HOST: db
      DB_USER: postgres
      DB_PASSWORD: ${DB_PASSWORD}
      AUTH_TYPE: scram-sha-256
```

## Good: the image looks up as an account that cannot
```yaml compose.yaml
services:
  pooler:
    image: edoburu/pgbouncer:v1.24.1-p1
    environment:
      DB_HOST: db
      DB_USER: portal
      DB_PASSWORD: ${DB_PASSWORD}
      AUTH_TYPE: scram-sha-256
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
    query = known(pooler.text("auth_query"))
    users = {known(pooler.text("auth_user")) or ""}
    for database in pooler.databases:
        # An image that always names its account makes the query fail harmlessly where that is no superuser.
        if query or not database.auth_user_by_image or database.auth_user == "postgres":
            users.add(known(database.auth_user))
    if not any(users) or known(pooler.auth_type) in {"any", "pam", "ldap"}:
        return
    if not query or "pg_shadow" in query.lower() or "pg_authid" in query.lower():
        yield fail(
            f"PgBouncer reads the secrets of all roles as {' or '.join(sorted(filter(None, users)))}, which takes a superuser",
            at=pooler.where("auth_query" if query else "auth_user"),
            expected="auth_query with a function",
        )
