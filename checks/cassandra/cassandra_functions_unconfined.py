"""Cassandra runs functions of its users without a sandbox.

## Why it matters
User-defined functions run inside the server. Scripted ones, or Java ones without threads of their own or with the
insecure switches, get out of the sandbox (CVE-2021-44521): who may create a function runs programs as the server.

## Bad: without threads of their own
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
user_defined_functions_enabled: true
user_defined_functions_threads_enabled: false  # <-
```

## Bad: scripts, in the older spelling
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
enable_user_defined_functions: true
enable_scripted_user_defined_functions: true  # <-
```

## Good: Java functions in the sandbox
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
user_defined_functions_enabled: true
```

## Good: no functions at all, so the rest does not matter
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
user_defined_functions_enabled: false
user_defined_functions_threads_enabled: false
```

## Fix
Switch functions off, or leave them in the sandbox.

```yaml
user_defined_functions_enabled: false
```

## References
- Cassandra documentation 5.0, "cassandra.yaml file configuration": https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html
- CVE-2021-44521, Apache Cassandra: https://nvd.nist.gov/vuln/detail/CVE-2021-44521
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra

_BAD = {
    "user_defined_functions_threads_enabled": (False, HIGH, "without threads of their own"),
    "scripted_user_defined_functions_enabled": (True, MEDIUM, "in scripting languages"),
    "allow_insecure_udfs": (True, HIGH, "with the insecure switch"),
    "allow_extra_insecure_udfs": (True, HIGH, "with access to the system"),
}


@check("cassandra-functions-unconfined", severity=HIGH, control=Control.CODE_EXECUTION, cwe=94)
def cassandra_functions_unconfined(server: Cassandra) -> Iterator[Diagnostic]:
    if not known(server.is_on("user_defined_functions_enabled")):
        return
    for name, (bad, severity, how) in _BAD.items():
        if known(server.is_on(name)) is bad:
            yield fail(
                f"Cassandra runs functions of its users {how} ({name})",
                at=server.where(name),
                severity=severity,
                key=name,
                expected=f"{name}: {'false' if bad else 'true'}",
            )
