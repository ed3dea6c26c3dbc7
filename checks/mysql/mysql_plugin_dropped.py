"""A later plugin_load takes plugins back.

## Why it matters
`plugin_load` replaces the list of plugins; only `plugin_load_add` adds to it. The plugin named first, an audit log or a test
of passwords, is not loaded, without a word in the log.

## Bad
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load = server_audit  # <-
plugin_load = simple_password_check
```

## Bad: a flag of the container
```yaml compose.yaml
services:
  db:
    image: mariadb:10.11
    command: --plugin-load=simple_password_check
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
    volumes:
      - ./audit.cnf:/etc/mysql/conf.d/audit.cnf:ro
```
```text audit.cnf
[mariadb]
plugin_load_add = server_audit  # <-
```

## Good
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load = server_audit
plugin_load_add = simple_password_check
```

## Good: named again
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load = server_audit
plugin_load = server_audit;simple_password_check
```

## Fix
Add to the list:
```text my.cnf
[mariadb]
plugin_load_add = server_audit
plugin_load_add = simple_password_check
```

## References
- MySQL 8.4 manual, 7.6.1 Installing and Uninstalling Plugins: https://dev.mysql.com/doc/refman/8.4/en/plugin-loading.html
- MariaDB documentation, mariadbd options (plugin-load, plugin-load-add): https://mariadb.com/kb/en/mariadbd-options/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.mysql import Mysql


@check("mysql-plugin-dropped", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AUDIT_LOGGING,))
def mysql_plugin_dropped(mysql: Mysql) -> Iterator[Diagnostic]:
    for problem in mysql.dropped_plugins:
        yield fail(
            f"{problem.message} is not loaded, because a later plugin_load replaces the list",
            at=problem.at,
            key=problem.message,
            expected="plugin_load_add",
        )
