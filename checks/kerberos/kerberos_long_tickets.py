"""Kerberos tickets live for days.

## Why it matters
A stolen ticket works until it ends, also after the password has been changed.

## Bad
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        default_principal_flags = +preauth
        max_life = 7d  # <-
    }
```

## Bad: renewed for a month
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        default_principal_flags = +preauth
        max_renewable_life = 30d 0h 0m 0s  # <-
    }
```

## Bad: what a client asks for
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    ticket_lifetime = 48:00:00  # <-
```

## Good
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        default_principal_flags = +preauth
        max_life = 10h 0m 0s
        max_renewable_life = 7d
    }
```

## Good: one day in seconds
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    ticket_lifetime = 86400
    renew_lifetime = 7d
```

## Fix
In its subsection of `[realms]`:
```text
max_life = 10h
max_renewable_life = 7d
```

## References
- krb5.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/krb5_conf.html
- kdc.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/kdc_conf.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kdc, Kerberos, KerberosPart, named_realm

_DAY = 86400
_LIMITS = {
    "ticket_lifetime": _DAY,
    "renew_lifetime": 7 * _DAY,
    "max_life": _DAY,
    "max_renewable_life": 7 * _DAY,
}


@check("kerberos-long-tickets", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=613)
def kerberos_long_tickets(part: KerberosPart) -> Iterator[Diagnostic]:
    if isinstance(part, Kerberos):
        for name in ("ticket_lifetime", "renew_lifetime"):
            if (length := known(part.seconds(name))) > _LIMITS[name]:
                yield fail(f"Tickets are asked for {length // 3600} hours ({name})", at=part.place(name), key=name)
    elif isinstance(part, Kdc):
        for realm in part.realms:
            for name in ("max_life", "max_renewable_life"):
                if (length := known(part.seconds(realm, name))) > _LIMITS[name]:
                    yield fail(
                        f"Tickets of {named_realm(realm)} live up to {length // 3600} hours ({name})",
                        at=part.place(realm, name),
                        key=f"{realm} {name}",
                    )
