"""PostgreSQL would refuse to start with this configuration.

## Why it matters
A line that the server cannot read keeps it from starting; on a reload the old configuration stays in force,
so that the file on disk is not what protects the data.

## Bad: a word that is no value
```text postgresql.conf
fsync = perhaps # <-
```

## Bad: an address that needs quotes
```text postgresql.conf
listen_addresses = * # <-
```

## Bad: a method in capitals
```text postgresql.conf
port = 5432
```
```text pg_hba.conf
host all all 10.20.0.0/16 SCRAM-SHA-256 # <-
```

## Bad: the image has no password to set
```yaml compose.yaml
services:
  db:
    image: postgres:16 # <-
```

## Good
```text postgresql.conf
fsync = on
```
```text pg_hba.conf
host all all 10.20.0.0/16 scram-sha-256
```

## Good: a wrong line that a later one replaces
```text postgresql.conf
fsync = perhaps
fsync = on
```

## Fix
Test a change before it goes live: `postgres -C port -D DATADIR` reads the configuration, `pg_hba_file_rules` shows
errors.
```text postgresql.conf
listen_addresses = '*'
```

## References
- PostgreSQL 18 manual, 19.1 Setting Parameters: https://www.postgresql.org/docs/18/config-setting.html
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.postgres import Postgres


@check("postgres-refused", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,))
def postgres_refused(postgres: Postgres) -> Iterator[Diagnostic]:
    for problem in postgres.refused:
        yield fail(f"PostgreSQL would refuse to start: {problem.message}", at=problem.at, key=problem.message)
