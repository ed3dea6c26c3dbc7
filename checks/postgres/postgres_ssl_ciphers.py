"""PostgreSQL is told to offer weak ciphers.

## Why it matters
Export-grade, NULL, RC4, DES and anonymous suites protect nothing or next to nothing. (The default,
`HIGH:MEDIUM:+3DES:!aNULL`, is no finding: OpenSSL 1.1.0 and later are built without 3DES in it.)

## Bad
```text postgresql.conf
ssl = on
ssl_ciphers = 'ALL:RC4-SHA' # <-
```

## Bad: anonymous suites
```text postgresql.conf
ssl = on
ssl_ciphers = 'HIGH:aNULL' # <-
```

## Good
```text postgresql.conf
ssl = on
ssl_ciphers = 'HIGH:!aNULL:!3DES'
```

## Good: excluded by name
```text postgresql.conf
ssl = on
ssl_ciphers = 'HIGH:!aNULL:!RC4:!LOW:!EXP'
```

## Good: the default
```text postgresql.conf
ssl = on
```

## Fix
Offer strong suites only:
```text postgresql.conf
ssl_ciphers = 'HIGH:!aNULL:!3DES'
```

## References
- PostgreSQL 18 manual, 19.3 Connections and Authentication: https://www.postgresql.org/docs/18/runtime-config-connection.html
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, lazy
from auditor.technologies.postgres import Postgres

_WEAK = lazy(
    r"^(LOW|EXP|EXPORT|NULL|ENULL|ANULL|ADH|AECDH|COMPLEMENTOFDEFAULT|COMPLEMENTOFALL)$|RC4|DES-CBC|3DES|NULL-|-NULL|\bMD5"
)


@check("postgres-ssl-ciphers", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def postgres_ssl_ciphers(postgres: Postgres) -> Iterator[Diagnostic]:
    if not known(postgres.on("ssl")) or not postgres.settings.is_explicit("ssl_ciphers"):
        return
    items = [item.upper() for item in re.split(r"[:, ]+", known(postgres.text("ssl_ciphers"))) if item]
    excluded = {item[1:] for item in items if item.startswith("!")}
    weak = [item for item in items if item[0].isalnum() and item not in excluded and _WEAK.search(item)]
    if "ALL" in items and not excluded >= {"ANULL"}:
        weak.insert(0, "ALL")
    if weak:
        yield fail(f"ssl_ciphers offers weak suites ({', '.join(weak)})", at=postgres.where("ssl_ciphers"))
