"""Cassandra keeps no audit log.

## Why it matters
Without an audit log nobody can say after an incident who logged in, who was turned away and which statements were run.
It is off by default. Versions before 4.0 cannot write one.

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

## Bad: switched off
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
audit_logging_options:
  enabled: false  # <-
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
audit_logging_options:
  enabled: true
```

## Good: with a logger as a list
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
audit_logging_options:
  enabled: true
  logger:
    - class_name: FileAuditLogger
```

## Fix
Write an audit log and ship it off the host.

```yaml
audit_logging_options:
  enabled: true
  logger:
    - class_name: FileAuditLogger
```

## References
- Cassandra documentation 5.0, "Audit logging": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/auditlogging.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-audit-log-off", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def cassandra_audit_log_off(server: Cassandra) -> Iterator[Diagnostic]:
    if known(server.audits):
        return
    if server.versions.is_below(4, 0):
        yield fail(
            "Cassandra keeps no audit log: this version cannot write one",
            at=server.at,
            severity=MEDIUM,
            expected="4.0 or later with audit_logging_options.enabled: true",
        )
    else:
        yield fail(
            "Cassandra keeps no audit log: audit_logging_options.enabled is not true",
            at=server.where("audit_logging_options.enabled"),
            expected="audit_logging_options.enabled: true",
        )
