"""Kerberos gives out tickets with RC4 or triple-DES keys again.

## Why it matters
Since 1.21 centres refuse session keys of these types. The two switches bring them back, and with RC4 the attacks that guess
a service account's password from one ticket.

## Bad
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    allow_rc4 = true  # <-
```

## Bad: triple DES
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    allow_des3 = yes  # <-
```

## Good
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    allow_rc4 = false
```

## Good: it stands in a comment
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    # allow_rc4 = true
```

## Fix
Give the service accounts AES keys, then remove the line, under `[libdefaults]`:
```text
allow_rc4 = false
allow_des3 = false
```

## References
- krb5.conf(5), MIT Kerberos 1.21: https://web.mit.edu/kerberos/krb5-1.21/doc/admin/conf_files/krb5_conf.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kerberos


@check("kerberos-legacy-ciphers", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def kerberos_legacy_ciphers(kerberos: Kerberos) -> Iterator[Diagnostic]:
    for name, cipher in (("allow_rc4", "RC4"), ("allow_des3", "triple DES")):
        if known(kerberos.flag(name)):
            yield fail(
                f"{name} lets tickets have session keys of {cipher}",
                at=kerberos.place(name),
                key=name,
                expected=f"{name} = false",
            )
