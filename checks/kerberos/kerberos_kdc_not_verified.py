"""Kerberos log-ins do not verify the centre that answers.

## Why it matters
A host that lets people in with Kerberos passwords has to check with its own key that the right centre answered. By default a
host without a key table skips this: whoever answers for the centre logs in as anybody. It matters on hosts with log-ins.

## Bad: the default
```text krb5.conf
[libdefaults]  # <-
    default_realm = CLINIC.EXAMPLE
```

## Bad
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    verify_ap_req_nofail = false  # <-
```

## Good
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    verify_ap_req_nofail = true
```

## Good: for the host's realm
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    verify_ap_req_nofail = false
    CLINIC.EXAMPLE = {
        verify_ap_req_nofail = true
    }
```

## Fix
Give the host a key table and require it, under `[libdefaults]`:
```text
verify_ap_req_nofail = true
```

## References
- krb5.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/krb5_conf.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kerberos


@check("kerberos-kdc-not-verified", severity=LOW, control=Control.AUTHENTICATION, cwe=290)
def kerberos_kdc_not_verified(kerberos: Kerberos) -> Iterator[Diagnostic]:
    if kerberos.realm and not known(kerberos.flag("verify_ap_req_nofail")):
        yield fail(
            "A host without a key table takes the answer of whoever poses as the centre",
            at=kerberos.place("verify_ap_req_nofail"),
            confidence=Confidence.MEDIUM,  # whether people log in on the host is not told here
            expected="verify_ap_req_nofail = true",
        )
