"""MySQL or MariaDB keeps no audit log.

## Why it matters
Without an audit log nobody can say after an incident whose records were seen, and by whom. MariaDB has the plugin
`server_audit`, which logs nothing until `server_audit_logging` is on; Percona Server and MySQL Enterprise have `audit_log`.
MySQL Community has none, so the application or a proxy in front has to.

## Bad: nothing loads it
```text my.cnf
[mariadb]  # <-
bind-address = 127.0.0.1
```

## Bad: loaded, and silent
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load_add = server_audit  # <-
```

## Good
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load_add = server_audit
server_audit_logging = ON
```

## Good: MySQL Enterprise
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
plugin-load-add = audit_log.so
```

## Good: switched on by a flag
```yaml compose.yaml
services:
  db:
    image: mariadb:10.11
    command: --plugin-load-add=server_audit --server-audit-logging=ON
    environment:
      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/root
```

## Fix
Load the plugin and switch it on:
```text my.cnf
[mariadb]
plugin_load_add = server_audit
server_audit_logging = ON
server_audit_events = CONNECT,QUERY
```

With MySQL Community, write the trail in the application and record that decision.

## References
- MariaDB documentation, MariaDB Audit Plugin: https://mariadb.com/kb/en/mariadb-audit-plugin/
- MySQL 8.4 manual, 8.4.5 MySQL Enterprise Audit: https://dev.mysql.com/doc/refman/8.4/en/audit-log.html
- Percona Server 8.4, Audit Log Filter: https://docs.percona.com/percona-server/8.4/audit-log-filter-overview.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, MEDIUM, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-audit-log-off", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def mysql_audit_log_off(mysql: Mysql) -> Iterator[Diagnostic]:
    loaded = known(mysql.loads)
    if any(name.startswith(("audit_log", "audit-log")) for name in loaded):
        return
    if "server_audit" in loaded and mysql.product != "mysql":
        if not known(mysql.on("server_audit_logging")):
            yield fail(
                f"{mysql.label} keeps no audit log: server_audit is loaded, and server_audit_logging is off",
                at=mysql.place("server_audit_logging", "plugin_load"),
                expected="server_audit_logging = ON",
            )
        return
    if known(mysql.text("audit_log")) if mysql.has("audit_log") and mysql.is_set("audit_log") else False:
        return
    is_community = mysql.product == "mysql" and mysql.edition == "community"
    reason = "the Community edition cannot write one" if is_community else "its configuration loads no audit plugin"
    yield fail(
        f"{mysql.label} keeps no audit log: {reason}",
        severity=MEDIUM if mysql.product == "mariadb" or mysql.edition == "percona" else LOW,
        confidence=Confidence.MEDIUM,  # INSTALL PLUGIN in the database does not show in files
        expected="an audit trail in the application, or an edition with an audit plugin"
        if is_community
        else "plugin_load_add = server_audit and server_audit_logging = ON",
    )
