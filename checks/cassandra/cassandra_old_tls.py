"""Cassandra is told to accept TLS 1.0 or 1.1.

## Why it matters
TLS 1.0 and 1.1 were withdrawn in 2021 (RFC 8996). Current Java versions refuse them whatever this setting says, until
somebody changes `java.security` as well; on an older Java the setting alone brings them back.

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
  optional: false
  keystore: /etc/cassandra/keystore.p12
  accepted_protocols: [TLSv1.1, TLSv1.2]  # <-
```

## Bad: between nodes, in the older way
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
  protocol: TLSv1  # <-
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
  accepted_protocols: [TLSv1.2, TLSv1.3]
```

## Good: TLS is the name of them all, and Java chooses
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
  protocol: TLS
```

## Good: switched off
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
rpc_address: 127.0.0.1
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
client_encryption_options:
  enabled: false
  protocol: TLSv1
```

## Fix
Accept TLS 1.2 and 1.3, or delete the line.

```yaml
accepted_protocols: [TLSv1.2, TLSv1.3]
```

## References
- Cassandra documentation 5.0, "Security": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/security.html
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra

_WITHDRAWN = frozenset({"SSLv2Hello", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1"})


@check("cassandra-old-tls", severity=LOW, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def cassandra_old_tls(server: Cassandra) -> Iterator[Diagnostic]:
    in_use = {
        "client_encryption_options": known(server.client_tls),
        "server_encryption_options": known(server.internode_encryption) != "none",
    }
    for section, used in in_use.items():
        for key in ("protocol", "accepted_protocols"):
            name = f"{section}.{key}"
            old = [word for word in known(server.words(name)) if word in _WITHDRAWN]
            if used and old:
                yield fail(
                    f"Cassandra is told to accept {' and '.join(old)} ({name})",
                    at=server.where(name),
                    key=name,
                    expected="accepted_protocols: [TLSv1.2, TLSv1.3]",
                )
