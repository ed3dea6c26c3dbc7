"""Cassandra takes no snapshot before a table is dropped.

## Why it matters
`auto_snapshot` keeps the files of a table that is truncated or dropped. Without it one wrong statement, or one of an
intruder, destroys the records on every replica at once; there is no way back but a backup.

## Bad
```yaml cassandra.yaml
cluster_name: clinic
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.0.5"
commitlog_sync: periodic
commitlog_sync_period: 10000ms
endpoint_snitch: GossipingPropertyFileSnitch
listen_address: 10.20.0.5
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
auto_snapshot: false  # <-
```

## Good: the default
```yaml cassandra.yaml
cluster_name: clinic
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.0.5"
commitlog_sync: periodic
commitlog_sync_period: 10000ms
endpoint_snitch: GossipingPropertyFileSnitch
listen_address: 10.20.0.5
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## Good: a later line counts
```yaml cassandra.yaml
cluster_name: clinic
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.0.5"
commitlog_sync: periodic
commitlog_sync_period: 10000ms
endpoint_snitch: GossipingPropertyFileSnitch
listen_address: 10.20.0.5
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
auto_snapshot: false
auto_snapshot: true
```

## Fix
Keep the default.

```yaml
auto_snapshot: true
```

## References
- Cassandra documentation 5.0, "Backups": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/backups.html
- Cassandra documentation 5.0, "cassandra.yaml file configuration": https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-no-snapshot-before-drop", severity=MEDIUM, control=Control.BACKUP, also=(Control.INTEGRITY,))
def cassandra_no_snapshot_before_drop(server: Cassandra) -> Iterator[Diagnostic]:
    if not known(server.is_on("auto_snapshot")):
        yield fail(
            "Cassandra takes no snapshot before a table is truncated or dropped",
            at=server.where("auto_snapshot"),
            expected="auto_snapshot: true",
        )
