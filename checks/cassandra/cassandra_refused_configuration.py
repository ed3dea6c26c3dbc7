"""Cassandra would refuse to start with this configuration.

## Why it matters
A file that Cassandra refuses is not the one that the running server was started with: either the server is down, or it
runs on something else and this file shows a security that does not exist. Nothing else in the file can be judged.

## Bad: permissions without a log-in
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
authenticator: AllowAllAuthenticator
authorizer: CassandraAuthorizer  # <-
```

## Bad: all addresses, and none to tell clients
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
rpc_address: 0.0.0.0  # <-
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## Bad: both names of one setting
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
commitlog_sync_period_in_ms: 10000  # <-
```

## Bad: a setting that 4.0 removed
```yaml compose.yaml
services:
  db:
    image: cassandra:5.0
    volumes:
      - ./cassandra.yaml:/etc/cassandra/cassandra.yaml
```
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
# broadcast_rpc_address:
start_rpc: false  # <-
```

## Bad: the image opens all addresses and finds no line to name one for clients
```yaml compose.yaml
services:
  db:  # <-
    image: cassandra:5.0
    volumes:
      - ./cassandra.yaml:/etc/cassandra/cassandra.yaml
```
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

## Bad: a period beside batch
```yaml cassandra.yaml
cluster_name: clinic
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.0.5"
commitlog_sync: batch
commitlog_sync_period: 10000ms  # <-
endpoint_snitch: GossipingPropertyFileSnitch
listen_address: 10.20.0.5
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## Bad: no list of seeds
```yaml cassandra.yaml
cluster_name: clinic
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: batch
listen_address: 10.20.0.5
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
rpc_address: 0.0.0.0
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
broadcast_rpc_address: 10.20.0.5
```

## Good: a setting given twice is allowed, the last one counts
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
authorizer: AllowAllAuthorizer
authorizer: CassandraAuthorizer
```

## Good: an old name in a file of an older version
```yaml compose.yaml
services:
  db:
    image: cassandra:3.11
    volumes:
      - ./cassandra.yaml:/etc/cassandra/cassandra.yaml
```
```yaml cassandra.yaml
cluster_name: clinic
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.0.5"
commitlog_sync: periodic
commitlog_sync_period_in_ms: 10000
endpoint_snitch: GossipingPropertyFileSnitch
listen_address: 10.20.0.5
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
# broadcast_rpc_address:
start_rpc: false
```

## Fix
Correct the line and start a node with the file before it is rolled out; it names the setting it refuses.

```text
cassandra -f -Dcassandra.config=file:///etc/cassandra/cassandra.yaml
```

## References
- Cassandra documentation 5.0, "cassandra.yaml file configuration": https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html
- NEWS.txt of Cassandra 4.1: https://github.com/apache/cassandra/blob/cassandra-4.1/NEWS.txt
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.cassandra import Cassandra


@check(
    "cassandra-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def cassandra_refused_configuration(server: Cassandra) -> Iterator[Diagnostic]:
    for problem in server.refused:
        yield fail(f"Cassandra would refuse to start: {problem.message}", at=problem.at, key=problem.message)
