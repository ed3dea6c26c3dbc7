"""PgBouncer never reaches a line of its pg_hba.conf.

## Why it matters
The first record that matches type, database, user and address decides, even if its authentication fails. A record that
earlier ones cover completely does nothing; if it is stricter than they are, it pretends a protection that is not there.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = hba
auth_hba_file = records.conf
```
```text records.conf
host all all 0.0.0.0/0 md5
host all all 203.0.113.0/24 reject  # <-
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = hba
auth_hba_file = records.conf
```
```text records.conf
host all all 203.0.113.0/24 reject
host all all 0.0.0.0/0 md5
```

## Good: what stands above it is left out
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = hba
auth_hba_file = records.conf
```
```text records.conf
host all all samenet md5
host all all 203.0.113.0/24 reject
```

## Fix
Move the line above the broader one, or delete it.
```text
host all all 203.0.113.0/24 reject
host all all 0.0.0.0/0 scram-sha-256
```

## References
- PgBouncer 1.25 manual, HBA file format: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, Related, check, fail
from auditor.technologies.pgbouncer import PgBouncerHba


@check(
    "pgbouncer-hba-unreachable",
    severity=HIGH,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AUTHORIZATION,),
    cwe=863,
)
def pgbouncer_hba_unreachable(hba: PgBouncerHba) -> Iterator[Diagnostic]:
    for item in hba.shadowed():
        rule = item.rule
        lines = [f"line {other.at.line}" for other in item.covered_by[:3]]
        by = f"{' and '.join(lines)} {'decides' if len(lines) == 1 else 'decide'} before it"
        pretends = rule.method == "reject" and any(other.method != "reject" for other in item.covered_by)
        yield fail(
            f"The record for {rule.who} from {rule.from_where} ({rule.method}) is never reached: {by}",
            at=rule.at,
            severity=hba.exposure.scale(HIGH) if pretends else LOW,
            related=tuple(Related(other.at, f"{other}") for other in item.covered_by[:3]),
            key=rule.key,
        )
