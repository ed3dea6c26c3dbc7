"""Cassandra does not hand on writes that a node missed.

## Why it matters
A node that was down gets the writes it missed from hints. Without them its copies stay old until the next repair, and a
read from it returns a record as it was before.

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
hinted_handoff_enabled: false  # <-
```

## Good
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
hinted_handoff_enabled: true
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

## Fix
Keep the default.

```yaml
hinted_handoff_enabled: true
```

## References
- Cassandra documentation 5.0, "Hints": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/hints.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-hints-off", severity=LOW, control=Control.INTEGRITY, also=(Control.AVAILABILITY,))
def cassandra_hints_off(server: Cassandra) -> Iterator[Diagnostic]:
    if not known(server.is_on("hinted_handoff_enabled")):
        yield fail(
            "Cassandra does not hand on writes that a node missed while it was down",
            at=server.where("hinted_handoff_enabled"),
            expected="hinted_handoff_enabled: true",
        )
