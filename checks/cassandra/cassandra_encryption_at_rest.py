"""Cassandra does not encrypt its data files.

## Why it matters
A disk, a snapshot or a backup that leaves the server can be read with any Cassandra. Transparent data encryption covers
the commit log and hints only, never the tables; the volume below has to be encrypted.

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
```

## Bad: tables are not covered
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
transparent_data_encryption_options:
  enabled: true  # <-
```

## Good: tables are on a volume that the path names as encrypted
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
transparent_data_encryption_options:
  enabled: true
data_file_directories:
  - /dev/mapper/luks-cassandra/data
```

## Fix
Put `data_file_directories` and the commit log on an encrypted volume (LUKS, an encrypted cloud disk) and record that.

```yaml
data_file_directories:
  - /mnt/luks/cassandra/data
```

## References
- Cassandra documentation 5.0, "cassandra.yaml file configuration": https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html, transparent_data_encryption_options
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-encryption-at-rest", severity=LOW, control=Control.ENCRYPTION_AT_REST, cwe=311)
def cassandra_encryption_at_rest(server: Cassandra) -> Iterator[Diagnostic]:
    folders = known(server.words("data_file_directories"))
    if folders and all("luks" in folder.lower() or "crypt" in folder.lower() for folder in folders):
        return
    covered = known(server.is_on("transparent_data_encryption_options.enabled"))
    what = "its tables unencrypted (only the commit log and hints are)" if covered else "its data files unencrypted"
    yield fail(
        f"Cassandra writes {what}, so that only the volume below can protect them",
        at=server.where("transparent_data_encryption_options.enabled"),
        expected="an encrypted volume",
    )
