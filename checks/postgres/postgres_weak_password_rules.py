"""PostgreSQL has no rule for new passwords.

## Why it matters
The server takes any password that a user or an administrator sets, a word of the dictionary included.
The module `passwordcheck`, or the extension `credcheck`, refuses short and guessable ones.

## Bad: the default
```text postgresql.conf
listen_addresses = '10.20.0.5'
shared_preload_libraries = 'pgaudit'  # <-
```

## Good
```text postgresql.conf
listen_addresses = '10.20.0.5'
shared_preload_libraries = 'pgaudit, $libdir/passwordcheck'
```

## Good: no remote client
```text postgresql.conf
listen_addresses = 'localhost'
```

## Fix
```text
shared_preload_libraries = 'passwordcheck'
```

## References
- PostgreSQL 18 manual, F.24 passwordcheck: https://www.postgresql.org/docs/18/passwordcheck.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-weak-password-rules", severity=LOW, control=Control.PASSWORD_POLICY, cwe=521)
def postgres_weak_password_rules(postgres: Postgres) -> Iterator[Diagnostic]:
    if postgres.exposure.is_loopback or not known(postgres.listens_beyond_loopback):
        return
    if not known(postgres.libraries) & {"passwordcheck", "credcheck", "passwordcheck_extra"}:
        yield fail(
            "PostgreSQL accepts any password: its configuration loads no module that looks at them",
            at=postgres.where("shared_preload_libraries"),
            confidence=Confidence.MEDIUM,  # a directory or single sign-on may hold the passwords
            expected="shared_preload_libraries = 'passwordcheck'",
        )
