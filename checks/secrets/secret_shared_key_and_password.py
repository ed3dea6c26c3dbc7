"""A signing or encryption key is also somebody's password.

## Why it matters
Passwords travel: they stand in connection strings, are typed by people and lie in logs. A key that is also a password
leaks with it, and whoever logs in to that account can forge what the key signs.

## Bad: a signing key is also the database's password
```text compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: kd83-Plover-19-lamp-Qz4-hazel-55  # <-
  api:
    image: registry.example/api:1.4
    environment:
      SESSION_SECRET: kd83-Plover-19-lamp-Qz4-hazel-55
```

## Bad: the password inside an address
```text .env
JWT_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55  # <-
DATABASE_URL=postgresql://app:kd83-Plover-19-lamp-Qz4-hazel-55@db/clinic
```

## Good
```text compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: kd83-Plover-19-lamp-Qz4-hazel-55
  api:
    image: registry.example/api:1.4
    environment:
      SESSION_SECRET: ow55-Garnet-72-mill-Yt8-cedar-30
```

## Fix
Make a random key for the mechanism, and change the password as well, since it was known wherever the key was.
```sh
openssl rand -base64 32
```

## References
- NIST SP 800-57 Part 1 Rev. 5, section 5.2 (a key is used for one purpose only)
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, Facts, SecretUses, Sharing, check

from ._sharing import shared


@check(
    "secret-shared-key-and-password",
    severity=CRITICAL,
    control=Control.SHARED_SECRET,
    also=(Control.AUTHENTICATION,),
    cwe=323,
)
def secret_shared_key_and_password(secrets: Facts[SecretUses]) -> Iterator[Diagnostic]:
    return shared(secrets, Sharing.KEY_AND_PASSWORD, expected="a key that is nobody's password")
