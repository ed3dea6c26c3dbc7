r"""PostgreSQL maps any outside name to a fixed database user.

## Why it matters
A map says which names of the operating system, of certificates or of Kerberos may log in as which role. A
pattern that matches every name with a fixed role on its right gives that role to everybody who has an account
or a certificate at all.

## Bad
```text pg_hba.conf
local all all peer map=staff
```
```text pg_ident.conf
staff /^(.*)$ postgres # <-
```

## Good
```text pg_hba.conf
local all all peer map=staff
```
```text pg_ident.conf
staff dba postgres
```

## Good: the name itself
```text pg_hba.conf
local all all peer map=staff
```
```text pg_ident.conf
staff /^(.*)$ \1
```

## Good: a map that no line uses
```text pg_hba.conf
local all all peer map=staff
```
```text pg_ident.conf
staff dba postgres
old /.* postgres
```

## Fix
Name the accounts, or keep the name with `\1`:
```text pg_ident.conf
staff dba postgres
```

## References
- PostgreSQL 18 manual, 20.2 User Name Maps: https://www.postgresql.org/docs/18/auth-username-maps.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import PgIdent


@check(
    "postgres-ident-catch-all", severity=HIGH, control=Control.AUTHENTICATION, also=(Control.AUTHORIZATION,), cwe=287
)
def postgres_ident_catch_all(ident: PgIdent) -> Iterator[Diagnostic]:
    for line in ident.lines():
        if line.is_catch_all and not line.keeps_the_name and line.name in known(ident.used):
            yield fail(
                f"Through the map {line.name} every outside name may log in as {line.role}",
                at=line.at,
                key=f"{line.name} {line.role}",
            )
