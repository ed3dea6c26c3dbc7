"""What a careful administrator says of the option files that Debian ships with MariaDB, written down before the run."""

from pathlib import Path

import pytest

from auditor.engine import run
from auditor.model.severity import Severity
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.mysql import Mysql

SHIPPED = Path("/etc/mysql")

EXPECTED = {
    # Nothing loads server_audit: who read which record is not written down.
    ("mysql-audit-log-off", Severity.MEDIUM),
    # No simple_password_check: `abc` is taken for a password.
    ("mysql-weak-password-rules", Severity.LOW),
    # Nobody is ever locked out.
    ("mysql-no-lockout", Severity.LOW),
    # Defaults of MariaDB that the package leaves: eight hours, no encryption, no binary log, files of clients and server.
    ("mysql-idle-timeout", Severity.LOW),
    ("mysql-unencrypted-storage", Severity.LOW),
    ("mysql-no-binlog", Severity.LOW),
    ("mysql-local-infile", Severity.LOW),
    ("mysql-file-access-unrestricted", Severity.LOW),
}
NOT_EXPECTED = """
mysql-binds-all-interfaces: bind-address 127.0.0.1
mysql-no-tls, mysql-tls-optional: nothing leaves the host
mysql-failed-logins-not-logged: log_warnings is 2
mysql-skip-grant-tables, mysql-runs-as-root: neither is there
mysql-values-truncated: the default sql_mode is strict
mysql-binlog-not-synced: there is no binary log
mysql-plugin-dropped: each provider is added with plugin_load_add
mysql-refused-configuration: the package's server starts with it
"""
"""The near misses and why they stay silent."""


@pytest.mark.skipif(not (SHIPPED / "mariadb.cnf").is_file(), reason="Debian's package mariadb-server is not installed")
def test_shipped_configuration() -> None:
    files = {
        f"etc/mysql/{path.relative_to(SHIPPED)}": path.read_bytes() for path in SHIPPED.rglob("*.cnf") if path.is_file()
    }
    estate = take_estate(MemoryTree(files))
    services = [fact for fact in estate.facts if isinstance(fact, Mysql)]
    outcomes = run([check for check in load_packs().checks if check.id.startswith("mysql-")], services)
    found = {
        (outcome.check.id, failure.severity or outcome.check.severity)
        for outcome in outcomes
        for failure in outcome.failures
    }
    assert found == EXPECTED
    assert [outcome.undecided for outcome in outcomes if outcome.undecided or outcome.error] == []
    ids = {check.id for check in load_packs().checks}
    named = {word.strip() for line in NOT_EXPECTED.strip().splitlines() for word in line.partition(":")[0].split(",")}
    assert named <= ids
