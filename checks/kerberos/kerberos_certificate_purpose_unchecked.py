"""Kerberos takes certificates for a purpose that is not theirs.

## Why it matters
With `pkinit_eku_checking = none` any certificate of the authority will do: a client takes that of a web server for the
centre's, a centre takes that of a web server for a user's.

## Bad
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    pkinit_anchors = FILE:/etc/krb5/ca.pem
    pkinit_eku_checking = none  # <-
```

## Bad: in the centre
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        default_principal_flags = +preauth
        pkinit_eku_checking = none  # <-
    }
```

## Good
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    pkinit_anchors = FILE:/etc/krb5/ca.pem
    pkinit_eku_checking = kpKDC
```

## Fix
Remove the line; the default asks for certificates made for Kerberos.

## References
- krb5.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/krb5_conf.html
- kdc.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/kdc_conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kdc, Kerberos, KerberosPart, named_realm


@check("kerberos-certificate-purpose-unchecked", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=295)
def kerberos_certificate_purpose_unchecked(part: KerberosPart) -> Iterator[Diagnostic]:
    name = "pkinit_eku_checking"
    if isinstance(part, Kerberos) and known(part.text(name)) == "none":
        yield fail("Any certificate of the authority is taken for the centre's", at=part.place(name))
    elif isinstance(part, Kdc):
        for realm in part.realms:
            if known(part.text(realm, name)) == "none":
                yield fail(
                    f"The centre of {named_realm(realm)} takes certificates that are not made for logging in",
                    at=part.place(realm, name),
                    key=realm,
                )
