"""A history in PostgreSQL, on a real server, gives what one in SQLite gives."""

import socket
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from auditor.history import HistoryError, open_history
from auditor.history.store import History
from auditor.reporters.json_report import render
from tests.comparison.made import finding, report
from tests.oracle.namespace import Namespace
from tests.oracle.postgres.server import BINARIES, Cluster

from .test_store import A, B, C, day, run

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not (BINARIES / "postgres").is_file(), reason="PostgreSQL 15 is not installed"),
]

PASSWORD = "Example-Pa55word"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Cluster, int]]:
    """A server on loopback that asks for a password."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder, ThreadPoolExecutor(1) as executor:
        cluster = Cluster(Path(folder), Namespace(executor))
        cluster.write(
            {
                "postgresql.conf": f"listen_addresses = '127.0.0.1'\nport = {port}\nfsync = off\n",
                "pg_hba.conf": "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n",
            }
        )
        assert cluster.start(), cluster.log
        try:
            with cluster.connect(port) as admin:
                admin.execute(f"CREATE ROLE auditor LOGIN PASSWORD '{PASSWORD}'")
            yield cluster, port
        finally:
            cluster.stop()


@pytest.fixture
def url(server: tuple[Cluster, int], request: pytest.FixtureRequest) -> str:
    """The URL of a database of the test's own."""
    cluster, port = server
    name = str(request.node.name)
    with cluster.connect(port) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER auditor").format(sql.Identifier(name)))
    return f"postgresql://auditor:{PASSWORD}@127.0.0.1:{port}/{name}"


RUNS = (
    day(1, A, B),
    day(3, A, C),
    day(5, A, B, C),
    report(finding(path="old.conf"), A, day=6),
    report(finding(path="new.conf"), A, day=7, environment="test"),
    report(finding(path="new.conf"), B, day=8),
    day(9, *(finding(key=f"{n}", line=n) for n in range(1200)), system="Größe, with 'quotes'"),
    day(10, *(finding(key=f"{n}", line=n) for n in range(600, 1800)), system="Größe, with 'quotes'"),
    day(11, *(finding(key=f"{n}", line=n) for n in range(1800)), system="Größe, with 'quotes'"),
    day(12),
)


def test_both_databases_give_identical_results(url: str, tmp_path: Path) -> None:
    stores = open_history(url, write=True), open_history(str(tmp_path / "history.db"), write=True)
    for made in RUNS:
        ours, theirs = (run(store, made) for store in stores)
        assert render(ours) == render(theirs)
    assert stores[0].runs() == stores[1].runs()
    for stored in stores[0].runs():
        assert render(stores[0].report(stored.report_id)) == render(stores[1].report(stored.report_id))
    for made in RUNS:
        assert stores[0].past(made) == stores[1].past(made)
    assert run(stores[0], RUNS[2]) == stores[0].report(RUNS[2].report_id)
    assert len(stores[0].runs()) == len(RUNS)


def test_another_process_that_holds_the_series(url: str) -> None:
    store: History = open_history(url, write=True, wait=0.2)
    run(store, day(1, A))
    other = psycopg.connect(url)
    other.execute("SELECT * FROM auditor_series FOR UPDATE")
    with pytest.raises(HistoryError, match="another process is using it"):
        run(store, day(2, A))
    other.close()
    run(store, day(2, A))


def test_other_tables_are_left_alone_and_a_newer_version_is_refused(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE patients (name TEXT)")
    with pytest.raises(HistoryError, match="not a history"):
        open_history(url)
    run(open_history(url, write=True), day(1, A))
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE auditor_schema SET version = 2")
    with pytest.raises(HistoryError, match="newer version"):
        open_history(url)


def test_a_wrong_password_is_not_shown(url: str) -> None:
    with pytest.raises(HistoryError, match="password authentication failed") as caught:
        open_history(url.replace(PASSWORD, "Wrong-Example-1"))
    assert "Wrong-Example-1" not in str(caught.value)
