"""One secret serves two purposes.

## Why it matters
A key that signs both session tokens and CSRF tokens breaks both when it leaks once, and lets material made for one
mechanism be replayed in the other. One password for two servers carries an intruder from the first to the second.
A secret shared by production and another environment is only as safe as the weaker of the two.

## Bad: one value signs JWTs and CSRF tokens
```text .env
JWT_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55  # <-
CSRF_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
```

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

## Bad: by reference
```text .env
JWT_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55  # <-
```
```text compose.yaml
services:
  api:
    image: registry.example/api:1.4
    environment:
      JWT_SECRET: ${JWT_SECRET}
      CSRF_SECRET: ${JWT_SECRET}
```

## Bad: the database's administrator and its application
```text .env
MYSQL_ROOT_PASSWORD=kd83-Plover-19-lamp  # <-
MYSQL_PASSWORD=kd83-Plover-19-lamp
```

## Bad: the same with a default that other places use too
```text shop/.env
MYSQL_ROOT_PASSWORD=wordpress  # <-
MYSQL_PASSWORD=wordpress
```
```text blog/.env
WORDPRESS_DB_PASSWORD=wordpress
```

## Good: the same default in two unrelated places
```text shop/.env
JWT_SECRET=supersecret
```
```text blog/.env
CSRF_SECRET=supersecret
```

## Good: a secret of its own for each purpose
```text .env
JWT_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
CSRF_SECRET=ow55-Garnet-72-mill-Yt8-cedar-30
```

## Good: a client holds its own server's password
```text .env
POSTGRES_PASSWORD=kd83-Plover-19-lamp
DATABASE_URL=postgresql://postgres:kd83-Plover-19-lamp@db/clinic
```

## Fix
Give every purpose a random secret of its own, and let the program refuse to start if two are equal.
```python
if settings.jwt_secret == settings.csrf_secret:
    raise SystemExit("JWT_SECRET and CSRF_SECRET must differ")
```

## References
- NIST SP 800-57 Part 1 Rev. 5, section 5.2 (a single key is used for only one purpose)
- CWE-1392: Use of Default Credentials
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.api import CRITICAL, HIGH, MEDIUM, Control, Credential, Diagnostic, Facts, Related, check, fail

from ._sharing import is_published, may_be_shared, verdict


@check("secret-shared", severity=HIGH, control=Control.SHARED_SECRET, also=(Control.AUTHENTICATION,), cwe=1391)
def secret_shared(credentials: Facts[Credential]) -> Iterator[Diagnostic]:
    groups: dict[tuple[bytes, str], list[Credential]] = defaultdict(list)
    published = {credential.secret.digest for credential in credentials if is_published(credential)}
    for credential in credentials:
        if may_be_shared(credential):
            # Everybody's default in two unrelated places is a coincidence; in one place it is a choice.
            place = credential.unit if credential.secret.digest in published else ""
            groups[credential.secret.digest, place].append(credential)
    number = 0
    for group in sorted(groups.values(), key=_first_place):
        found = verdict(group)
        if found is None:
            continue
        number += 1
        first, *others = sorted(group, key=lambda credential: (not credential.is_written, credential.at))
        yield fail(
            f"S-{number}: {found.message}",
            at=first.at,
            severity={"critical": CRITICAL, "high": HIGH, "medium": MEDIUM}[found.severity],
            related=tuple(Related(other.at, f"the same value as {other.key}") for other in others),
            key="+".join(sorted({credential.key for credential in group})),
            expected="a secret of its own for every purpose",
        )


def _first_place(group: Sequence[Credential]) -> tuple[bool, object]:
    return min((not credential.is_written, credential.at) for credential in group)
