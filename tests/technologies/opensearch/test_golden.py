"""What a careful administrator would say of what OpenSearch ships.

The texts are ours: the settings that the demonstration set-up of 2.19 appends to opensearch.yml
(SecuritySettingsConfigurer.java), and the switches of the audit.yml and roles_mapping.yml that come with the plugin.
"""

import pytest

from auditor.engine import run
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

DEMO = """\
cluster.name: clinic
network.host: 10.20.0.5
discovery.type: single-node
plugins.security.ssl.transport.pemcert_filepath: esnode.pem
plugins.security.ssl.transport.pemkey_filepath: esnode-key.pem
plugins.security.ssl.transport.pemtrustedcas_filepath: root-ca.pem
transport.ssl.enforce_hostname_verification: false
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: esnode.pem
plugins.security.ssl.http.pemkey_filepath: esnode-key.pem
plugins.security.allow_unsafe_democertificates: true
plugins.security.allow_default_init_securityindex: true
plugins.security.authcz.admin_dn: ["CN=kirk,OU=client,O=client,L=test,C=de"]
plugins.security.audit.type: internal_opensearch
plugins.security.system_indices.enabled: true
node.max_local_storage_nodes: 3
"""
AUDIT = """\
_meta:
  type: "audit"
  config_version: 2
config:
  enabled: true
  audit:
    enable_rest: true
    disabled_rest_categories: [AUTHENTICATED, GRANTED_PRIVILEGES]
    enable_transport: true
    disabled_transport_categories: [AUTHENTICATED, GRANTED_PRIVILEGES]
    log_request_body: true
  compliance:
    enabled: true
    read_watched_fields: {}
"""
MAPPING = """\
_meta:
  type: "rolesmapping"
  config_version: 2
all_access:
  backend_roles: ["admin"]
kibana_server:
  users: ["kibanaserver"]
"""
CASES = {
    "opensearch.yml": (
        DEMO,
        {
            # Everybody has the private keys. (TLS and the log-in are on, and there is an audit log.)
            ("opensearch-demo-certificates", "critical"),
            ("opensearch-nodes-not-verified", "medium"),
            ("opensearch-single-node", "low"),
        },
    ),
    "audit.yml": (AUDIT, {("opensearch-audit-without-reads", "medium"), ("opensearch-audit-request-bodies", "low")}),
    "roles_mapping.yml": (MAPPING, set[tuple[str, str]]()),
    "opensearch.yml as packaged": ("# cluster.name: my-application\n", {("opensearch-audit-log-off", "high")}),
}


@pytest.mark.parametrize("name", list(CASES))
def test_shipped_configuration(name: str) -> None:
    text, expected = CASES[name]
    estate = take_estate(MemoryTree({name.partition(" ")[0]: text}))
    outcomes = run(load_packs(folders=["opensearch", "secrets"]).checks, estate.facts)
    assert outcomes
    assert not [outcome.error for outcome in outcomes if outcome.error]
    found = {
        (outcome.check.id, str(failure.severity or outcome.check.severity))
        for outcome in outcomes
        for failure in outcome.failures
    }
    assert found == expected
