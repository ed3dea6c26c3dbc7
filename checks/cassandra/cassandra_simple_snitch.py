"""Cassandra does not know racks and data centres.

## Why it matters
`SimpleSnitch` sees one rack in one data centre, so that all copies of a record may stand in the same rack and fail with
it. Cassandra's documentation recommends `GossipingPropertyFileSnitch` for production, with one data centre as well:
changing it later means moving data.

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
endpoint_snitch: SimpleSnitch  # <-
listen_address: 10.20.0.5
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## Bad: the image's default
```yaml compose.yaml
services:
  db:
    image: cassandra:5.0  # <-
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
```

## Good: a variable of the image
```yaml compose.yaml
services:
  db:
    image: cassandra:5.0
    environment:
      CASSANDRA_ENDPOINT_SNITCH: GossipingPropertyFileSnitch
      CASSANDRA_DC: north
```

## Fix
Tell Cassandra where its nodes stand.

```yaml
endpoint_snitch: GossipingPropertyFileSnitch
```

## References
- Cassandra documentation 5.0, "Snitches": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/snitch.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-simple-snitch", severity=LOW, control=Control.AVAILABILITY)
def cassandra_simple_snitch(server: Cassandra) -> Iterator[Diagnostic]:
    if known(server.class_of("endpoint_snitch")) == "SimpleSnitch":
        yield fail(
            "Cassandra does not know racks and data centres, so that all copies of a record may fail together",
            at=server.where("endpoint_snitch"),
            expected="endpoint_snitch: GossipingPropertyFileSnitch",
        )
