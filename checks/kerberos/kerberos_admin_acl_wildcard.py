"""Every user may administer Kerberos principals.

## Why it matters
Whoever changes the password of another principal is that principal: an administrator, a service, the realm itself.

## Bad
```text kadm5.acl
*/admin@CLINIC.EXAMPLE  *
*@CLINIC.EXAMPLE  x  # <-
```

## Bad: anybody, also of other realms
```text kadm5.acl
*  ci  # <-
```

## Bad: keys may be taken out
```text kadm5.acl
*/*@CLINIC.EXAMPLE  le  # <-
```

## Good
```text kadm5.acl
*/admin@CLINIC.EXAMPLE  *
helpdesk@CLINIC.EXAMPLE  ci  *@CLINIC.EXAMPLE
```

## Good: an earlier line decides
```text kadm5.acl
*@CLINIC.EXAMPLE  il
*@CLINIC.EXAMPLE  x
```

## Good: upper case forbids
```text kadm5.acl
*/admin@CLINIC.EXAMPLE  *
*@CLINIC.EXAMPLE  ADMCIL
```

## Good: each for himself
```text kadm5.acl
*@CLINIC.EXAMPLE  ci  *1/admin@CLINIC.EXAMPLE
```

## Fix
Name the administrators:
```text kadm5.acl
*/admin@CLINIC.EXAMPLE  *
```

## References
- kadm5.acl(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/kadm5_acl.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.kerberos import KadmAcl


@check("kerberos-admin-acl-wildcard", severity=CRITICAL, control=Control.AUTHORIZATION, cwe=732)
def kerberos_admin_acl_wildcard(acl: KadmAcl) -> Iterator[Diagnostic]:
    for entry in acl.reached:
        if entry.is_for_anybody and entry.is_for_all_targets and entry.powers:
            yield fail(
                f"Every principal that matches {entry.who} has the rights {entry.powers} over all others",
                at=entry.at,
                key=entry.who,
            )
    if acl.gap:
        yield not_evaluated(acl.gap)
