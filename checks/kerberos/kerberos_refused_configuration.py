"""Kerberos would refuse this configuration.

## Why it matters
The library gives the whole file up at a line like this: every program that uses Kerberos stops, or goes on with something
else. The rest of the file is not judged.

## Bad: a comment behind a section
```text krb5.conf
[libdefaults] # hosts  # <-
    default_realm = CLINIC.EXAMPLE
```

## Bad: no flag
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    allow_weak_crypto = never  # <-
```

## Bad: a brace is missing
```text krb5.conf
[realms]
    CLINIC.EXAMPLE = {
        kdc = kdc.clinic.example
[domain_realm]  # <-
    .clinic.example = CLINIC.EXAMPLE
```

## Good
```text krb5.conf
# hosts
[libdefaults]
    default_realm = CLINIC.EXAMPLE
```

## Good: a last brace may be missing
```text krb5.conf
[realms]
    CLINIC.EXAMPLE = {
        kdc = kdc.clinic.example
```

## Good: a flag that takes every word
```text krb5.conf
[libdefaults]
    default_realm = CLINIC.EXAMPLE
    rdns = never
```

## Fix
Put comments on lines of their own and close what is open.

## References
- krb5.conf(5), MIT Kerberos 1.20: https://web.mit.edu/kerberos/krb5-1.20/doc/admin/conf_files/krb5_conf.html
- Tried with libkrb5 1.20.1
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.kerberos import KerberosPart


@check(
    "kerberos-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def kerberos_refused_configuration(part: KerberosPart) -> Iterator[Diagnostic]:
    for problem in part.refused:
        yield fail(f"Kerberos would refuse the file: {problem.message}", at=problem.at, key=problem.message)
