"""What a list, a trend and a comparison read does not grow with the history."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from auditor.history import open_history
from auditor.history.store import History
from tests.comparison.made import finding, report

from .test_store import day, run


@pytest.fixture
def store(tmp_path: Path) -> History:
    return open_history(str(tmp_path / "history.db"), write=True)


def statements(store: History, call: Any) -> list[tuple[str, Any]]:
    """The statements that `call` sends, with their parameters."""
    sent: list[tuple[str, Any]] = []

    def note(connection: Connection, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        del connection, cursor
        sent.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", note)
    call()
    event.remove(store.engine, "before_cursor_execute", note)
    return [(statement, parameters) for statement, parameters in sent if not statement.startswith("BEGIN")]


def steps(path: Path, sent: list[tuple[str, Any]]) -> int:
    """How many instructions of SQLite's machine the statements take, in tens."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    connection = sqlite3.connect(path)
    connection.set_progress_handler(tick, 10)
    for statement, parameters in sent:
        connection.execute(statement, parameters).fetchall()
    connection.close()
    return count


def grow(store: History, runs: range) -> None:
    """Runs of which each fixes three findings and brings three others."""
    for number in runs:
        run(store, day(number, *(finding(key=f"{key}", line=key + 1) for key in range(3 * number, 3 * number + 12))))


def test_lists_and_trends_and_comparisons_use_an_index(store: History, tmp_path: Path) -> None:
    grow(store, range(1, 5))
    asked = report(finding(key="0"), day=9)
    sent = statements(store, store.runs) + statements(store, lambda: store.past(asked))
    connection = sqlite3.connect(tmp_path / "history.db")
    plans = [
        str(row[3])
        for statement, parameters in sent
        for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
    connection.close()
    assert sum("auditor_findings_by_" in plan for plan in plans) == 2
    # The list goes through the runs by their primary key, from the end, and stops at its limit.
    assert [plan for plan in plans if plan.startswith("SCAN")] == ["SCAN auditor_runs"]
    assert not [plan for plan in plans if "TEMP B-TREE FOR ORDER BY" in plan and "LAST" not in plan]


def test_five_times_the_runs_take_about_as_many_steps(store: History, tmp_path: Path) -> None:
    asked = report(finding(key="0"), finding(key="99"), day=900)
    calls = (lambda: store.runs(10), lambda: store.past(asked))
    path = tmp_path / "history.db"
    grow(store, range(1, 61))
    few = [steps(path, statements(store, call)) for call in calls]
    grow(store, range(61, 301))
    many = [steps(path, statements(store, call)) for call in calls]
    assert all(count > 5 for count in few)
    assert all(after <= 1.5 * before for before, after in zip(few, many, strict=True)), (few, many)


def test_a_finding_is_closed_without_a_look_at_the_others(store: History, tmp_path: Path) -> None:
    grow(store, range(1, 3))
    sent = statements(store, lambda: grow(store, range(3, 4)))
    (update, parameters) = next(row for row in sent if row[0].startswith("UPDATE auditor_findings"))
    connection = sqlite3.connect(tmp_path / "history.db")
    plan = [str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {update}", parameters[0])]
    connection.close()
    assert plan == [
        "SEARCH auditor_findings USING INDEX auditor_findings_by_fingerprint (series=? AND fingerprint=? AND closed=?)"
    ]
