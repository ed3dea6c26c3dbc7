"""Production and another environment have the same secret.

## Why it matters
Development and test systems are open to more people, keep fewer records and are rebuilt from laptops. A secret that
production shares with them is only as safe as they are.

## Bad
```text deploy/production/.env
SESSION_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
```
```text deploy/development/.env
SESSION_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55  # <-
```

## Good
```text deploy/production/.env
SESSION_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
```
```text deploy/development/.env
SESSION_SECRET=ow55-Garnet-72-mill-Yt8-cedar-30
```

## Good: development and test
```text deploy/development/.env
SESSION_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
```
```text deploy/test/.env
SESSION_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
```

## Fix
Make new secrets for production; those that other environments knew are spent.
```sh
openssl rand -base64 32
```

## References
- OWASP Non-Human Identities Top 10 2025, NHI8 (environment isolation)
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Facts, SecretUses, Sharing, check

from ._sharing import shared


@check("secret-shared-environments", severity=HIGH, control=Control.SHARED_SECRET, cwe=668)
def secret_shared_environments(secrets: Facts[SecretUses]) -> Iterator[Diagnostic]:
    return shared(secrets, Sharing.ENVIRONMENTS, expected="a secret of its own for production")
