"""Acknowledged writes of Cassandra reach the disk late.

## Why it matters
With `commitlog_sync: periodic` a write is acknowledged before it is on disk, up to `commitlog_sync_period` earlier: 10
seconds as it comes. A power failure that takes the replicas at once loses those records. `batch` and `group` wait.

## Bad: as it comes
```yaml cassandra.yaml
cluster_name: clinic
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.0.5"
commitlog_sync: periodic  # <-
commitlog_sync_period: 10000ms
endpoint_snitch: GossipingPropertyFileSnitch
listen_address: 10.20.0.5
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## Bad: longer, in the older spelling
```yaml cassandra.yaml
cluster_name: clinic
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.0.5"
commitlog_sync: periodic  # <-
commitlog_sync_period_in_ms: 60000
endpoint_snitch: GossipingPropertyFileSnitch
listen_address: 10.20.0.5
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## Good
```yaml cassandra.yaml
cluster_name: clinic
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.0.5"
commitlog_sync: batch
endpoint_snitch: GossipingPropertyFileSnitch
listen_address: 10.20.0.5
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## Good: in groups
```yaml cassandra.yaml
cluster_name: clinic
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.0.5"
commitlog_sync: group
commitlog_sync_group_window: 10ms
endpoint_snitch: GossipingPropertyFileSnitch
listen_address: 10.20.0.5
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## Good: every tenth of a second
```yaml cassandra.yaml
cluster_name: clinic
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.0.5"
commitlog_sync: periodic
commitlog_sync_period: 100ms
endpoint_snitch: GossipingPropertyFileSnitch
listen_address: 10.20.0.5
rpc_address: 10.20.0.5
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
```

## Fix
Wait for the disk, or keep three replicas in places that do not fail together and record that decision.

```yaml
commitlog_sync: group
commitlog_sync_group_window: 10ms
```

## References
- Cassandra documentation 5.0, "cassandra.yaml file configuration": https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html
"""

import re
from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra

_UNITS = {"": 1, "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}


def _milliseconds(text: str) -> int:
    match = re.fullmatch(r"(\d{1,12})(ms|s|m|h)?", text.strip())
    return int(match[1]) * _UNITS[match[2] or ""] if match else 0


@check("cassandra-commit-log-delayed", severity=LOW, control=Control.DURABILITY)
def cassandra_commit_log_delayed(server: Cassandra) -> Iterator[Diagnostic]:
    if known(server.text("commitlog_sync")) != "periodic":
        return
    period = _milliseconds(known(server.text("commitlog_sync_period")) or "")
    if period >= 1000:
        yield fail(
            f"Cassandra acknowledges writes up to {period // 1000} seconds before they are on disk",
            at=server.where("commitlog_sync"),
            severity=MEDIUM if period > 10_000 else LOW,
            expected="commitlog_sync: group or batch",
        )
