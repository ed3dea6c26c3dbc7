"""PostgreSQL accepts any certificate of the CA for any user.

## Why it matters
`clientcert=verify-ca` checks that a client certificate comes from the CA, not whose it is: every holder of
one may use it for every user name. Only `verify-full` compares the name in the certificate with the user.

## Bad
```text pg_hba.conf
hostssl all all 10.20.0.0/16 scram-sha-256 clientcert=verify-ca # <-
```

## Good
```text pg_hba.conf
hostssl all all 10.20.0.0/16 scram-sha-256 clientcert=verify-full
```

## Good: cert implies verify-full
```text pg_hba.conf
hostssl all all 10.20.0.0/16 cert
```

## Fix
Compare the name in the certificate with the user:
```text pg_hba.conf
hostssl all all 10.20.0.0/16 scram-sha-256 clientcert=verify-full
```

## References
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
- PostgreSQL 18 manual, 18.9 Secure TCP/IP Connections with SSL: https://www.postgresql.org/docs/18/ssl-tcp.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import PgHba


@check("postgres-hba-clientcert-verify-ca", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=295)
def postgres_hba_clientcert_verify_ca(hba: PgHba) -> Iterator[Diagnostic]:
    for rule in hba.reachable():
        certificate = known(rule.options.get("clientcert", ""))
        if certificate == "verify-ca" and rule.method != "reject":
            yield fail(
                f"Any certificate of the CA may be used for {rule.who} from {rule.from_where}",
                at=rule.at,
                severity=MEDIUM if rule.method == "trust" else LOW,
                key=rule.key,
            )
