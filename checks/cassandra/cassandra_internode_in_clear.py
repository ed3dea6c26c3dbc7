"""Nodes of a Cassandra cluster talk to each other without TLS.

## Why it matters
Every write travels to the nodes that keep a copy. Without TLS between all nodes the records cross the network readable,
and a stranger who speaks the protocol joins the ring. `dc` and `rack` leave the exchange within a data centre or rack
in clear text, and a node can pretend to be in it.

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
client_encryption_options:
  enabled: true
  optional: false
  keystore: /etc/cassandra/keystore.p12
```

## Bad: only between data centres
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
  internode_encryption: dc  # <-
  require_client_auth: true
  keystore: /etc/cassandra/keystore.p12
  truststore: /etc/cassandra/truststore.p12
```

## Bad: nodes without TLS are taken in
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
  optional: true  # <-
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

## Good: a single node that listens on loopback
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
listen_address: 127.0.0.1
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## Fix
Encrypt between all nodes and let them show certificates.

```yaml
server_encryption_options:
  internode_encryption: all
  require_client_auth: true
```

## References
- Cassandra documentation 5.0, "Security": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/security.html
- Cassandra documentation 5.0, "cassandra.yaml file configuration": https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra

_LOOPBACK = ("localhost", "127.", "::1")


@check("cassandra-internode-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def cassandra_internode_in_clear(server: Cassandra) -> Iterator[Diagnostic]:
    if (known(server.text("listen_address")) or "").startswith(_LOOPBACK):
        return
    name = "server_encryption_options.internode_encryption"
    kind = known(server.internode_encryption)
    if kind == "all":
        if known(server.is_on("server_encryption_options.optional")):
            yield fail(
                "Cassandra takes in nodes without TLS beside those with it",
                at=server.where("server_encryption_options.optional"),
                severity=server.node_exposure.scale(MEDIUM),
                expected="optional: false",
            )
        return
    where = {"dc": " within a data centre", "rack": " within a rack"}.get(kind, "")
    yield fail(
        f"Nodes of the cluster talk to each other without TLS{where}",
        at=server.where(name),
        severity=server.node_exposure.scale(MEDIUM if where else HIGH),
        expected="internode_encryption: all",
    )
