"""MySQL or MariaDB changes values that do not fit, without an error.

## Why it matters
Without a strict `sql_mode` a text that is too long is cut, a number out of range is replaced and a date that does not exist
becomes zeros: a record says something else than what was entered. Strict mode is the default, and a list of modes replaces
it.

## Bad: another list
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
sql_mode = NO_ENGINE_SUBSTITUTION  # <-
```

## Bad: an empty one, as old applications ask for
```yaml compose.yaml
services:
  db:
    image: mysql:8.4
    command: --sql-mode=""  # <-
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Good
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
sql_mode = STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION
```

## Good: TRADITIONAL holds it
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
sql_mode = "traditional"
```

## Fix
```text my.cnf
[mysqld]
sql_mode = STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION
```

## References
- MySQL 8.4 manual, 7.1.11 Server SQL Modes: https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html
- MariaDB documentation, SQL_MODE: https://mariadb.com/kb/en/sql-mode/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, is_whole_number, known, not_evaluated
from auditor.technologies.mysql import Mysql


@check("mysql-values-truncated", severity=MEDIUM, control=Control.INTEGRITY, cwe=20)
def mysql_values_truncated(mysql: Mysql) -> Iterator[Diagnostic]:
    if not mysql.is_set("sql_mode"):
        return  # strict in every supported version
    modes = [mode.upper() for mode in known(mysql.words("sql_mode"))]
    if len(modes) == 1 and is_whole_number(modes[0]):
        yield not_evaluated("sql_mode is a number")
    elif not {"STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "TRADITIONAL"} & set(modes):
        yield fail(
            f"{mysql.label} cuts or replaces values that do not fit: sql_mode holds no strict mode",
            at=mysql.where("sql_mode"),
            expected="sql_mode with STRICT_TRANS_TABLES",
        )
