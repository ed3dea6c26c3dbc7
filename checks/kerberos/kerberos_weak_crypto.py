"""Kerberos takes encryption types that are broken.

## Why it matters
With `allow_weak_crypto` programs and centres use single DES (before 1.18) and RC4 with 40 bits. Tickets under such a key are
opened by trying all keys, and the password's key with them.

## Bad
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    allow_weak_crypto = true  # <-
```

## Bad: the first value counts
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    allow_weak_crypto = yes  # <-
    allow_weak_crypto = false
```

## Bad: from an included folder
```text etc/krb5.conf
includedir /etc/krb5.conf.d/
[libdefaults]
    default_realm = CLINIC.EXAMPLE
```
```text etc/krb5.conf.d/legacy
[libdefaults]
    allow_weak_crypto = 1  # <-
```

## Good
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    allow_weak_crypto = false
```

## Good: the first value counts
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    allow_weak_crypto = off
    allow_weak_crypto = true
```

## Good: another name
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    Allow_Weak_Crypto = true
```

## Fix
Remove the line; the default is false, under `[libdefaults]`:
```text
allow_weak_crypto = false
```

## References
- krb5.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/krb5_conf.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kerberos


@check("kerberos-weak-crypto", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def kerberos_weak_crypto(kerberos: Kerberos) -> Iterator[Diagnostic]:
    if known(kerberos.flag("allow_weak_crypto")):
        yield fail(
            "allow_weak_crypto lets programs use encryption types that are broken",
            at=kerberos.place("allow_weak_crypto"),
            expected="allow_weak_crypto = false",
        )
