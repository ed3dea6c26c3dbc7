"""The audit log leaves out events or accounts.

## Why it matters
An audit log without log-ins does not say who was there, and one without queries not what they read. An account that is
left out is the one an attacker uses.

## Bad: no queries
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load_add = server_audit
server_audit_logging = ON
server_audit_events = CONNECT  # <-
```

## Bad: an account is left out
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load_add = server_audit
server_audit_logging = ON
server_audit_excl_users = reports  # <-
```

## Bad: a policy that logs log-ins only
```text my.cnf
[mysqld-8.0]
bind-address = 127.0.0.1
plugin-load-add = audit_log.so
audit_log_policy = LOGINS  # <-
```

## Good
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load_add = server_audit
server_audit_logging = ON
server_audit_events = CONNECT,QUERY
```

## Good: everything is the default
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load_add = server_audit
server_audit_logging = ON
server_audit_excl_users =
```

## Fix
Log connections and queries of all accounts:
```text my.cnf
[mariadb]
server_audit_events = CONNECT,QUERY
server_audit_excl_users =
```

## References
- MariaDB documentation, MariaDB Audit Plugin options and system variables: https://mariadb.com/kb/en/mariadb-audit-plugin-options-and-system-variables/
- MySQL 8.0 manual, 6.4.5 MySQL Enterprise Audit (audit_log_policy): https://dev.mysql.com/doc/refman/8.0/en/audit-log-reference.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-audit-incomplete", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def mysql_audit_incomplete(mysql: Mysql) -> Iterator[Diagnostic]:
    loaded = known(mysql.loads)
    if "audit_log" in loaded and mysql.has("audit_log_policy"):
        policy = known(mysql.text("audit_log_policy")).upper()
        if policy != "ALL":
            yield fail(
                f"The audit log of {mysql.label} leaves events out: audit_log_policy is {policy}",
                at=mysql.where("audit_log_policy"),
                key="audit_log_policy",
                expected="audit_log_policy = ALL",
            )
    if (
        "server_audit" not in loaded
        or not mysql.has("server_audit_logging")
        or not known(mysql.on("server_audit_logging"))
    ):
        return
    events = [event.upper() for event in known(mysql.words("server_audit_events"))]
    missing = [] if not events else [kind for kind in ("CONNECT", "QUERY") if not any(kind in each for each in events)]
    if missing:
        yield fail(
            f"The audit log of {mysql.label} leaves out {' and '.join(missing)}",
            at=mysql.where("server_audit_events"),
            key="server_audit_events",
            expected="server_audit_events = CONNECT,QUERY",
        )
    for name in ("server_audit_excl_users", "server_audit_incl_users"):
        accounts = known(mysql.words(name))
        if accounts:
            which = "leaves out" if name.endswith("excl_users") else "holds only"
            yield fail(
                f"The audit log of {mysql.label} {which} what {', '.join(accounts)} did",
                at=mysql.where(name),
                key=name,
                expected=f"an empty {name}",
            )
