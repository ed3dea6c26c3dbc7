"""Cassandra listens for clients on every address of its host.

## Why it matters
A server that listens everywhere is reachable from each network that the host is ever attached to, and one mistake in a
firewall publishes it.

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
rpc_address: 0.0.0.0  # <-
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
broadcast_rpc_address: 10.20.0.5
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
rpc_address: 0.0.0.0
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
rpc_address: 10.20.0.5
```

## Fix
Name the address on which clients connect.

```yaml
rpc_address: 10.20.0.5
```

## References
- Cassandra documentation 5.0, "cassandra.yaml file configuration": https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-binds-all-interfaces", severity=HIGH, control=Control.NETWORK_EXPOSURE, cwe=1327)
def cassandra_binds_all_interfaces(server: Cassandra) -> Iterator[Diagnostic]:
    if server.in_container:  # a container has to listen on all of its own addresses; what matters is what is published
        return
    if known(server.listens_everywhere):
        safe = known(server.authenticates) and known(server.client_tls) and known(server.plaintext_setting) is None
        yield fail(
            "Cassandra listens for clients on every address of its host",
            at=server.where("rpc_address"),
            severity=LOW if safe else HIGH,
            expected="rpc_address with the address that clients use",
        )
