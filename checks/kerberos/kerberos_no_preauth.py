"""Kerberos gives answers to guess passwords from to anybody who asks.

## Why it matters
Without pre-authentication the centre answers a request with something encrypted under the user's password. Anybody can ask
for every user and try passwords at leisure. New principals do not require it by default.

## Bad: the default
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {  # <-
        max_life = 10h
    }
```

## Bad
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        default_principal_flags = +preauth, -preauth  # <-
    }
```

## Bad: the first value counts
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        default_principal_flags = +renewable  # <-
        default_principal_flags = +preauth
    }
```

## Good
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        default_principal_flags = +preauth
    }
```

## Good: without a sign, and with other flags
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        default_principal_flags = -postdateable, preauth
    }
```

## Good: the realm's subsection is opened twice
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        max_life = 10h
    }
    CLINIC.EXAMPLE = {
        default_principal_flags = +preauth
    }
```

## Fix
In its subsection of `[realms]`:
```text
default_principal_flags = +preauth
```
Principals that exist already: `kadmin modprinc +requires_preauth NAME`.

## References
- kdc.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/kdc_conf.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kdc, named_realm


@check("kerberos-no-preauth", severity=HIGH, control=Control.AUTHENTICATION, also=(Control.PASSWORD_POLICY,), cwe=522)
def kerberos_no_preauth(kdc: Kdc) -> Iterator[Diagnostic]:
    for realm in kdc.realms:
        if not known(kdc.requires_preauth(realm)):
            yield fail(
                f"New principals of {named_realm(realm)} do not have to prove their password before they get a ticket",
                at=kdc.place(realm, "default_principal_flags"),
                key=realm,
                expected="default_principal_flags = +preauth",
            )
