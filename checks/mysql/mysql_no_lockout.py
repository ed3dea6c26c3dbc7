"""MariaDB never stops the guessing of a password.

## Why it matters
After `max_password_errors` wrong passwords in a row an account is blocked until an administrator lets it in again. The
default is more than four thousand million, so that a program may try every word of every dictionary.

## Bad: the default
```text my.cnf
[mariadb]  # <-
bind-address = 127.0.0.1
```

## Bad: a limit that nobody reaches
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
max_password_errors = 1M  # <-
```

## Good
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
max_password_errors = 20
```

## Good: a flag sets it
```yaml compose.yaml
services:
  db:
    image: mariadb:10.11
    command: --max-password-errors=20
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Fix
```text my.cnf
[mariadb]
max_password_errors = 20
```

MySQL blocks account by account (`FAILED_LOGIN_ATTEMPTS`), which files do not show.

## References
- MariaDB documentation, Server System Variables (max_password_errors): https://mariadb.com/kb/en/server-system-variables/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql

_MOST = 1000
"""Wrong passwords in a row; people need a handful, and programs that are set up wrongly some dozens."""


@check("mysql-no-lockout", severity=LOW, control=Control.PASSWORD_POLICY, also=(Control.AUTHENTICATION,), cwe=307)
def mysql_no_lockout(mysql: Mysql) -> Iterator[Diagnostic]:
    if mysql.product != "mariadb":
        return
    tries = known(mysql.number("max_password_errors"))
    if tries > _MOST:
        yield fail(
            f"{mysql.label} lets a client try {tries} wrong passwords for one account",
            at=mysql.where("max_password_errors"),
            expected="max_password_errors = 20",
        )
