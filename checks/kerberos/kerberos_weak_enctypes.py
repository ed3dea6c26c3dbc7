"""Kerberos lists RC4 or triple DES among the types that it uses.

## Why it matters
Whoever can change a request picks the weakest type that both sides take. A ticket under RC4 gives away the password of a
service account to anybody with a graphics card.

## Bad
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    permitted_enctypes = aes256-cts-hmac-sha1-96 arcfour-hmac  # <-
```

## Bad: a family
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    default_tgs_enctypes = DEFAULT +rc4  # <-
```

## Bad: the keys of a centre
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        supported_enctypes = aes256-cts:normal des3-hmac-sha1:normal  # <-
        default_principal_flags = +preauth
    }
```

## Good
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    permitted_enctypes = aes256-cts-hmac-sha384-192 aes256-cts-hmac-sha1-96
```

## Good: taken out
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    permitted_enctypes = DEFAULT -rc4 -des3
```

## Good: asked for, but not permitted
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    default_tkt_enctypes = aes256-cts rc4-hmac
    permitted_enctypes = aes256-cts aes128-cts
```

## Good: single DES is no longer known
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    permitted_enctypes = aes256-cts des-cbc-crc
```

## Fix
Under `[libdefaults]`:
```text
permitted_enctypes = aes256-cts-hmac-sha384-192 aes128-cts-hmac-sha256-128 aes256-cts-hmac-sha1-96
```

## References
- krb5.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/krb5_conf.html
- kdc.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/kdc_conf.html
- RFC 8429: https://www.rfc-editor.org/rfc/rfc8429
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import LISTS, Kdc, Kerberos, KerberosPart, named_realm, weak_keys_in


@check("kerberos-weak-enctypes", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def kerberos_weak_enctypes(part: KerberosPart) -> Iterator[Diagnostic]:
    if isinstance(part, Kerberos):
        for name in LISTS:
            if found := known(part.weak_types(name)):
                yield fail(f"{name} names {' and '.join(found)}", at=part.place(name), key=name)
    elif isinstance(part, Kdc):
        for realm in part.realms:
            if found := weak_keys_in(known(part.text(realm, "supported_enctypes"))):
                yield fail(
                    f"New principals of {named_realm(realm)} get keys of the types {' and '.join(found)}",
                    at=part.place(realm, "supported_enctypes"),
                    key=realm,
                )
