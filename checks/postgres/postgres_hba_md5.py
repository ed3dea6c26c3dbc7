"""PostgreSQL authenticates with the outdated method md5.

## Why it matters
Where a password is stored as an MD5 hash, that hash alone is enough to log in, and it is cheap to crack.
Version 18 warns that MD5 passwords will go. (A role whose password is stored for SCRAM is asked with SCRAM
even under `md5`, so the finding is low where the server stores SCRAM.)

## Bad
```text pg_hba.conf
hostssl clinic clinic_app 10.20.0.0/16 md5 # <-
```

## Good
```text pg_hba.conf
hostssl clinic clinic_app 10.20.0.0/16 scram-sha-256
```

## Good: a line that is never reached
```text pg_hba.conf
host all all all scram-sha-256
host all all 10.20.0.0/16 md5
```

## Fix
Set `password_encryption = 'scram-sha-256'`, set every password again, then change the method:
```text pg_hba.conf
hostssl clinic clinic_app 10.20.0.0/16 scram-sha-256
```

## References
- PostgreSQL 18 manual, 20.5 Password Authentication: https://www.postgresql.org/docs/18/auth-password.html
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, Related, check, fail
from auditor.technologies.postgres import PgHba


@check("postgres-hba-md5", severity=MEDIUM, control=Control.AUTHENTICATION, also=(Control.WEAK_SECRET,), cwe=327)
def postgres_hba_md5(hba: PgHba) -> Iterator[Diagnostic]:
    rules = list(hba.authenticating("md5"))
    if rules:
        first = rules[0]
        stores_scram = hba.server is not None and hba.server.text("password_encryption") == "scram-sha-256"
        count = f"{len(rules)} records" if len(rules) > 1 else f"The record for {first.who} from {first.from_where}"
        yield fail(
            f"{count} authenticate{'' if len(rules) > 1 else 's'} with md5; roles with MD5 passwords log in with the hash alone",
            at=first.at,
            severity=LOW if stores_scram else MEDIUM,
            related=tuple(Related(rule.at, f"{rule}") for rule in rules[1:] if rule.at != first.at),
        )
