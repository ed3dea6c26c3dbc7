"""Cassandra lets clients in without a password.

## Why it matters
`AllowAllAuthenticator`, the default, asks nobody who they are: every client that connects reads and changes every
record and drops every keyspace. Nothing ties an access to a person or a service. The official image is open in this
way, and it reads no variable that would change it.

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
```

## Bad: named as a class with parameters
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
authenticator:
  class_name: AllowAllAuthenticator  # <-
```

## Bad: a container on its image's defaults
```yaml compose.yaml
services:
  db:
    image: cassandra:5.0  # <-
    ports: ["9042:9042"]
```

## Bad: a later line takes the log-in away
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
authenticator: AllowAllAuthenticator  # <-
authorizer: AllowAllAuthorizer
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
rpc_address: 10.20.0.5
authenticator: AllowAllAuthenticator
authenticator:
  class_name: org.apache.cassandra.auth.PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## Good: a container with a file of its own
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
```

## Good: Bitnami's image asks for a log-in
```yaml compose.yaml
services:
  db:
    image: bitnami/cassandra:5.0
    environment:
      CASSANDRA_PASSWORD: ${CASSANDRA_PASSWORD}
```

## Fix
Ask for a log-in, raise the replication factor of `system_auth`, and replace the administrator `cassandra`.

```yaml
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## References
- Cassandra documentation 5.0, "Security": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/security.html
- Cassandra documentation 5.0, "cassandra.yaml file configuration": https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def cassandra_no_authentication(server: Cassandra) -> Iterator[Diagnostic]:
    if not known(server.authenticates):
        yield fail(
            f"Cassandra lets clients in without a password, with all rights; {server.exposure.reason}",
            at=server.where("authenticator"),
            severity=server.exposure.scale(CRITICAL),
            expected="authenticator: PasswordAuthenticator",
        )
