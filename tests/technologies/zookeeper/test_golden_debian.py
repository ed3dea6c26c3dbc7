"""What a careful administrator says of the zoo.cfg that Debian ships."""

from pathlib import Path

import pytest

from auditor.engine import run
from auditor.model.severity import Severity
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

SHIPPED = Path("/etc/zookeeper/conf_example/zoo.cfg")

EXPECTED = {
    # No login, no ACL, clientPort on all addresses of the host.
    ("zookeeper-no-authentication", Severity.HIGH),
    ("zookeeper-no-tls", Severity.HIGH),
    ("zookeeper-binds-all-interfaces", Severity.LOW),
    # On by default; Debian's package alone lacks the servlet API, a host with other Java programs has it.
    ("zookeeper-admin-server-open", Severity.MEDIUM),
    ("zookeeper-audit-log-off", Severity.MEDIUM),
    ("zookeeper-no-quorum", Severity.MEDIUM),
    ("zookeeper-no-purge", Severity.LOW),
    # dataDir=/tmp/zookeeper: the file itself warns of it.
    ("zookeeper-data-in-tmp", Severity.MEDIUM),
}


@pytest.mark.skipif(not SHIPPED.is_file(), reason="Debian's package zookeeper is not installed")
def test_shipped_configuration() -> None:
    estate = take_estate(MemoryTree({"etc/zookeeper/conf/zoo.cfg": SHIPPED.read_bytes()}))
    outcomes = run([check for check in load_packs().checks if check.id.startswith("zookeeper-")], estate.facts)
    found = {
        (outcome.check.id, failure.severity or outcome.check.severity)
        for outcome in outcomes
        for failure in outcome.failures
    }
    assert found == EXPECTED
    assert [outcome.undecided for outcome in outcomes if outcome.undecided or outcome.error] == []
