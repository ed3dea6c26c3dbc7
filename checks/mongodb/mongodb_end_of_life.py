"""MongoDB runs in a version that gets no more security fixes.

## Why it matters
Holes that are found in a version without support stay open, and how to use them is published with the fix of the newer
versions. Support of 6.0 ended in July 2025, that of 5.0 and earlier before.

## Bad
```yaml compose.yaml
services:
  db:  # <-
    image: mongo:4.4
```

## Good
```yaml compose.yaml
services:
  db:
    image: mongo:8.0
```

## Good: the version is not told
```yaml compose.yaml
services:
  db:
    image: mongo
```

## Fix
Go up one major version at a time:
```yaml
image: mongo:8.0
```

## References
- MongoDB Software Lifecycle Schedules (as of 2026): https://www.mongodb.com/legal/support-policy/lifecycles
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, is_whole_number
from auditor.technologies.mongodb import Mongod

_OLDEST = 7
"""The oldest major version with support in 2026."""


@check("mongodb-end-of-life", severity=MEDIUM, control=Control.SUPPLY_CHAIN, cwe=1104)
def mongodb_end_of_life(server: Mongod) -> Iterator[Diagnostic]:
    major = (server.version or "").partition(".")[0]
    if is_whole_number(major) and int(major) < _OLDEST:
        yield fail(
            f"MongoDB {server.version} gets no more security fixes",
            at=server.at,
            expected="MongoDB 7.0 or later",
        )
