"""What a careful administrator would say of the cassandra.yaml that Cassandra 5.0 ships.

The text is ours and has the security, durability and address settings of conf/cassandra.yaml (5.0).
"""

from auditor.engine import run
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

SHIPPED = """\
cluster_name: 'Test Cluster'
num_tokens: 16
hinted_handoff_enabled: true
authenticator:
  class_name: AllowAllAuthenticator
authorizer:
  class_name: AllowAllAuthorizer
role_manager:
  class_name: CassandraRoleManager
network_authorizer:
  class_name: AllowAllNetworkAuthorizer
cidr_authorizer:
  class_name: AllowAllCIDRAuthorizer
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
disk_failure_policy: stop
commit_failure_policy: stop
commitlog_sync: periodic
commitlog_sync_period: 10000ms
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "127.0.0.1:7000"
storage_port: 7000
ssl_storage_port: 7001
listen_address: localhost
start_native_transport: true
native_transport_port: 9042
rpc_address: localhost
auto_snapshot: true
endpoint_snitch: SimpleSnitch
server_encryption_options:
  internode_encryption: none
  legacy_ssl_storage_port_enabled: false
  keystore: conf/.keystore
  keystore_password: cassandra
  require_client_auth: false
  truststore: conf/.truststore
  truststore_password: cassandra
  require_endpoint_verification: false
client_encryption_options:
  enabled: false
  keystore: conf/.keystore
  keystore_password: cassandra
  require_client_auth: false
user_defined_functions_enabled: false
transparent_data_encryption_options:
  enabled: false
  chunk_length_kb: 64
  key_provider:
    - class_name: org.apache.cassandra.security.JKSKeyProvider
      parameters:
        - keystore: conf/.keystore
          keystore_password: cassandra
          store_type: JCEKS
audit_logging_options:
  enabled: false
  logger:
    - class_name: BinAuditLogger
"""

EXPECTED = {
    # Nobody has to log in. Two steps below critical: only programs on the same host can connect.
    ("cassandra-no-authentication", "medium"),
    # There is an audit log since 4.0, switched off.
    ("cassandra-audit-log-off", "high"),
    # Tables are never encrypted by Cassandra itself.
    ("cassandra-encryption-at-rest", "low"),
    # Writes are acknowledged up to ten seconds before they are on disk.
    ("cassandra-commit-log-delayed", "low"),
    ("cassandra-simple-snitch", "low"),
    # Not said: TLS for clients and between nodes (both addresses are localhost), permissions (there is no log-in),
    # the key store's password `cassandra` (no encryption opens the key store), snapshots (on), hints (on).
}
UNDECIDED = {
    # cassandra-env.sh is not beside it.
    "cassandra-jmx-open",
    "cassandra-jmx-in-clear",
}


def test_shipped_configuration() -> None:
    estate = take_estate(MemoryTree({"conf/cassandra.yaml": SHIPPED}))
    outcomes = run(load_packs(folders=["cassandra", "secrets"]).checks, estate.facts)
    assert not [outcome.error for outcome in outcomes if outcome.error]
    assert {outcome.check.id for outcome in outcomes if outcome.undecided} == UNDECIDED
    found = {
        (outcome.check.id, str(failure.severity or outcome.check.severity))
        for outcome in outcomes
        for failure in outcome.failures
    }
    assert found == EXPECTED
