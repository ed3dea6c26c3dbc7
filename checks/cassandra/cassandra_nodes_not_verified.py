"""Cassandra takes in nodes without a certificate.

## Why it matters
TLS hides what nodes exchange, but without `require_client_auth` a node that connects shows no certificate: anybody who
reaches the port joins the ring and receives copies of the records.

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
  require_client_auth: false  # <-
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
  internode_encryption: all
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
  keystore: /etc/cassandra/keystore.p12
  truststore: /etc/cassandra/truststore.p12
```

## Good: in the words of YAML 1.1
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
  require_client_auth: yes
  keystore: /etc/cassandra/keystore.p12
  truststore: /etc/cassandra/truststore.p12
```

## Fix
Ask for certificates of your own authority.

```yaml
server_encryption_options:
  internode_encryption: all
  require_client_auth: true
  require_endpoint_verification: true
  truststore: /etc/cassandra/truststore.p12
```

## References
- Cassandra documentation 5.0, "Security": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/security.html
- Cassandra documentation 5.0, "cassandra.yaml file configuration": https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-nodes-not-verified", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=295)
def cassandra_nodes_not_verified(server: Cassandra) -> Iterator[Diagnostic]:
    name = "server_encryption_options.require_client_auth"
    if known(server.internode_encryption) != "none" and not known(server.is_on(name)):
        yield fail(
            "Cassandra takes in nodes without a certificate",
            at=server.where(name),
            severity=server.node_exposure.scale(MEDIUM),
            expected="require_client_auth: true and a truststore",
        )
