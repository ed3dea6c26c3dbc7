"""MongoDB has no replica.

## Why it matters
A standalone server has no member that takes over, and no oplog from which the data could be restored to a point in time.
When its host fails, the records are unavailable until it is repaired, and what the last backup lacks is lost.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
replication:
  replSetName: clinic
```

## Fix
Run three members and name their set.
```yaml
replication:
  replSetName: clinic
```

## References
- MongoDB 8.0 manual, Replication: https://www.mongodb.com/docs/manual/replication/
- MongoDB 8.0 manual, Convert a Standalone to a Replica Set: https://www.mongodb.com/docs/manual/tutorial/convert-standalone-to-replica-set/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-standalone", severity=LOW, control=Control.AVAILABILITY, also=(Control.BACKUP,))
def mongodb_standalone(server: Mongod) -> Iterator[Diagnostic]:
    if server.is_data_node and not known(server.replica_set):
        yield fail(
            "MongoDB has no replica: the server belongs to no replica set",
            at=server.where("replication.replSetName"),
            expected="replication.replSetName, with three members",
        )
