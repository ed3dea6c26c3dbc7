"""A process killed at any moment while it stores a run leaves the run before it, or the whole new one."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from auditor.comparison import compare, with_trend
from auditor.history import open_history
from auditor.history.store import History
from auditor.model.report import Report
from tests.comparison.made import concluded, finding, report

ROOT = Path(__file__).parents[2]
OFFSETS = 12
FINDINGS = 800


def full(store: History, made: Report) -> Report:
    past = store.past(made)
    return with_trend(concluded(compare(made, past=past)), past)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Report, Report]:
    """A history with one run, and the file of a second one in which every finding is another."""
    folder = tmp_path_factory.mktemp("killed")
    store = open_history(str(folder / "history.db"), write=True)
    first = full(store, report(*(finding(key=f"{n}", line=n) for n in range(1, FINDINGS)), day=1))
    store.save(first)
    found = (finding("check-b", key=f"{n}", line=n) for n in range(1, FINDINGS))
    second = full(store, report(*found, day=2, files={"a.conf": "edited"}))
    (folder / "second.json").write_bytes(msgspec.json.encode(second))
    return folder / "history.db", folder / "second.json", first, second


def save_in_child(history: Path, result: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.history.saving", str(history), str(result)]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert child.stdout is not None
    assert child.stdout.readline() == "now\n"
    return child


def test_a_killed_process_leaves_the_last_good_state(
    prepared: tuple[Path, Path, Report, Report], tmp_path: Path
) -> None:
    history, result, first, second = prepared
    copy = tmp_path / "history.db"
    shutil.copy(history, copy)
    begun = time.perf_counter()
    child = save_in_child(copy, result)
    assert child.stdout is not None
    assert child.stdout.readline() == "done\n"
    duration = time.perf_counter() - begun
    child.wait()
    child.stdout.close()
    assert open_history(str(copy)).report() == second
    left: list[int] = []
    for number in range(OFFSETS):
        shutil.copy(history, copy)
        child = save_in_child(copy, result)
        assert child.stdout is not None
        time.sleep(duration * number / OFFSETS)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        store = open_history(str(copy))
        stored = store.runs()
        left.append(len(stored))
        assert store.report() == (first if len(stored) == 1 else second)
        with sqlite3.connect(copy) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            rows = connection.execute("SELECT count(*), count(closed) FROM auditor_findings").fetchone()
        connection.close()
        assert rows == ((FINDINGS - 1, 0) if len(stored) == 1 else (2 * FINDINGS - 2, FINDINGS - 1))
        again = open_history(str(copy), write=True)
        again.save(second)
        assert len(again.runs()) == 2
    assert 1 in left, "no process was killed before it was done"


def test_what_a_kill_in_the_middle_of_writing_leaves_is_rolled_back(
    prepared: tuple[Path, Path, Report, Report], tmp_path: Path
) -> None:
    """Whatever the timing: a child that has written pages to the file, and not committed, is killed."""
    history, _, first, second = prepared
    copy = tmp_path / "history.db"
    shutil.copy(history, copy)
    code = (
        "import sqlite3, sys, time\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1')\n"  # pages go to the file before the commit
        "c.execute('BEGIN IMMEDIATE')\n"
        "c.execute('UPDATE auditor_findings SET closed = 2, fingerprint = fingerprint || fingerprint')\n"
        "c.execute('DELETE FROM auditor_results')\n"
        "print('now', flush=True)\n"
        "time.sleep(60)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(copy)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "now\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert Path(f"{copy}-journal").stat().st_size > 0
    assert copy.read_bytes() != history.read_bytes()
    assert open_history(str(copy)).report() == first
    open_history(str(copy), write=True).save(second)
    assert open_history(str(copy)).report() == second
