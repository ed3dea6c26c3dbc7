"""A live configuration uses a published default or placeholder as its secret.

## Why it matters
Default passwords and `changeme` values are the first that an attacker, or an automated worm, tries. A placeholder
that was never replaced is in force exactly as if somebody had chosen it.

## Bad
```text .env
POSTGRES_PASSWORD=changeme  # <-
```

## Bad: a password on every list
```text compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: password  # <-
```

## Good: a pattern to copy may hold a placeholder
```text .env.example
POSTGRES_PASSWORD=changeme
```

## Good: the value comes from elsewhere
```text .env
POSTGRES_PASSWORD=${VAULT_POSTGRES_PASSWORD}
```

## Fix
Replace the value by a random one from a secret store, for example `openssl rand -base64 32`, and let the
deployment refuse to start without it.
```yaml
environment:
  POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set it from the secret store}
```

## References
- CWE-1392: Use of Default Credentials
- NIST SP 800-63B Rev. 4, section 3.1.1.2 (blocklist of common passwords)
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Credential, Diagnostic, FileRole, SecretForm, check, fail

from ._places import is_in_use, is_throwaway, subject_of


@check(
    "secret-default",
    severity=HIGH,
    control=Control.DEFAULT_CREDENTIAL,
    also=(Control.WEAK_SECRET, Control.PLAINTEXT_SECRET),
    cwe=1392,
)
def secret_default(credential: Credential) -> Iterator[Diagnostic]:
    if credential.form not in {SecretForm.DEFAULT, SecretForm.PLACEHOLDER} or credential.role is FileRole.TEMPLATE:
        return
    yield fail(
        f"{subject_of(credential)} is {credential.reason or 'a default'} in a file that is in use",
        at=credential.at,
        severity=None if is_in_use(credential) and not is_throwaway(credential) else LOW,
        key=credential.key,
        expected="a random value from a secret store",
    )
