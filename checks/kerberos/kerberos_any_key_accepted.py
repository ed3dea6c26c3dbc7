"""Kerberos services accept tickets for every name in their key table.

## Why it matters
With `ignore_acceptor_hostname` a service takes tickets for other host names too, so that a ticket gained for one service
opens another on the same key table.

## Bad
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    ignore_acceptor_hostname = true  # <-
```

## Good
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    ignore_acceptor_hostname = false
```

## Fix
Under `[libdefaults]`:
```text
ignore_acceptor_hostname = false
```

## References
- krb5.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/krb5_conf.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kerberos


@check("kerberos-any-key-accepted", severity=LOW, control=Control.AUTHENTICATION, cwe=290)
def kerberos_any_key_accepted(kerberos: Kerberos) -> Iterator[Diagnostic]:
    if known(kerberos.flag("ignore_acceptor_hostname")):
        yield fail(
            "Services accept tickets for any host name in their key table",
            at=kerberos.place("ignore_acceptor_hostname"),
            expected="ignore_acceptor_hostname = false",
        )
