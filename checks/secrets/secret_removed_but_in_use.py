"""A secret was taken out of one file and is still in use in another.

## Why it matters
Removing a secret from a file does not remove it from the repository: every clone still has the older version. It is
safe only once it is changed, and this one is still valid.

Versions of files with the names of configuration files are searched, along the first parents of the commit checked out,
for values of at least eight characters. A value that the same commit wrote to another file was moved, which is no sign
that anybody meant to give it up.

## Bad: the repository keeps what git now ignores
```yaml compose.yaml (200 days ago)
services:
  api:
    image: clinic/api:1.4.2
    environment:
      DB_PASSWORD: Rm7-quiet-Harbor-41
```
```yaml compose.yaml (100 days ago)
services:
  api:
    image: clinic/api:1.4.2
    environment:
      DB_PASSWORD: ${DB_PASSWORD}
```
```text production.env
DB_PASSWORD=Rm7-quiet-Harbor-41  # <-
```

## Bad: two files had it
```text web.env (200 days ago)
DB_PASSWORD=Rm7-quiet-Harbor-41
```
```text worker.env (200 days ago)
DB_PASSWORD=Rm7-quiet-Harbor-41  # <-
```
```text web.env (100 days ago)
DB_PASSWORD=${DB_PASSWORD}
```

## Good: changed when it was removed
```yaml compose.yaml (200 days ago)
services:
  api:
    image: clinic/api:1.4.2
    environment:
      DB_PASSWORD: Rm7-quiet-Harbor-41
```
```yaml compose.yaml (100 days ago)
services:
  api:
    image: clinic/api:1.4.2
    environment:
      DB_PASSWORD: ${DB_PASSWORD}
```
```text production.env
DB_PASSWORD=Wd5-amber-Quill-73
```

## Good: moved from one file to the other
```text old/production.env (200 days ago)
DB_PASSWORD=Rm7-quiet-Harbor-41
```
```text old/production.env (100 days ago)
```
```text production.env (100 days ago)
# the database
DB_PASSWORD=Rm7-quiet-Harbor-41
```

## Fix
Change the secret everywhere it is used. Rewriting the history without that does not help: nobody can call back the
clones, forks and backups that exist.

## References
- OWASP Secrets Management Cheat Sheet, "Incident response"
- CWE-540: Inclusion of Sensitive Information in Source Code
"""

from collections.abc import Iterator

from auditor.api import (
    HIGH,
    LOW,
    MEDIUM,
    Control,
    Diagnostic,
    Facts,
    Related,
    SecretForm,
    SecretHistory,
    Severity,
    check,
    fail,
    not_evaluated,
)

_SHOWN = 3


def _is_literal(history: SecretHistory) -> bool:
    return history.credential.form is SecretForm.LITERAL


@check(
    "secret-removed-but-in-use",
    severity=HIGH,
    control=Control.PLAINTEXT_SECRET,
    also=(Control.SECRET_ROTATION,),
    cwe=540,
    applies=_is_literal,
)
def secret_removed_but_in_use(histories: Facts[SecretHistory]) -> Iterator[Diagnostic]:
    places: dict[bytes, list[SecretHistory]] = {}
    for history in histories:
        if history.removals:
            places.setdefault(history.credential.secret.digest, []).append(history)
        elif history.unread:
            yield not_evaluated(history.unread)
    for found in places.values():
        yield _finding(found)


def _finding(places: list[SecretHistory]) -> Diagnostic:
    """Return one finding for a value, at the first place that git does not hold if there is one."""
    first, *others = sorted(places, key=lambda history: (history.is_committed is True, history.at))
    removals = [f"{found.path} (commit {found.commit[:10]}, {found.days} days ago)" for found in first.removals]
    more = f" and {len(removals) - _SHOWN} further files" if len(removals) > _SHOWN else ""
    return fail(
        f"{first.credential.key} is still in use; git keeps its value in older versions of "
        f"{', '.join(removals[:_SHOWN])}{more}",
        at=first.at,
        severity=_severity(places),
        related=tuple(Related(other.at, f"{other.credential.key}: the same value") for other in others),
        key="+".join(sorted({history.credential.key for history in places})),
        expected="a new value, since the old one cannot be taken back",
    )


def _severity(places: list[SecretHistory]) -> Severity:
    if all(history.credential.environment in {"development", "test"} for history in places):
        return LOW
    # Where the commit checked out has the value as well, its history gives away nothing more.
    return MEDIUM if all(history.is_committed for history in places) else HIGH
