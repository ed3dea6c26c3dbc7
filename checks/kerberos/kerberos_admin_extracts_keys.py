"""Administrators may take keys out of the Kerberos database.

## Why it matters
The right `e` hands out the key of any principal, unnoticed and without changing it: the key of the realm forges every
ticket. The rights `*` and `x` leave it out on purpose.

## Bad
```text kadm5.acl
*/admin@CLINIC.EXAMPLE  *e  # <-
```

## Good
```text kadm5.acl
*/admin@CLINIC.EXAMPLE  *
```

## Good: of the services of one host
```text kadm5.acl
*/admin@CLINIC.EXAMPLE  *
deploy@CLINIC.EXAMPLE  e  host/web.clinic.example@CLINIC.EXAMPLE
```

## Fix
```text kadm5.acl
*/admin@CLINIC.EXAMPLE  *
```

## References
- kadm5.acl(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/kadm5_acl.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.kerberos import KadmAcl


@check(
    "kerberos-admin-extracts-keys",
    severity=MEDIUM,
    control=Control.AUTHORIZATION,
    also=(Control.KEY_MANAGEMENT,),
    cwe=732,
)
def kerberos_admin_extracts_keys(acl: KadmAcl) -> Iterator[Diagnostic]:
    for entry in acl.reached:
        if "e" in entry.may and entry.is_for_all_targets and not entry.is_for_anybody:
            yield fail(f"{entry.who} may take the keys of all principals", at=entry.at, key=entry.who)
