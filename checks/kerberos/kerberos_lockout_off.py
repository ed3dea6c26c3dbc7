"""Kerberos does not lock principals after failed attempts.

## Why it matters
With `disable_lockout` failed attempts are not counted: passwords can be guessed without an end, whatever the policies say.

## Bad
```text kdc.conf
[dbmodules]
    db = {
        db_library = kldap
        disable_lockout = true  # <-
    }
```

## Good
```text kdc.conf
[dbmodules]
    db = {
        db_library = kldap
        disable_last_success = true
    }
```

## Fix
Remove `disable_lockout`, and set a policy: `kadmin addpol -maxfailure 5 -lockoutduration 15m default`.

## References
- kdc.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/kdc_conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kdc


@check("kerberos-lockout-off", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=307)
def kerberos_lockout_off(kdc: Kdc) -> Iterator[Diagnostic]:
    for module, value, at in kdc.modules_where("disable_lockout"):
        if known(value).lower() in {"y", "yes", "true", "t", "1", "on"}:
            yield fail(f"Failed attempts are not counted in the database {module}", at=at, key=module)
