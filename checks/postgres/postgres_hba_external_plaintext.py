"""PostgreSQL accepts directory passwords in clear text without TLS.

## Why it matters
With `ldap`, `pam` and `radius` the client sends the password itself, which is usually the person's password
for much else. Without TLS it crosses the network readable.

## Bad
```text pg_hba.conf
host all all 10.20.0.0/16 ldap ldapurl="ldaps://ldap.example.org/dc=example,dc=org?uid" # <-
```

## Bad: PAM
```text pg_hba.conf
host all all 10.20.0.0/16 pam pamservice=postgresql # <-
```

## Good
```text pg_hba.conf
hostssl all all 10.20.0.0/16 ldap ldapurl="ldaps://ldap.example.org/dc=example,dc=org?uid"
```

## Good: on the socket nothing crosses the network
```text pg_hba.conf
local all all pam
```

## Fix
Accept such log-ins over TLS only:
```text pg_hba.conf
hostssl all all 10.20.0.0/16 pam
```

## References
- PostgreSQL 18 manual, 20.10 LDAP Authentication: https://www.postgresql.org/docs/18/auth-ldap.html
- PostgreSQL 18 manual, 20.13 PAM Authentication: https://www.postgresql.org/docs/18/auth-pam.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.postgres import PgHba, Transport


@check(
    "postgres-hba-external-plaintext",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=319,
)
def postgres_hba_external_plaintext(hba: PgHba) -> Iterator[Diagnostic]:
    for rule in hba.authenticating("ldap", "pam", "radius", remote=True):
        if Transport.PLAIN in rule.transports:
            yield fail(
                f"{rule.subject} sends the {rule.method} password in clear text from {rule.from_where}, also without TLS",
                at=rule.at,
                severity=hba.exposure.scale(HIGH),
                key=rule.key,
            )
