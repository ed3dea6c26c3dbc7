"""MySQL or MariaDB would refuse to start with this configuration.

## Why it matters
The server stops at an option that it does not know or a value that it cannot read. Whatever is running now runs with
something else, and the next restart fails. Its other settings are not judged.

## Bad: no group
```text my.cnf
bind-address = 127.0.0.1  # <-
[mysqld]
datadir = /var/lib/mysql
```

## Bad: a misspelt option
```yaml compose.yaml
services:
  db:
    image: mariadb:10.11
    command: --requires-secure-transport=ON  # <-
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Bad: an option that is gone
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    command: --default-authentication-plugin=mysql_native_password  # <-
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Bad: a value behind a blank
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    command: ["--local-infile", "0"]  # <-
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Bad: the image does not start without a word on root's password
```yaml compose.yaml
services:
  db:
    image: mysql:8.4  # <-
```

## Good: loose- lets it pass
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    command: --loose-default-authentication-plugin=mysql_native_password
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good: a unique beginning of a name
```yaml compose.yaml
services:
  db:
    image: mariadb:10.11
    command: --require-sec=ON
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good: a broken file that only ends the include
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
!include part.cnf
```
```text part.cnf
[mysqld]
wait_timeout = 600
[broken
```

## Fix
Correct the line, and test the configuration before it is rolled out:
```text
mariadbd --help --verbose > /dev/null
mysqld --validate-config
```

## References
- MySQL 8.4 manual, 6.2.2.2 Using Option Files: https://dev.mysql.com/doc/refman/8.4/en/option-files.html
- MySQL 8.4 manual, 1.4 What Is New in MySQL 8.4 since MySQL 8.0 (removed options): https://dev.mysql.com/doc/refman/8.4/en/mysql-nutshell.html
- MariaDB documentation, Configuring MariaDB with Option Files: https://mariadb.com/kb/en/configuring-mariadb-with-option-files/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.mysql import Mysql


@check(
    "mysql-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def mysql_refused_configuration(mysql: Mysql) -> Iterator[Diagnostic]:
    for problem in mysql.refused:
        yield fail(f"{mysql.label} would refuse to start: {problem.message}", at=problem.at, key=problem.message)
    if mysql.orphan_options:
        names = ", ".join(problem.message for problem in mysql.orphan_options[:3])
        yield not_evaluated(f"{names} is refused unless its plugin was installed in the database")
    if mysql.unrecognised:
        where = ", ".join(str(problem.at) for problem in mysql.unrecognised[:3])
        yield not_evaluated(f"an option is not known here ({where}); another version or a plugin may have it")
