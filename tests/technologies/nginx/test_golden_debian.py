"""What a careful administrator says of the nginx configuration that Debian ships, written down before the first run."""

from pathlib import Path

import pytest

from auditor.engine import run
from auditor.model.severity import Severity
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

SHIPPED = Path("/etc/nginx/nginx.conf")
SITE = Path("/etc/nginx/sites-available/default")

EXPECTED = {
    # The sample site answers on port 80 of all addresses and shows files of /var/www/html.
    ("nginx-no-tls", Severity.HIGH),
    # server_tokens is a comment in Debian 12's file, and on by default.
    ("nginx-version-disclosed", Severity.LOW),
}
NOT_EXPECTED = """
nginx-old-tls: ssl_protocols names TLSv1 and TLSv1.1, but no server speaks TLS
nginx-no-hsts: no server speaks TLS
nginx-workers-as-root: user www-data
nginx-no-access-log, nginx-error-log-discarded: both are written to /var/log/nginx
nginx-directory-listing: autoindex is not set
nginx-refused-configuration: the server starts with it
"""
"""The near misses and why they stay silent."""


@pytest.mark.skipif(not SHIPPED.is_file(), reason="Debian's package nginx is not installed")
def test_shipped_configuration() -> None:
    files = {
        "etc/nginx/nginx.conf": SHIPPED.read_bytes(),
        "etc/nginx/sites-enabled/default": SITE.read_bytes(),
        "etc/nginx/conf.d/none.conf": b"# the folder is empty\n",
    }
    estate = take_estate(MemoryTree(files))
    outcomes = run([check for check in load_packs().checks if check.id.startswith("nginx-")], estate.facts)
    found = {
        (outcome.check.id, failure.severity or outcome.check.severity)
        for outcome in outcomes
        for failure in outcome.failures
    }
    assert found == EXPECTED
    assert {outcome.undecided for outcome in outcomes if outcome.undecided or outcome.error} == set()
    ids = {check.id for check in load_packs().checks}
    named = {word.strip() for line in NOT_EXPECTED.strip().splitlines() for word in line.partition(":")[0].split(",")}
    assert named <= ids
