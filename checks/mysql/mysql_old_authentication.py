"""MySQL or MariaDB creates or accepts accounts with an outdated password method.

## Why it matters
`mysql_native_password` keeps an unsalted double SHA-1 of the password, so a stolen table of users is soon guessed and equal
passwords show; `old_passwords` keeps 16 hexadecimal digits that are broken in minutes. `secure_auth` off lets clients log in
with that old format.

## Bad: the default for new accounts
```yaml compose.yaml
services:
  db:
    image: mysql:8.0
    command: --default-authentication-plugin=mysql_native_password  # <-
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Bad: switched on again
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
mysql_native_password = ON  # <-
```

## Bad: the format of 4.0
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
old_passwords = 1  # <-
```

## Good
```yaml compose.yaml
services:
  db:
    image: mysql:8.0
    command: --default-authentication-plugin=caching_sha2_password
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good: the last one counts
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
old_passwords = 1
skip-old-passwords
```

## Fix
Use the default of MySQL 8.0 and later, and in MariaDB `ed25519` or `unix_socket` for each account:
```text my.cnf
[mysqld]
authentication_policy = caching_sha2_password
```

## References
- MySQL 8.4 manual, 8.4.1.1 Native Pluggable Authentication: https://dev.mysql.com/doc/refman/8.4/en/native-pluggable-authentication.html
- MariaDB documentation, Server System Variables (old_passwords, secure_auth): https://mariadb.com/kb/en/server-system-variables/
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.mysql import Mysql

_EFFECTS = {
    "default_authentication_plugin": "makes mysql_native_password the method of new accounts",
    "authentication_policy": "makes mysql_native_password the method of new accounts",
    "mysql_native_password": "lets accounts use that method again",
}


def _is_native(name: str, value: str) -> bool:
    if name == "mysql_native_password":
        return value.upper() in {"", "ON", "1", "TRUE", "FORCE", "FORCE_PLUS_PERMANENT"}
    return value.partition(",")[0].strip().strip("*:").lower() == "mysql_native_password"


@check(
    "mysql-old-authentication",
    severity=MEDIUM,
    control=Control.PASSWORD_POLICY,
    also=(Control.AUTHENTICATION,),
    cwe=916,
)
def mysql_old_authentication(mysql: Mysql) -> Iterator[Diagnostic]:
    for name, effect in _EFFECTS.items():
        value = mysql.text(name)
        if mysql.is_set(name) and isinstance(value, Unknown):
            yield not_evaluated(value.reason)
        elif mysql.is_set(name) and _is_native(name, str(value)):
            yield fail(
                f"{mysql.label} takes unsalted SHA-1 hashes of passwords: {name} {effect}",
                at=mysql.where(name),
                key=name,
                expected="caching_sha2_password",
            )
    if mysql.is_set("old_passwords") and known(mysql.on("old_passwords")):
        yield fail(
            f"{mysql.label} keeps new passwords in the format of MySQL 4.0",
            at=mysql.where("old_passwords"),
            severity=HIGH,
            key="old_passwords",
            expected="old_passwords = 0",
        )
    if mysql.is_set("secure_auth") and not known(mysql.on("secure_auth")):
        yield fail(
            f"{mysql.label} lets clients log in with the password format of MySQL 4.0",
            at=mysql.where("secure_auth"),
            key="secure_auth",
            expected="secure_auth = ON",
        )
