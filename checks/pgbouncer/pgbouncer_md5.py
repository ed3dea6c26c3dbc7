"""PgBouncer keeps a user's password as an MD5 hash.

## Why it matters
The MD5 hash that PostgreSQL keeps is salted with the user's name only, is tried billions of times a second, and is enough
to log in with where the method is `md5`. `md5`, the default, uses SCRAM for users whose SCRAM secret is known.

## Bad: hashes in the file of users
```text pgbouncer/pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = md5
auth_file = /etc/pgbouncer/userlist.txt
```
```text pgbouncer/userlist.txt
"clinic_app" "md50123456789abcdef0123456789abcdef"  # <-
```

## Good
```text pgbouncer/pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = md5
auth_file = /etc/pgbouncer/userlist.txt
```
```text pgbouncer/userlist.txt
; "old" "md50123456789abcdef0123456789abcdef"
"clinic_app" "SCRAM-SHA-256$4096:c2FtcGxlLW9ubHk=$c2FtcGxlLW9ubHk=:c2FtcGxlLW9ubHk="
```

## Fix
Give the users new passwords under `password_encryption = scram-sha-256` and copy their secrets from `pg_authid`:
```text
auth_type = scram-sha-256
```

## References
- PgBouncer 1.25 manual, auth_type; Authentication file format: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer, SecretKind


@check("pgbouncer-md5", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=916)
def pgbouncer_md5(pooler: PgBouncer) -> Iterator[Diagnostic]:
    users = known(pooler.users)
    for user in users.users if users is not None else ():
        if user.kind is SecretKind.MD5:
            yield fail(
                f"The password of the user {user.name} is kept as an MD5 hash",
                at=user.at,
                key=user.name,
                expected="a SCRAM secret",
            )
