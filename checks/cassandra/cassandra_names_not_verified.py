"""Nodes of a Cassandra cluster do not check each other's addresses.

## Why it matters
A node shows a certificate, and any that the trust store accepts will do: whoever holds one of the same authority for
another machine can pose as a node, receive copies of the records and answer for them.

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
server_encryption_options:
  internode_encryption: all
  require_client_auth: true
  require_endpoint_verification: false  # <-
  keystore: /etc/cassandra/keystore.p12
  truststore: /etc/cassandra/truststore.p12
```

## Bad: the default
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
server_encryption_options:
  internode_encryption: dc
  require_client_auth: true
  keystore: /etc/cassandra/keystore.p12
  truststore: /etc/cassandra/truststore.p12
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
server_encryption_options:
  internode_encryption: all
  require_client_auth: true
  require_endpoint_verification: true
  keystore: /etc/cassandra/keystore.p12
  truststore: /etc/cassandra/truststore.p12
```

## Good: no TLS between nodes, which another check reports
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
server_encryption_options:
  internode_encryption: none
  require_client_auth: true
  keystore: /etc/cassandra/keystore.p12
  truststore: /etc/cassandra/truststore.p12
```

## Fix
Issue each node a certificate with its own address, then check it.

```yaml
server_encryption_options:
  internode_encryption: all
  require_client_auth: true
  require_endpoint_verification: true
```

## References
- Cassandra documentation 5.0, "Security": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/security.html
- Cassandra documentation 5.0, "cassandra.yaml file configuration": https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra

_OPTIONS = "server_encryption_options"


@check("cassandra-names-not-verified", severity=LOW, control=Control.ENCRYPTION_IN_TRANSIT, cwe=297)
def cassandra_names_not_verified(server: Cassandra) -> Iterator[Diagnostic]:
    if known(server.internode_encryption) == "none" or not known(server.is_on(f"{_OPTIONS}.require_client_auth")):
        return  # without certificates there are no names to check
    name = f"{_OPTIONS}.require_endpoint_verification"
    if not known(server.is_on(name)):
        yield fail(
            "Nodes of the cluster accept each other's certificates for any address",
            at=server.where(name),
            expected="require_endpoint_verification: true",
        )
