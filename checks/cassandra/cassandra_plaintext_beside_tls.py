"""Cassandra accepts clients without TLS beside those with it.

## Why it matters
With `optional: true`, or with a port of its own for TLS, the way without TLS stays open: a client that is set up
wrongly sends its password and the records in clear text, and nobody notices.

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
client_encryption_options:
  enabled: true
  optional: true  # <-
  keystore: /etc/cassandra/keystore.p12
```

## Bad: TLS has another port
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
client_encryption_options:
  enabled: true
  optional: false
  keystore: /etc/cassandra/keystore.p12
native_transport_port: 9042
native_transport_port_ssl: 9142  # <-
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
client_encryption_options:
  enabled: true
  optional: false
  keystore: /etc/cassandra/keystore.p12
```

## Good: not said, and required by default
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
client_encryption_options:
  enabled: true
  keystore: /etc/cassandra/keystore.p12
```

## Good: both names for one port
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
client_encryption_options:
  enabled: true
  optional: false
  keystore: /etc/cassandra/keystore.p12
native_transport_port: 9042
native_transport_port_ssl: 9042
```

## Fix
Require TLS on one port.

```yaml
client_encryption_options:
  enabled: true
  optional: false
```

## References
- Cassandra documentation 5.0, "Security": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/security.html
- Cassandra documentation 5.0, "cassandra.yaml file configuration": https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-plaintext-beside-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def cassandra_plaintext_beside_tls(server: Cassandra) -> Iterator[Diagnostic]:
    name = known(server.plaintext_setting)
    if name is not None and known(server.serves_remote):
        yield fail(
            f"Cassandra accepts clients without TLS beside those with it ({name}); {server.exposure.reason}",
            at=server.where(name),
            severity=server.exposure.scale(HIGH),
            expected="optional: false, and one port",
        )
