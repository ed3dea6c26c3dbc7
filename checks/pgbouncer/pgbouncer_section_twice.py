"""A second section [pgbouncer] sets parameters back to their defaults.

## Why it matters
PgBouncer sets all parameters to their defaults at every line `[pgbouncer]`, also at one in an included file. What stood
above is lost without a message: authentication falls back to `md5`, TLS to `disable`.

## Bad
```text pgbouncer.ini
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
[databases]
clinic = host=10.20.0.5
[pgbouncer]  # <-
pool_mode = transaction
```

## Bad: an included file
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = scram-sha-256
%include pool.ini
```
```text pool.ini
[pgbouncer]  # <-
pool_mode = transaction
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = scram-sha-256
%include pool.ini
```
```text pool.ini
pool_mode = transaction
```

## Good: everything is said again
```text pgbouncer.ini
[pgbouncer]
auth_type = md5
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = scram-sha-256
```

## Fix
Write one section, and leave its name out of included files:
```text
[pgbouncer]
auth_type = scram-sha-256
%include pool.ini
```

## References
- PgBouncer 1.25, lib/usual/cfparser.c (fill_defaults); the same in 1.18.0, tried
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.pgbouncer import PgBouncer

_SHOWN = 5
"""Names in a message."""


@check("pgbouncer-section-twice", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE)
def pgbouncer_section_twice(pooler: PgBouncer) -> Iterator[Diagnostic]:
    for reset in pooler.resets:
        names = ", ".join(reset.lost[:_SHOWN]) + (" and more" if len(reset.lost) > _SHOWN else "")
        yield fail(f"This section sets back to the default: {names}", at=reset.at, key=names)
