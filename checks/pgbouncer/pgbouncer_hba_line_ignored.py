"""PgBouncer leaves out a line of its pg_hba.conf.

## Why it matters
PgBouncer reads pg_hba.conf in a form of its own: host names, `samehost`, `samenet`, `+role` and most options are not in
it. A line it cannot read is left out with a warning in the log, and the lines behind it stay in force. A rejection that
is left out opens what it should close. An address with bits outside its mask matches nobody.

## Bad: a rejection that is not there
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = hba
auth_hba_file = records.conf
```
```text records.conf
host all all guests.clinic.example reject  # <-
host all all 0.0.0.0/0 scram-sha-256
```

## Bad: an address that matches nobody
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = hba
auth_hba_file = records.conf
```
```text records.conf
host all all 10.30.0.1/16 reject  # <-
host all all 0.0.0.0/0 scram-sha-256
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
host all all 10.30.0.0/16 reject
host all all 0.0.0.0/0 scram-sha-256
```

## Fix
Write addresses in numbers, and names of users instead of roles:
```text
host all guest 10.30.0.0/16 reject
```

## References
- PgBouncer 1.25 manual, HBA file format: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, check, fail
from auditor.technologies.pgbouncer import HbaRule, PgBouncerHba


@check(
    "pgbouncer-hba-line-ignored",
    severity=HIGH,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AUTHORIZATION,),
    cwe=863,
)
def pgbouncer_hba_line_ignored(hba: PgBouncerHba) -> Iterator[Diagnostic]:
    for problem in hba.ignored:
        yield fail(
            f"PgBouncer leaves this line out: {problem.message}",
            at=problem.at,
            severity=hba.exposure.scale(HIGH),
            key=problem.message,
        )
    for rule in hba.rules:
        if isinstance(rule, HbaRule) and not rule.transports:
            yield fail(
                f"The record for {rule.who} from {rule.from_where} matches nobody: its address has bits outside its mask",
                at=rule.at,
                severity=hba.exposure.scale(HIGH) if rule.method == "reject" else LOW,
                key=rule.key,
            )
