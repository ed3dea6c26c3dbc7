"""Kerberos does not look for new passwords in a list of bad ones.

## Why it matters
Passwords from lists are tried first. Without `dict_file` the administration server takes every one that is long enough.

## Bad: the default
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {  # <-
        default_principal_flags = +preauth
    }
```

## Good
```text kdc.conf
[realms]
    CLINIC.EXAMPLE = {
        default_principal_flags = +preauth
        dict_file = /usr/share/dict/banned-passwords
    }
```

## Fix
Set a list, and a policy for the principals (the list is not used for those without one), in its subsection of `[realms]`:
```text
dict_file = /usr/share/dict/banned-passwords
```
`kadmin addpol -minlength 12 default`

## References
- kdc.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/kdc_conf.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kerberos import Kdc, named_realm


@check("kerberos-no-password-dictionary", severity=LOW, control=Control.PASSWORD_POLICY, cwe=521)
def kerberos_no_password_dictionary(kdc: Kdc) -> Iterator[Diagnostic]:
    for realm in kdc.realms:
        if not known(kdc.text(realm, "dict_file")):
            yield fail(
                f"New passwords of {named_realm(realm)} are not looked up in a list of bad ones",
                at=kdc.place(realm, "dict_file"),
                key=realm,
                expected="dict_file",
            )
