"""Kerberos takes tickets that came through any realm.

## Why it matters
With `reject_bad_transit = false` the centre issues tickets for users that came by a way nobody configured. Services that do
not look at the flag let them in.

## Bad
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        default_principal_flags = +preauth
        reject_bad_transit = false  # <-
    }
```

## Good
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        default_principal_flags = +preauth
        reject_bad_transit = true
    }
```

## Fix
Remove the line; the default is true.

## References
- kdc.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/kdc_conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kdc, named_realm


@check("kerberos-transit-not-checked", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=290)
def kerberos_transit_not_checked(kdc: Kdc) -> Iterator[Diagnostic]:
    for realm in kdc.realms:
        if known(kdc.text(realm, "reject_bad_transit")).lower() in {"n", "no", "false", "nil", "0", "off"}:
            yield fail(
                f"The centre of {named_realm(realm)} issues tickets for users that came through realms that are not configured",
                at=kdc.place(realm, "reject_bad_transit"),
                key=realm,
                expected="reject_bad_transit = true",
            )
