"""MySQL or MariaDB runs in a version that gets no more security fixes.

## Why it matters
Holes that are found in a version without support stay open, and how to use them is published with the fix of the newer
versions. Support of MySQL 5.7 ended in October 2023, that of 8.0 in April 2026; of the series of MariaDB, only those with
long-term support (10.11, 11.4, 11.8) are mended for years.

## Bad
```yaml compose.yaml
services:
  db:
    image: mysql:5.7.44  # <-
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Bad: a short-term series of MariaDB
```yaml compose.yaml
services:
  db:
    image: mariadb:11.2-jammy  # <-
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Bad: the name of the series of MySQL 5
```text Dockerfile
FROM mysql:5  # <-
```

## Good
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good: long-term support
```yaml compose.yaml
services:
  db:
    image: mariadb:10.11.11
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good: whatever the latest of a series is
```yaml compose.yaml
services:
  db:
    image: mariadb:11
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good: the version is not told
```text my.cnf
[mysqld-5.7]
bind-address = 127.0.0.1
```

## Fix
Upgrade in the order that the manual gives, after a backup, to a version with long-term support:
```yaml
image: mysql:8.4
```

## References
- MySQL product support (Oracle Lifetime Support Policy, Technology): https://www.mysql.com/support/eol-notice.html
- MariaDB Foundation, Maintenance policy (as of 2026): https://mariadb.org/about/#maintenance-policy
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.mysql import Mysql

_LONG_TERM = ((10, 11), (11, 4), (11, 8))
"""The series of MariaDB with support at the end of 2026, of those up to the last listed."""


def _is_over(product: str, version: tuple[int, int]) -> bool:
    if product == "mariadb":
        return version < _LONG_TERM[-1] and version not in _LONG_TERM
    return version < (8, 4)


@check("mysql-end-of-life", severity=MEDIUM, control=Control.SUPPLY_CHAIN, cwe=1104)
def mysql_end_of_life(mysql: Mysql) -> Iterator[Diagnostic]:
    version = mysql.parsed_version
    # An option file can have groups for any version; only an image tells which one runs.
    if version is not None and mysql.in_container and _is_over(mysql.product, version):
        yield fail(
            f"{mysql.label} {mysql.version} gets no more security fixes",
            at=mysql.at,
            expected="MariaDB 10.11, 11.4 or 11.8" if mysql.product == "mariadb" else f"{mysql.label} 8.4 or later",
        )
