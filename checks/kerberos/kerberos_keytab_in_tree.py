"""A table of Kerberos keys lies among the files.

## Why it matters
A key table is as good as the passwords of the services in it, for everybody who can read the files and everybody who has an
old copy of them.

## Bad
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
```
```text host.keytab
placeholder  # <-
```

## Bad: beside no configuration of Kerberos
```text deploy/secrets/http.KEYTAB
placeholder  # <-
```

## Good
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    default_keytab_name = FILE:/etc/krb5.keytab
```

## Fix
Remove the file, change the keys (`kadmin ktadd` makes new ones), and hand key tables out by other means.

## References
- kadmin(1), MIT Kerberos 1.20, ktadd: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/admin_commands/kadmin_local.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Confidence, Control, Diagnostic, check, fail
from auditor.technologies.kerberos import KeyTables


@check(
    "kerberos-keytab-in-tree", severity=HIGH, control=Control.PLAINTEXT_SECRET, also=(Control.KEY_MANAGEMENT,), cwe=312
)
def kerberos_keytab_in_tree(tables: KeyTables) -> Iterator[Diagnostic]:
    for at in tables.files:
        yield fail(
            f"{at.path.rpartition('/')[2]} is named as a table of Kerberos keys",
            at=at,
            confidence=Confidence.MEDIUM,  # its content is not read
            key=at.path,
        )
