"""PostgreSQL asks the LDAP server without TLS.

## Why it matters
The server hands the user's password, and its own bind password, on to the directory. Without `ldaps` or
StartTLS both cross the network readable, and an impostor can answer that any password is right.

## Bad
```text pg_hba.conf
hostssl all all 10.20.0.0/16 ldap ldapserver=ldap.example.org ldapprefix="uid=" ldapsuffix=",dc=example,dc=org" # <-
```

## Bad: a URL without TLS
```text pg_hba.conf
hostssl all all 10.20.0.0/16 ldap ldapurl="ldap://ldap.example.org/dc=example,dc=org?uid" # <-
```

## Good: ldaps
```text pg_hba.conf
hostssl all all 10.20.0.0/16 ldap ldapserver=ldap.example.org ldapscheme=ldaps ldapbasedn="dc=example,dc=org"
```

## Good: StartTLS
```text pg_hba.conf
hostssl all all 10.20.0.0/16 ldap ldapurl="ldap://ldap.example.org/dc=example,dc=org?uid" ldaptls=1
```

## Fix
Use LDAP over TLS:
```text pg_hba.conf
hostssl all all 10.20.0.0/16 ldap ldapscheme=ldaps ldapserver=ldap.example.org ldapbasedn="dc=example,dc=org"
```

## References
- PostgreSQL 18 manual, 20.10 LDAP Authentication: https://www.postgresql.org/docs/18/auth-ldap.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import PgHba


@check("postgres-hba-ldap-plaintext", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def postgres_hba_ldap_plaintext(hba: PgHba) -> Iterator[Diagnostic]:
    for rule in hba.authenticating("ldap"):
        options = {name: known(value) for name, value in rule.options.items()}
        encrypted = (
            options.get("ldaptls") == "1"
            or options.get("ldapscheme") == "ldaps"
            or ("ldapscheme" not in options and options.get("ldapurl", "").lower().startswith("ldaps:"))
        )
        if not encrypted:
            yield fail(
                f"The LDAP log-ins of {rule.who} from {rule.from_where} go on to the directory without TLS",
                at=rule.at,
                key=rule.key,
            )
