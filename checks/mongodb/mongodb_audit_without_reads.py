"""MongoDB's audit log leaves out every permitted read and write.

## Why it matters
By default the audit log records refused operations only. Who opened a patient's record with permission, which is what an
investigation asks first, is then not in it.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
auditLog:
  destination: file  # <-
  format: JSON
  path: /var/log/mongodb/audit.json
```

## Bad: the filter lets through other events only
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
auditLog:
  destination: syslog
  filter: '{ atype: { $in: [ "authenticate", "dropCollection" ] } }'  # <-
setParameter:
  auditAuthorizationSuccess: true
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
auditLog:
  destination: file
  format: JSON
  path: /var/log/mongodb/audit.json
setParameter:
  auditAuthorizationSuccess: true
```

## Good: the filter keeps what users of one database do
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
auditLog:
  destination: syslog
  filter: '{ atype: { $in: [ "authenticate", "authCheck" ] }, "param.ns": /^records\\./ }'
setParameter:
  auditAuthorizationSuccess: true
```

## Good: the filter takes types of events out
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
auditLog:
  destination: syslog
  filter: '{ atype: { $nin: [ "logout" ] } }'
setParameter:
  auditAuthorizationSuccess: true
```

## Fix
Record permitted operations too.
```yaml
setParameter:
  auditAuthorizationSuccess: true
```

It costs throughput: limit it by `auditLog.filter` to the collections that hold patients' data. From 7.1 on the cluster
parameter `auditConfig` can set the same at run time; if it does, record that.

## References
- MongoDB 8.0 manual, Server Parameters, auditAuthorizationSuccess: https://www.mongodb.com/docs/manual/reference/parameters/#mongodb-parameter-param.auditAuthorizationSuccess
- MongoDB 8.0 manual, Configure Audit Filters (atype, authCheck): https://www.mongodb.com/docs/manual/tutorial/configure-audit-filters/
- MongoDB 8.0 manual, Cluster Parameters, auditConfig: https://www.mongodb.com/docs/manual/reference/cluster-parameters/auditConfig/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, lazy
from auditor.technologies.mongodb import Mongod

_LISTED = lazy(r"""^\s*\{\s*["']?atype["']?\s*:\s*(?:["']|\{\s*["']?\$(?:in|eq)\b)""")
"""A filter that starts with the types of events to keep."""


@check("mongodb-audit-without-reads", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def mongodb_audit_without_reads(server: Mongod) -> Iterator[Diagnostic]:
    if not known(server.has_audit):
        return
    if known(server.parameter("auditAuthorizationSuccess")) not in {"true", "1"}:
        yield fail(
            "The audit log records refused operations only, no permitted read or write",
            at=server.where("auditLog.destination"),
            expected="setParameter.auditAuthorizationSuccess: true",
        )
        return
    kept = known(server.text("auditLog.filter")) or ""
    if _LISTED.match(kept) and "authCheck" not in kept:
        yield fail(
            "The audit log records no read or write: its filter keeps other types of events than authCheck",
            at=server.where("auditLog.filter"),
            expected="authCheck among the types of events in auditLog.filter",
        )
