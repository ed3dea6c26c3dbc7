"""What a careful administrator says of the redis.conf that Debian ships, written down before the first run."""

from pathlib import Path

import pytest

from auditor.engine import run
from auditor.model.severity import Severity
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

SHIPPED = Path("/etc/redis/redis.conf")

EXPECTED = {
    # No requirepass and no users: every process of the host is the default user with all rights. Only loopback
    # addresses are bound (127.0.0.1 -::1), so no other host gets in; hence medium and not critical.
    ("redis-no-authentication", Severity.MEDIUM),
}
NOT_EXPECTED = """
redis-protected-mode-only-barrier: loopback only, protected mode has nothing to turn away
redis-no-tls, redis-plaintext-port-beside-tls: nothing leaves the host
redis-binds-all-interfaces: bind 127.0.0.1 -::1
redis-no-persistence: no save line; the directives are of 7.0, whose default is snapshots
redis-appendonly-not-synced, redis-evicts-kept-data: no append-only file, no memory limit
redis-log-discarded: daemonize yes, but logfile /var/log/redis/redis-server.log
redis-config-command-open: the directives are of 7.0, which protects dir and dbfilename
redis-unix-socket-open: no unixsocket
"""
"""The near misses and why they stay silent."""


@pytest.mark.skipif(not SHIPPED.is_file(), reason="Debian's package redis-server is not installed")
def test_shipped_configuration() -> None:
    estate = take_estate(MemoryTree({"etc/redis/redis.conf": SHIPPED.read_bytes()}))
    outcomes = run([check for check in load_packs().checks if check.id.startswith("redis-")], estate.facts)
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
