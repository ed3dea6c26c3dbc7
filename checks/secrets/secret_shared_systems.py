"""Systems that have nothing to do with each other have the same secret.

## Why it matters
Nobody who operates the one knows that the other depends on it: when one of them is broken into or its secret is
changed, the other is forgotten.

## Bad
```text billing/.env
SESSION_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55  # <-
```
```text scheduling/.env
SESSION_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
```

## Good
```text billing/.env
SESSION_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
```
```text scheduling/.env
SESSION_SECRET=ow55-Garnet-72-mill-Yt8-cedar-30
```

## Good: a published default tells nothing about the two
```text billing/.env
SESSION_SECRET=changeme
```
```text scheduling/.env
SESSION_SECRET=changeme
```

## Fix
Make a secret for each system.
```sh
openssl rand -base64 32
```

## References
- OWASP Non-Human Identities Top 10 2025, NHI9 (reuse)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Facts, SecretUses, Sharing, check

from ._sharing import shared


@check("secret-shared-systems", severity=MEDIUM, control=Control.SHARED_SECRET, cwe=1391)
def secret_shared_systems(secrets: Facts[SecretUses]) -> Iterator[Diagnostic]:
    return shared(secrets, Sharing.UNITS, expected="a secret of its own for every system")
