"""MongoDB keeps no audit log.

## Why it matters
Without an audit log nobody can say after an incident whose records were seen, and by whom. The system log does not hold
it. MongoDB Enterprise and Percona Server write one; Community refuses the option, so the application or a proxy in front
has to.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  authorization: enabled
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  authorization: enabled
auditLog:
  destination: file
  format: JSON
  path: /var/log/mongodb/audit.json
```

## Fix
Write an audit log with MongoDB Enterprise or Percona Server.
```yaml
auditLog:
  destination: file
  format: JSON
  path: /var/log/mongodb/audit.json
setParameter:
  auditAuthorizationSuccess: true
```

With Community, write the trail in the application and record that decision.

## References
- MongoDB 8.0 manual, Auditing (Enterprise): https://www.mongodb.com/docs/manual/core/auditing/
- Percona Server for MongoDB 8.0, Audit logging: https://docs.percona.com/percona-server-for-mongodb/8.0/audit-logging.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-audit-log-off", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def mongodb_audit_log_off(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.has_audit):
        return
    if server.edition in {"enterprise", "percona"}:
        yield fail(
            "MongoDB keeps no audit log: auditLog is not configured",
            at=server.where("auditLog.destination"),
            expected="auditLog.destination: file",
        )
    else:
        is_community = server.edition == "community"
        can = "the Community edition cannot write one" if is_community else "auditLog is not configured"
        yield fail(
            f"MongoDB keeps no audit log: {can}",
            at=server.where("auditLog.destination"),
            severity=LOW if is_community else MEDIUM,
            expected="an audit trail in the application, or auditLog in MongoDB Enterprise or Percona Server",
        )
