"""Several accounts have one password.

## Why it matters
Who learns the password of one account has the others too: the application's becomes the administrator's, and one
server's opens the next. What was done with it cannot be told apart by user.

## Bad: the database's administrator and its application
```text .env
MYSQL_ROOT_PASSWORD=kd83-Plover-19-lamp  # <-
MYSQL_USER=clinic
MYSQL_PASSWORD=kd83-Plover-19-lamp
```

## Bad: two servers
```text compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: kd83-Plover-19-lamp  # <-
  queue:
    image: rabbitmq:4
    environment:
      RABBITMQ_DEFAULT_USER: app
      RABBITMQ_DEFAULT_PASS: kd83-Plover-19-lamp
```

## Bad: a default, which within one system is a choice
```text shop/.env
MYSQL_ROOT_PASSWORD=wordpress  # <-
MYSQL_USER=shop
MYSQL_PASSWORD=wordpress
```

## Good: a client holds its own server's password
```text .env
POSTGRES_PASSWORD=kd83-Plover-19-lamp
DATABASE_URL=postgresql://postgres:kd83-Plover-19-lamp@db/clinic
```

## Good: two settings for one user
```text compose.yaml
services:
  ehrbase:
    image: ehrbase/ehrbase:2.0
    environment:
      DB_USER: ehrbase_user
      DB_PASS: kd83-Plover-19-lamp
      DB_USER_ADMIN: ehrbase_user
      DB_PASS_ADMIN: kd83-Plover-19-lamp
```

## Fix
Give every account a password of its own.
```sh
openssl rand -base64 24
```

## References
- 45 CFR 164.312(a)(2)(i) (unique user identification)
- NIST SP 800-53 Rev. 5, IA-2 and IA-5
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Facts, SecretUses, Sharing, check

from ._sharing import shared


@check("secret-shared-logins", severity=MEDIUM, control=Control.SHARED_SECRET, also=(Control.AUTHENTICATION,), cwe=1391)
def secret_shared_logins(secrets: Facts[SecretUses]) -> Iterator[Diagnostic]:
    return shared(secrets, Sharing.LOGINS, expected="a password of its own for every account")
