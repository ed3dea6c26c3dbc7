"""Kerberos asks the DNS which realm a host belongs to.

## Why it matters
Answers of the DNS are easily forged: they send a client to another realm's centre. The default is not to ask.

## Bad
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    dns_lookup_realm = true  # <-
```

## Good
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    dns_lookup_realm = false
```

## Good: the centres are looked up, not the realm
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    dns_lookup_kdc = true
```

## Fix
Under `[libdefaults]`:
```text
dns_lookup_realm = false
```

## References
- krb5.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/krb5_conf.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kerberos


@check("kerberos-realm-from-dns", severity=LOW, control=Control.AUTHENTICATION, cwe=350)
def kerberos_realm_from_dns(kerberos: Kerberos) -> Iterator[Diagnostic]:
    if known(kerberos.flag("dns_lookup_realm")):
        yield fail(
            "The realm of a host is taken from the DNS",
            at=kerberos.place("dns_lookup_realm"),
            expected="dns_lookup_realm = false",
        )
