"""Cassandra deletes the oldest part of its audit log.

## Why it matters
`BinAuditLogger`, the default, deletes its oldest files when they reach `max_log_size` (16 GiB), whatever their age, and
a busy day can fill that. What happened before an intruder's noise is then gone. An archive command gets each file
first.

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
audit_logging_options:  # <-
  enabled: true
```

## Bad: named
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
audit_logging_options:  # <-
  enabled: true
  logger:
    - class_name: BinAuditLogger
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
  archive_command: "/usr/local/bin/ship-audit.sh %path"
```

## Good: a logger that writes to the system's logs
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
Archive each file, or log through logback with its own retention.

```yaml
audit_logging_options:
  enabled: true
  archive_command: "/usr/local/bin/ship-audit.sh %path"
```

## References
- Cassandra documentation 5.0, "Audit logging": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/auditlogging.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-audit-overwritten", severity=LOW, control=Control.AUDIT_LOGGING, cwe=779)
def cassandra_audit_overwritten(server: Cassandra) -> Iterator[Diagnostic]:
    if not known(server.audits) or known(server.text("audit_logging_options.archive_command")):
        return
    if known(server.class_of("audit_logging_options.logger")) in {"", "BinAuditLogger"}:
        yield fail(
            "Cassandra deletes the oldest files of its audit log when they reach max_log_size",
            at=server.where("audit_logging_options.archive_command"),
            expected="audit_logging_options.archive_command",
        )
