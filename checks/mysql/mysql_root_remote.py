"""The image lets root log in from any host.

## Why it matters
The account with all rights is open to password guessing and to a leaked password from everywhere that reaches the port;
applications need an account of their own. The image creates `root@%` unless it is told another host.

## Bad: the image's default
```yaml compose.yaml
services:
  db:
    image: mysql:8.4  # <-
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
    ports: ["3306:3306"]
```

## Bad: said so
```yaml compose.yaml
services:
  db:
    image: mariadb:11.4
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
      MARIADB_ROOT_HOST: "%"  # <-
```

## Good
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
      MYSQL_ROOT_HOST: localhost
    ports: ["3306:3306"]
```

## Good: nobody else reaches it
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    command: --skip-networking
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Fix
Keep root to the container itself and give each application its own account:
```yaml
environment:
  MYSQL_ROOT_HOST: localhost
```

## References
- Docker Official Image mysql, environment variables: https://hub.docker.com/_/mysql
- Docker Official Image mariadb, environment variables: https://hub.docker.com/_/mariadb
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-root-remote", severity=MEDIUM, control=Control.AUTHORIZATION, also=(Control.NETWORK_EXPOSURE,), cwe=250)
def mysql_root_remote(mysql: Mysql) -> Iterator[Diagnostic]:
    if mysql.root is not None and known(mysql.serves_remote_clients) and known(mysql.root.host) == "%":
        yield fail(
            f"The account root of {mysql.label} is created for any host; {mysql.exposure.reason}",
            at=mysql.root.host_at,
            severity=mysql.exposure.scale(MEDIUM),
            expected="*_ROOT_HOST: localhost",
        )
