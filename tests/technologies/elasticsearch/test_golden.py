"""What a careful administrator would say of what Elasticsearch ships: its file, and what 8.x writes into it at first start.

The texts are ours. The packaged elasticsearch.yml (7.x-9.x) has comments only; the second has the settings that the
automatic set-up of 8.x adds (AutoConfigureNode.java).
"""

import pytest

from auditor.engine import run
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

PACKAGED = """\
# ======================== Elasticsearch Configuration =========================
#cluster.name: my-application
#node.name: node-1
#path.data: /path/to/data
#network.host: 192.168.0.1
#http.port: 9200
#discovery.seed_hosts: ["host1", "host2"]
#cluster.initial_master_nodes: ["node-1", "node-2"]
#action.destructive_requires_name: false
"""
SET_UP = """\
path.data: /var/lib/elasticsearch
path.logs: /var/log/elasticsearch
xpack.security.enabled: true
xpack.security.enrollment.enabled: true
xpack.security.http.ssl:
  enabled: true
  keystore.path: certs/http.p12
xpack.security.transport.ssl:
  enabled: true
  verification_mode: certificate
  keystore.path: certs/transport.p12
  truststore.path: certs/transport.p12
cluster.initial_master_nodes: ["search-1"]
http.host: 0.0.0.0
"""
AUDIT_OFF = ("elasticsearch-audit-log-off", "medium")
# Not said of the second: `certificate` is what Elastic's set-up uses between nodes; a node with one initial master that
# is not named single-node may get peers. http.host is every address, with a log-in and TLS: low.
CASES = {
    "packaged": (
        PACKAGED,
        {AUDIT_OFF},
        {"elasticsearch-destructive-wildcards"},
    ),
    "set up by itself": (SET_UP, {AUDIT_OFF, ("elasticsearch-binds-all-interfaces", "low")}, set[str]()),
}


@pytest.mark.parametrize("name", list(CASES))
def test_shipped_configuration(name: str) -> None:
    text, expected, undecided = CASES[name]
    estate = take_estate(MemoryTree({"etc/elasticsearch/elasticsearch.yml": text}))
    outcomes = run(load_packs(folders=["elasticsearch", "secrets"]).checks, estate.facts)
    assert not [outcome.error for outcome in outcomes if outcome.error]
    found = {
        (outcome.check.id, str(failure.severity or outcome.check.severity))
        for outcome in outcomes
        for failure in outcome.failures
    }
    assert found == expected
    assert undecided <= {outcome.check.id for outcome in outcomes if outcome.undecided}
    if name == "packaged":  # the version decides whether a log-in is asked for; it is never guessed
        assert "elasticsearch-no-authentication" in {outcome.check.id for outcome in outcomes if outcome.undecided}
