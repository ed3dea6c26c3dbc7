"""The audit log of Cassandra leaves out log-ins or statements.

## Why it matters
The audit log records everything by default. A list of categories to include replaces that, and categories, keyspaces or
users to exclude are taken out: without AUTH nobody sees an attack, without QUERY and DML nobody sees whose records were
read or changed.

## Bad: categories taken out
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
  excluded_categories: QUERY, DML  # <-
```

## Bad: a list without log-ins
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
  included_categories: DDL, DCL  # <-
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
  included_categories: AUTH, QUERY, DML, DDL, DCL, ERROR
```

## Good: all but preparing statements
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
  excluded_categories: PREPARE
```

## Good: nothing is audited, which another check reports
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
  enabled: false
  excluded_categories: QUERY
```

## Fix
Record log-ins, reads, changes and grants.

```yaml
audit_logging_options:
  enabled: true
  included_categories: AUTH, QUERY, DML, DDL, DCL, ERROR
```

## References
- Cassandra documentation 5.0, "Audit logging": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/auditlogging.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra

_NEEDED = ("AUTH", "QUERY", "DML", "DCL")


@check("cassandra-audit-gaps", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def cassandra_audit_gaps(server: Cassandra) -> Iterator[Diagnostic]:
    if not known(server.audits):
        return
    included = [word.upper() for word in known(server.words("audit_logging_options.included_categories"))]
    excluded = [word.upper() for word in known(server.words("audit_logging_options.excluded_categories"))]
    missing = [name for name in _NEEDED if name in excluded or (included and name not in included)]
    if missing:
        by = "excluded" if any(name in excluded for name in missing) else "included"
        yield fail(
            f"The audit log of Cassandra leaves out {', '.join(missing)}",
            at=server.where(f"audit_logging_options.{by}_categories"),
            expected=f"{', '.join(_NEEDED)} among the audited categories",
        )
