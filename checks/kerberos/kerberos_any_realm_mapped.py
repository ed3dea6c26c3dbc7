r"""Kerberos makes users of every trusted realm local accounts of the same name.

## Why it matters
A rule without a realm in its pattern drops the realm: whoever controls a realm that is trusted, however indirectly, makes a
principal named as the account and is that account.

## Bad
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
[realms]
    CLINIC.EXAMPLE = {
        auth_to_local = RULE:[1:$1@$0](.*@.*)s/@.*//  # <-
        auth_to_local = DEFAULT
    }
```

## Bad: the realm is left out
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
[realms]
    CLINIC.EXAMPLE = {
        auth_to_local = RULE:[1:$1]  # <-
    }
```

## Good
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
[realms]
    CLINIC.EXAMPLE = {
        auth_to_local = RULE:[1:$1@$0](.*@STAFF\.CLINIC\.EXAMPLE)s/@.*//
        auth_to_local = DEFAULT
    }
```

## Good: of a realm that is not the host's
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
[realms]
    OTHER.EXAMPLE = {
        auth_to_local = RULE:[1:$1]
    }
```

## Fix
Name the realm, in its subsection of `[realms]`:
```text
auth_to_local = RULE:[1:$1@$0](.*@STAFF\.CLINIC\.EXAMPLE)s/@.*//
auth_to_local = DEFAULT
```

## References
- krb5.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/krb5_conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.kerberos import Kerberos


@check(
    "kerberos-any-realm-mapped", severity=MEDIUM, control=Control.AUTHENTICATION, also=(Control.AUTHORIZATION,), cwe=290
)
def kerberos_any_realm_mapped(kerberos: Kerberos) -> Iterator[Diagnostic]:
    for number, at in enumerate(kerberos.rules_for_any_realm):
        yield fail("A rule makes principals of every realm accounts of the same name", at=at, key=str(number))
