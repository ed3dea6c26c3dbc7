"""PostgreSQL stores new passwords as MD5 hashes.

## Why it matters
An MD5 hash of password and user name is cheap to crack and is itself enough to log in. SCRAM verifiers are
salted, slow to crack and useless for logging in. Versions before 14 use MD5 unless told otherwise.

## Bad
```text postgresql.conf
password_encryption = md5 # <-
```

## Bad: the default of an old image
```yaml compose.yaml
services:
  db:
    image: postgres:13 # <-
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
```

## Bad: a value that meant md5 up to 13
```text etc/postgresql/12/main/postgresql.conf
password_encryption = on # <-
```

## Good
```text postgresql.conf
password_encryption = 'scram-sha-256'
```

## Good: the default from 14 on
```yaml compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
```

## Good: a later line counts
```text postgresql.conf
password_encryption = md5
password_encryption = scram-sha-256
```

## Fix
Switch to SCRAM, then set every password again:
```text postgresql.conf
password_encryption = 'scram-sha-256'
```

## References
- PostgreSQL 18 manual, 20.5 Password Authentication: https://www.postgresql.org/docs/18/auth-password.html
- PostgreSQL 18 manual, 19.3 Connections and Authentication: https://www.postgresql.org/docs/18/runtime-config-connection.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check(
    "postgres-password-encryption",
    severity=MEDIUM,
    control=Control.WEAK_SECRET,
    also=(Control.AUTHENTICATION,),
    cwe=916,
)
def postgres_password_encryption(postgres: Postgres) -> Iterator[Diagnostic]:
    if known(postgres.text("password_encryption")) == "md5":
        yield fail(
            "New passwords are stored as MD5 hashes (password_encryption = md5)",
            at=postgres.where("password_encryption"),
        )
