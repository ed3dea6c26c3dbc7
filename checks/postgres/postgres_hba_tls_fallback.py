"""PostgreSQL asks less of clients that leave TLS out.

## Why it matters
A strict `hostssl` line binds only clients that use TLS. If the line that catches the others asks for less, an
attacker leaves TLS out and meets the weaker one.

## Bad
```text pg_hba.conf
hostssl all all 10.20.0.0/16 scram-sha-256
host all all 10.20.0.0/16 trust # <-
```

## Bad: certificates for TLS, a password without
```text pg_hba.conf
hostssl clinic all all cert
host clinic all 10.0.0.0/8 md5 # <-
```

## Good
```text pg_hba.conf
hostssl all all 10.20.0.0/16 scram-sha-256
host all all 10.20.0.0/16 reject
```

## Good: the same method with and without TLS is another check
```text pg_hba.conf
hostssl all all 10.20.0.0/16 scram-sha-256
host all all 10.20.0.0/16 scram-sha-256
```

## Fix
Reject what does not use TLS.
```text pg_hba.conf
hostssl all all 10.20.0.0/16 scram-sha-256
host all all 10.20.0.0/16 reject
```

## References
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, Related, check, fail, known
from auditor.technologies.postgres import PgHba, Transport

from ._common import strength


@check(
    "postgres-hba-tls-fallback",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=636,
)
def postgres_hba_tls_fallback(hba: PgHba) -> Iterator[Diagnostic]:
    for item in hba.reached:
        rule = item.rule
        strict = [
            other for other in item.covered_by if other.type == "hostssl" and strength(other) > strength(rule) > -1
        ]
        if Transport.PLAIN in item.live and Transport.TLS not in item.live and strict and known(rule.is_remote):
            trusting = rule.method == "trust"
            yield fail(
                f"Clients from {rule.from_where} that leave TLS out are asked by {rule.method} instead of {strict[0].method}",
                at=rule.at,
                severity=hba.exposure.scale(CRITICAL if trusting else HIGH),
                related=(Related(strict[0].at, "the stricter line for clients that use TLS"),),
                key=rule.key,
            )
    hba.require_known()
