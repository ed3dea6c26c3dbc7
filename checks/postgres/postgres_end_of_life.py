"""PostgreSQL runs in a version that gets no more security fixes.

## Why it matters
Holes that are found in a version without support stay open, and how to use them is published with the fix of the newer
versions. A major version is supported for five years; support of 13 ended in November 2025, that of 14 in November 2026.

## Bad
```yaml compose.yaml
services:
  db:
    image: postgres:12-alpine  # <-
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db
```

## Good
```yaml compose.yaml
services:
  db:
    image: postgres:17-alpine
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db
```

## Good: the version is not told
```yaml compose.yaml
services:
  db:
    image: postgres:latest
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db
```

## Fix
Move the data with `pg_upgrade` or a dump, and take a version with support:
```yaml
image: postgres:18
```

## References
- PostgreSQL Versioning Policy (as of 2026): https://www.postgresql.org/support/versioning/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, is_whole_number
from auditor.technologies.postgres import Postgres

_OLDEST = 15
"""The oldest major version with support at the end of 2026."""


@check("postgres-end-of-life", severity=MEDIUM, control=Control.SUPPLY_CHAIN, cwe=1104)
def postgres_end_of_life(postgres: Postgres) -> Iterator[Diagnostic]:
    version = postgres.version or ""
    major = version.partition(".")[0]
    if is_whole_number(major) and int(major) < _OLDEST:
        yield fail(
            f"PostgreSQL {version} gets no more security fixes",
            at=postgres.at,
            expected=f"PostgreSQL {_OLDEST} or later",
        )
