"""An application's account may administer PgBouncer.

## Why it matters
Users in `admin_users` open the console with their usual password: `KILL` and `SHUTDOWN` cut everybody off, `SHOW` tells
who works with which database from where, `RELOAD` and `SET` change what is in force. An application needs none of it.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5 user=clinic_app
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
admin_users = operator, clinic_app  # <-
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5 user=clinic_app
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
admin_users = pgbouncer_operator
stats_users = clinic_app
```

## Fix
```text
admin_users = pgbouncer_operator
stats_users = monitoring
```

## References
- PgBouncer 1.25 manual, admin_users, stats_users: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-console-for-application", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=250)
def pgbouncer_console_for_application(pooler: PgBouncer) -> Iterator[Diagnostic]:
    accounts = {known(database.user) for database in pooler.databases}
    for name in known(pooler.names("admin_users")):
        if name in accounts:
            yield fail(
                f"The account {name}, which clients of a database use, may administer PgBouncer",
                at=pooler.where("admin_users"),
                severity=pooler.exposure.scale(MEDIUM),
                expected="admin_users with accounts of operators only",
                key=name,
            )
