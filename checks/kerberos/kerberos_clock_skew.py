"""Kerberos takes requests with a clock that is far off.

## Why it matters
A recorded request can be sent again as long as its time is within the allowed difference. Five minutes are the default.

## Bad
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    clockskew = 3600  # <-
```

## Good
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    clockskew = 300
```

## Fix
Under `[libdefaults]`:
```text
clockskew = 300
```

## References
- krb5.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/krb5_conf.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kerberos


@check("kerberos-clock-skew", severity=LOW, control=Control.AUTHENTICATION, cwe=294)
def kerberos_clock_skew(kerberos: Kerberos) -> Iterator[Diagnostic]:
    if (skew := known(kerberos.seconds("clockskew"))) > 300:
        yield fail(
            f"Requests whose time is {skew} seconds off are taken",
            at=kerberos.place("clockskew"),
            expected="clockskew = 300",
        )
