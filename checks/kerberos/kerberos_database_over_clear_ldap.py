"""The Kerberos centre reaches its database over LDAP without TLS.

## Why it matters
The centre's own password and the keys of all principals cross the network in clear text.

## Bad
```text kdc.conf
[dbmodules]
    db = {
        db_library = kldap
        ldap_servers = ldaps://a.clinic.example ldap://b.clinic.example  # <-
    }
```

## Good
```text kdc.conf
[dbmodules]
    db = {
        db_library = kldap
        ldap_servers = ldaps://a.clinic.example ldapi:///
    }
```

## Good: on the same host
```text kdc.conf
[dbmodules]
    db = {
        db_library = kldap
        ldap_servers = ldap://127.0.0.1
    }
```

## Fix
In its subsection of `[dbmodules]`:
```text
ldap_servers = ldaps://ldap.clinic.example
```

## References
- kdc.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/kdc_conf.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kdc, is_clear_ldap


@check("kerberos-database-over-clear-ldap", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def kerberos_database_over_clear_ldap(kdc: Kdc) -> Iterator[Diagnostic]:
    for module, value, at in kdc.modules_where("ldap_servers"):
        if any(is_clear_ldap(word) for word in known(value).split()):
            yield fail(f"The database {module} is reached over LDAP without TLS", at=at, key=module)
