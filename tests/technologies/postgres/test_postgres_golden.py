"""What a careful administrator says of the files that PostgreSQL and Debian ship, written down before the first run."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from auditor.engine import Outcome, run
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

SAMPLES = Path("/usr/share/postgresql/15")
NO_TRAIL = {
    # Both are off: nobody can tell who was logged in when.
    "postgres-connection-logging": "medium",
    # Nothing records what is read or changed; the server alone cannot do better than log_statement.
    "postgres-statement-logging": "medium",
    # No archive and no standby; low, since tools that stream the log need no line here.
    "postgres-no-archiving": "low",
    # Sessions of people stay open for ever; low, since pools need that for some roles.
    "postgres-idle-timeout": "low",
}
"""What the bare server leaves to do. Not among it: TLS off and trust, because it listens on loopback only; fsync,
full_page_writes and synchronous_commit, which are on; the default log prefix, as nothing is logged to attribute; the cipher list, whose 3DES OpenSSL no longer has."""

pytestmark = pytest.mark.skipif(
    not (SAMPLES / "postgresql.conf.sample").is_file(), reason="Debian's package postgresql-15 is not installed"
)


def outcomes_of(files: Mapping[str, bytes]) -> list[Outcome]:
    checks = [check for check in load_packs().checks if check.id.startswith("postgres-")]
    outcomes = run(checks, take_estate(MemoryTree(files)).facts)
    assert outcomes, "the files are recognised"
    assert not [outcome.error for outcome in outcomes if outcome.error]
    return outcomes


def found(outcomes: list[Outcome]) -> dict[str, str]:
    return {
        outcome.check.id: failure.severity or outcome.check.severity
        for outcome in outcomes
        for failure in outcome.failures
    }


def undecided(outcomes: list[Outcome]) -> set[str]:
    return {outcome.check.id for outcome in outcomes if outcome.undecided}


def test_postgresql_conf_sample() -> None:
    outcomes = outcomes_of({"postgresql.conf.sample": (SAMPLES / "postgresql.conf.sample").read_bytes()})
    assert found(outcomes) == NO_TRAIL
    assert undecided(outcomes) == {
        "postgres-checksums-off",  # decided by initdb
        "postgres-password-encryption",  # md5 up to 13, scram-sha-256 from 14 on; the file does not tell its version
    }


def test_pg_hba_conf_sample() -> None:
    """The methods are placeholders that initdb fills in, for the socket and loopback only: nothing remote is open."""
    outcomes = outcomes_of({"pg_hba.conf.sample": (SAMPLES / "pg_hba.conf.sample").read_bytes()})
    assert found(outcomes) == {}
    assert undecided(outcomes) == {
        # Each of these depends on the method that initdb --auth writes into the lines.
        "postgres-hba-trust-local",
        "postgres-hba-md5",
        "postgres-hba-ident",
        "postgres-hba-ldap-plaintext",
    }


def test_pg_ident_conf_sample() -> None:
    outcomes = outcomes_of({"pg_ident.conf.sample": (SAMPLES / "pg_ident.conf.sample").read_bytes()})
    assert found(outcomes) == {}
    assert undecided(outcomes) == set()


def test_all_samples_together_are_one_server() -> None:
    names = ("postgresql.conf.sample", "pg_hba.conf.sample", "pg_ident.conf.sample")
    outcomes = outcomes_of({name: (SAMPLES / name).read_bytes() for name in names})
    assert found(outcomes) == NO_TRAIL
    assert {outcome.fact.component for outcome in outcomes if outcome.fact} == {"postgresql.conf.sample"}


def test_debians_cluster() -> None:
    """Debian writes peer and scram-sha-256, so nobody gets in by trust; its prefix names user and database."""
    text = b"""\
local   all             postgres                                peer
local   all             all                                     peer
host    all             all             127.0.0.1/32            scram-sha-256
host    all             all             ::1/128                 scram-sha-256
local   replication     all                                     peer
host    replication     all             127.0.0.1/32            scram-sha-256
host    replication     all             ::1/128                 scram-sha-256
"""
    conf = (
        (SAMPLES / "postgresql.conf.sample").read_bytes()
        + b"""
hba_file = '/etc/postgresql/15/main/pg_hba.conf'
ssl = on
ssl_cert_file = '/etc/ssl/certs/ssl-cert-snakeoil.pem'
log_line_prefix = '%m [%p] %q%u@%d '
"""
    )
    folder = "etc/postgresql/15/main"
    outcomes = outcomes_of({f"{folder}/postgresql.conf": conf, f"{folder}/pg_hba.conf": text})
    # The self-signed certificate is of no use to clients of other hosts; low while only loopback is listened on.
    # The prefix leaves the client's address out; low, because the line of the log-in would have it.
    assert found(outcomes) == NO_TRAIL | {"postgres-ssl-snakeoil": "low", "postgres-log-line-prefix": "low"}
    assert undecided(outcomes) == {"postgres-checksums-off"}
