"""Cassandra logs forbidden origins and lets them in.

## Why it matters
`CassandraCIDRAuthorizer` restricts from which networks a user may log in. Its mode is `MONITOR` unless it is told
otherwise: a log-in from anywhere else is written to the log and let in.

## Bad: the default mode
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
cidr_authorizer:  # <-
  class_name: CassandraCIDRAuthorizer
```

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
cidr_authorizer:
  class_name: CassandraCIDRAuthorizer
  parameters:
    cidr_authorizer_mode: MONITOR  # <-
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
cidr_authorizer:
  class_name: CassandraCIDRAuthorizer
  parameters:
    cidr_authorizer_mode: ENFORCE
```

## Good: no such rules
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
cidr_authorizer:
  class_name: AllowAllCIDRAuthorizer
```

## Fix
Enforce the rules.

```yaml
cidr_authorizer:
  class_name: CassandraCIDRAuthorizer
  parameters:
    cidr_authorizer_mode: ENFORCE
```

## References
- Cassandra documentation 5.0, "Security", CIDR authorizer: https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/security.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-origin-rules-only-logged", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=284)
def cassandra_origin_rules_only_logged(server: Cassandra) -> Iterator[Diagnostic]:
    name = "cidr_authorizer.parameters.cidr_authorizer_mode"
    mode = (known(server.text(name)) or "MONITOR").upper()
    if known(server.class_of("cidr_authorizer")) == "CassandraCIDRAuthorizer" and mode != "ENFORCE":
        yield fail(
            "Cassandra logs log-ins from forbidden networks and lets them in",
            at=server.where(name),
            expected="cidr_authorizer_mode: ENFORCE",
        )
