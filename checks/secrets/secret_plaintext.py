"""A secret is written in plain text.

## Why it matters
Whoever can read the file, its history, its backups or the laptop it was cloned to has the secret. A file under
version control cannot be un-read: after a leak the only remedy is to rotate the secret everywhere.

## Bad
```text .env
DB_PASSWORD=Rm7-quiet-Harbor-41  # <-
```

## Bad: in a connection string
```text .env
DATABASE_URL=postgresql://clinic:Rm7-quiet-Harbor-41@db.internal/clinic  # <-
```

## Good: a reference that is filled in at deployment
```text .env
DB_PASSWORD=${VAULT_DB_PASSWORD}
DB_PASSWORD_FILE=/run/secrets/db_password
```

## Good: a pattern to copy, without a value that anybody uses
```text .env.example
DB_PASSWORD=<ask the operations team>
```

## Fix
Keep the value in a secret store and refer to it, then rotate the value that was written down.
```yaml
services:
  api:
    environment:
      DB_PASSWORD_FILE: /run/secrets/db_password
    secrets: [db_password]
secrets:
  db_password:
    file: /etc/clinic/secrets/db_password
```

## References
- NIST SP 800-57 Part 1 Rev. 5, section 8.2.2 (protection of keys in storage)
- CWE-312: Cleartext Storage of Sensitive Information
- Compose specification, top-level `secrets`
"""

from collections.abc import Iterator

from auditor.api import HIGH, Confidence, Control, Credential, Diagnostic, FileRole, SecretForm, check, fail

from ._places import severity_of, subject_of


@check("secret-plaintext", severity=HIGH, control=Control.PLAINTEXT_SECRET, cwe=312)
def secret_plaintext(credential: Credential) -> Iterator[Diagnostic]:
    if credential.form is not SecretForm.LITERAL or credential.weakness:
        return  # of a weak one secret-weak says that it stands in plain text
    what = credential.reason or f"a value of {credential.secret.describe()}"
    if credential.container == "text":
        message = f"{what[0].upper()}{what[1:]} stands in plain text"
    elif credential.is_part:
        message = f"{subject_of(credential)}, {what}, stands in plain text"
    else:
        message = f"{credential.key} holds {what} in plain text"
    yield fail(
        message,
        at=credential.at,
        severity=severity_of(credential),
        confidence=Confidence.LOW if credential.role is not FileRole.LIVE else None,
        key=credential.key,
        expected="a reference to a secret store, or a file mounted at run time",
    )
