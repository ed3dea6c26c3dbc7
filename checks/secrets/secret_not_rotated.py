"""A secret has been the same for longer than it may be.

## Why it matters
Everybody who could read the file in all that time may still have the secret: people who left, old laptops, backups and
build logs. A secret that is never changed also leaves nobody with practice in changing it on the day it leaks.

The age is that of the commit that gave the key its present value, along the first parents of the commit checked out.
Reformatting, moved lines and renamed files change no age. 90 days are allowed unless `secret_max_age_days` in
`auditor.toml` says otherwise, for private keys of TLS at least 365.

## Bad
```text .env (400 days ago)
DB_PASSWORD=Rm7-quiet-Harbor-41  # <-
```

## Bad: reformatted and renamed since, never changed
```text deploy.env (400 days ago)
DB_PASSWORD=Rm7-quiet-Harbor-41
DB_HOST=db.internal
```
```text deploy.env (20 days ago)
```
```text .env (20 days ago)
DB_HOST=db.internal
# database
DB_PASSWORD="Rm7-quiet-Harbor-41"  # <-
```

## Good: changed in time
```text .env (400 days ago)
DB_PASSWORD=Rm7-quiet-Harbor-41
```
```text .env (30 days ago)
DB_PASSWORD=Wd5-amber-Quill-73
```

## Good: the file is old, the secret is new
```text .env (400 days ago)
DB_HOST=db.internal
```
```text .env (30 days ago)
DB_HOST=db.internal
DB_PASSWORD=Rm7-quiet-Harbor-41
```

## Fix
Change the secret wherever it is used, and let a secret store change it from now on. A new value in the same file only
starts the clock again.

## References
- NIST SP 800-57 Part 1 Rev. 5, section 5.3 (cryptoperiods)
- CWE-324: Use of a Key Past its Expiration Date
- OWASP Secrets Management Cheat Sheet, "Secret lifecycle: rotation"
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, SecretHistory, check, fail, known, not_evaluated


@check("secret-not-rotated", severity=MEDIUM, control=Control.SECRET_ROTATION, cwe=324)
def secret_not_rotated(history: SecretHistory) -> Iterator[Diagnostic]:
    unchanged = known(history.unchanged)
    secret = history.credential
    if unchanged.days > history.allowed_days:
        least = "at least " if unchanged.may_be_older else ""
        yield fail(
            f"{secret.key} has had the same value for {least}{unchanged.days} days "
            f"(commit {unchanged.commit[:10]}); {history.allowed_days} are allowed",
            severity=LOW if secret.environment in {"development", "test"} else None,
            key=secret.key,
            expected=f"a value that is no older than {history.allowed_days} days",
        )
    elif unchanged.may_be_older:
        yield not_evaluated(unchanged.may_be_older)
