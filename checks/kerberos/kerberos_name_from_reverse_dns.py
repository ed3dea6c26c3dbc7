"""Kerberos takes the name of a server from reverse DNS.

## Why it matters
A client that turns a server's address back into a name asks for a ticket for whatever name the answer holds: a forged answer
leads to another server of the realm, with a valid ticket for it.

## Bad: the default
```text krb5.conf
[libdefaults]  # <-
    default_realm = CLINIC.EXAMPLE
```

## Bad
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    rdns = true  # <-
```

## Good
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    rdns = false
```

## Good: names are not looked up at all
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    rdns = true
    dns_canonicalize_hostname = false
```

## Fix
Under `[libdefaults]`:
```text
rdns = false
dns_canonicalize_hostname = false
```

## References
- krb5.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/krb5_conf.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kerberos


@check("kerberos-name-from-reverse-dns", severity=LOW, control=Control.AUTHENTICATION, cwe=350)
def kerberos_name_from_reverse_dns(kerberos: Kerberos) -> Iterator[Diagnostic]:
    looked_up = known(kerberos.flag("dns_canonicalize_hostname"))
    if kerberos.realm and looked_up and known(kerberos.flag("rdns")):
        yield fail("The name of a server is taken from reverse DNS", at=kerberos.place("rdns"), expected="rdns = false")
