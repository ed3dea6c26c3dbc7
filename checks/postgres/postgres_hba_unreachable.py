"""PostgreSQL never reaches a line of pg_hba.conf.

## Why it matters
The first line that matches type, database, user and address decides, even if its authentication fails. A line
that earlier ones cover completely does nothing; if it is stricter than they are, it pretends a protection
that is not there.

## Bad: a reject that comes too late
```text pg_hba.conf
host all all 0.0.0.0/0 md5
host all all 203.0.113.0/24 reject # <-
```

## Bad: two halves cover the whole
```text pg_hba.conf
host all all 0.0.0.0/1 scram-sha-256
host all all 128.0.0.0/1 scram-sha-256
host all all 0.0.0.0/0 reject # <-
```

## Bad: the reject meets only those without TLS
```text postgresql.conf
listen_addresses = '*'
ssl = on
```
```text pg_hba.conf
hostssl all all 10.0.0.0/8 scram-sha-256
host all contractor 10.0.0.0/8 reject # <-
```

## Good
```text pg_hba.conf
host all all 203.0.113.0/24 reject
host all all 0.0.0.0/0 md5
```

## Good: a reject that is meant for those without TLS
```text pg_hba.conf
hostssl emr portal 10.0.0.0/8 scram-sha-256
host emr portal 10.0.0.0/8 reject
host all all all reject
```

## Good: all does not cover replication
```text pg_hba.conf
local all all peer
local replication all peer
```

## Good: IPv4 does not cover IPv6
```text pg_hba.conf
host all all 0.0.0.0/0 scram-sha-256
host all all ::/0 reject
```

## Fix
Move the line above the broader one, or delete it.
```text pg_hba.conf
host all all 203.0.113.0/24 reject
host all all 0.0.0.0/0 scram-sha-256
```

## References
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, Related, check, fail
from auditor.technologies.postgres import HbaRule, PgHba, Transport

from ._common import strength


def _lets_in_more(other: HbaRule, rule: HbaRule) -> bool:
    """Tell whether an earlier hostssl record admits all users or databases where `rule` names some."""
    wider = (other.for_all_users > rule.for_all_users) or (other.for_all_databases > rule.for_all_databases)
    return other.type == "hostssl" and other.method != "reject" and wider


@check(
    "postgres-hba-unreachable",
    severity=HIGH,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AUTHORIZATION,),
    cwe=863,
)
def postgres_hba_unreachable(hba: PgHba) -> Iterator[Diagnostic]:
    for item in hba.reached:
        rule = item.rule
        before = next((other for other in item.covered_by if _lets_in_more(other, rule)), None)
        takes_tls = Transport.TLS in rule.transports and Transport.TLS not in item.live | item.doubtful
        if rule.method == "reject" and item.live and before is not None and takes_tls:
            yield fail(
                f"The record for {rule.who} from {rule.from_where} turns away only clients without TLS: line "
                f"{before.at.line} lets in those with it",
                at=rule.at,
                severity=hba.exposure.scale(HIGH),
                related=(Related(before.at, f"{before}"),),
                key=rule.key,
            )
    for item in hba.shadowed():
        rule = item.rule
        if rule.from_image:
            continue
        pretends = any(strength(other) < strength(rule) for other in item.covered_by)
        lines = [f"line {other.at.line}" for other in item.covered_by[:3]]
        by = f"{' and '.join(lines)} {'decides' if len(lines) == 1 else 'decide'} before it"
        yield fail(
            f"The record for {rule.who} from {rule.from_where} ({rule.method}) is never reached: {by}",
            at=rule.at,
            severity=hba.exposure.scale(HIGH) if pretends else LOW,
            related=tuple(Related(other.at, f"{other}") for other in item.covered_by[:3]),
            key=rule.key,
        )
