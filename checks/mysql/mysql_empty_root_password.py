"""The image creates root without a password.

## Why it matters
The image's script allows an empty password whenever the variable is not empty: `no`, `0` and `false` allow it, too. Root
is created for `%`, any host, so whoever reaches the port has all rights over all records.

## Bad
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    environment:
      MYSQL_ALLOW_EMPTY_PASSWORD: "yes"  # <-
```

## Bad: it looks like no, and means yes
```yaml compose.yaml
services:
  db:
    image: mariadb:11.4
    environment:
      MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: "no"  # <-
```

## Good: a password from a file
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good: a password beside it
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    environment:
      MYSQL_ALLOW_EMPTY_PASSWORD: "yes"
      MYSQL_ROOT_PASSWORD: ${ROOT_PASSWORD:-sample-only-not-a-real-password}
```

## Good: the image of bitnami reads no for no
```yaml compose.yaml
services:
  db:
    image: bitnami/mysql:8.4
    environment:
      ALLOW_EMPTY_PASSWORD: "no"
      MYSQL_ROOT_PASSWORD: sample-only-not-a-real-password
```

## Fix
Remove the variable and give root a password from a secret:
```yaml
environment:
  MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## References
- Docker Official Image mysql, environment variables: https://hub.docker.com/_/mysql
- Docker Official Image mariadb, environment variables: https://hub.docker.com/_/mariadb
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check(
    "mysql-empty-root-password",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.DEFAULT_CREDENTIAL,),
    cwe=258,
)
def mysql_empty_root_password(mysql: Mysql) -> Iterator[Diagnostic]:
    if mysql.root is not None and known(mysql.root.is_empty):
        host = mysql.root.host
        where = (
            "from any host" if host == "%" else "from its own host" if host == "localhost" else "from the hosts allowed"
        )
        yield fail(
            f"{mysql.label} is created with a root account without a password, that may log in {where}",
            at=mysql.root.at,
            severity=mysql.exposure.scale(CRITICAL),
            expected="a root password from a secret (*_ROOT_PASSWORD_FILE)",
        )
