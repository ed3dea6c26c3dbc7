"""The store itself: what is read back is what was written, whatever the order, the place and the interruption."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from auditor.comparison import compare, with_trend
from auditor.history import HistoryError, open_history
from auditor.history.store import History
from auditor.model.report import Finding, Report
from auditor.reporters.json_report import render
from tests.comparison.made import concluded, finding, report

A, B, C = finding(key="a"), finding(key="b", line=2), finding(key="c", line=3)


def run(store: History, made: Report) -> Report:
    """What a scan does with a history."""
    past = store.past(made)
    full = with_trend(concluded(compare(made, past=past)), past)
    store.save(full)
    return full


def day(number: int, *found: Finding, **other: Any) -> Report:
    return report(*found, day=number, files={"a.conf": f"of day {number}"}, **other)


@pytest.fixture
def store(tmp_path: Path) -> History:
    return open_history(str(tmp_path / "history.db"), write=True)


def test_a_stored_report_is_read_back_whole(store: History) -> None:
    run(store, day(1, A))
    full = run(store, day(2, A, B))
    assert render(store.report()) == render(full)
    assert store.report(full.report_id[:8]) == full


def test_the_life_of_findings(store: History) -> None:
    run(store, day(1, A, B))
    second = run(store, day(5, A, C))
    third = run(store, day(9, A, B, C))
    assert {f.fingerprint: (f.change, f.first_seen) for f in second.findings} == {
        A.fingerprint: ("unchanged", "2026-01-01T09:00:00Z"),
        C.fingerprint: ("new", "2026-01-05T09:00:00Z"),
    }
    assert {f.fingerprint: (f.change, f.first_seen) for f in third.findings} == {
        A.fingerprint: ("unchanged", "2026-01-01T09:00:00Z"),
        B.fingerprint: ("reopened", "2026-01-09T09:00:00Z"),
        C.fingerprint: ("unchanged", "2026-01-05T09:00:00Z"),
    }
    fourth = run(store, day(10))
    assert fourth.trend is not None
    assert [(point.new, point.fixed) for point in fourth.trend.points] == [(0, 0), (1, 1), (1, 0), (0, 3)]
    assert fourth.trend.mean_days_to_fix == 4.8  # 4, 9, 1 and 5 days


def test_a_reopened_finding_that_stays_is_unchanged(store: History) -> None:
    for made in (day(1, A), day(2), day(3, A)):
        run(store, made)
    assert [(f.change, f.first_seen) for f in run(store, day(4, A)).findings] == [("unchanged", "2026-01-03T09:00:00Z")]


def test_what_was_not_evaluated_for_some_runs_is_no_news(store: History) -> None:
    run(store, day(1, A))
    for number in (2, 3):
        hidden = report(day=number, files={"a.conf": "other"}, deselected=(A.check_id,))
        changes = run(store, hidden).changes
        assert changes is not None
        assert [row.gone for row in changes.gone] == (["not evaluated"] if number == 2 else [])
    back = run(store, day(4, A))
    assert [(f.change, f.first_seen) for f in back.findings] == [("unchanged", "2026-01-01T09:00:00Z")]
    assert back.trend is not None
    assert back.trend.mean_days_to_fix is None


def test_a_renamed_file_goes_on_and_its_old_name_is_free(store: History) -> None:
    old, new = finding(path="old.conf"), finding(path="new.conf")
    run(store, report(old, day=1))
    assert [f.first_seen for f in run(store, report(new, day=2)).findings] == ["2026-01-01T09:00:00Z"]
    assert [f.change for f in run(store, report(old, new, day=3)).findings] == ["new", "unchanged"]
    gone = run(store, report(day=5)).changes
    assert gone is not None
    assert {(row.path, row.first_seen) for row in gone.gone} == {
        ("old.conf", "2026-01-03T09:00:00Z"),
        ("new.conf", "2026-01-01T09:00:00Z"),
    }


def test_a_finding_fixed_under_a_former_id_is_reopened(store: History) -> None:
    run(store, day(1, finding("check-old")))
    run(store, day(2))
    present = report(
        finding("check-new", aliases=["check-old"]), day=3, aliases={"check-new": ["check-old"]}, rules="later"
    )
    assert [f.change for f in run(store, present).findings] == ["reopened"]


def test_systems_and_environments_are_apart(store: History) -> None:
    run(store, day(1, A))
    assert run(store, day(2, A, system="Other")).changes is None
    assert run(store, day(3, A, environment="test")).changes is None
    assert run(store, day(4, A)).changes is not None
    assert [(r.system, r.environment, r.number) for r in store.runs()] == [
        ("Records", "", 2),
        ("Records", "test", 1),
        ("Other", "", 1),
        ("Records", "", 1),
    ]


def test_without_a_system_the_targets_name_it(store: History) -> None:
    run(store, day(1, A, system="", targets=("one", "two")))
    assert [r.system for r in store.runs()] == ["one, two"]


def test_a_run_stored_twice_is_one_run(store: History) -> None:
    first = run(store, day(1, A))
    second = run(store, day(2, A, B))
    assert run(store, day(2, A, B)) == second
    assert run(store, day(1, A)) == first, "as it was before the second"
    assert [r.report_id for r in store.runs()] == [second.report_id, first.report_id]


def test_another_result_with_the_same_id_is_refused(store: History) -> None:
    full = run(store, day(1, A))
    other = msgspec.structs.replace(full, findings=())
    with pytest.raises(HistoryError, match="another result"):
        store.save(other)
    assert store.report() == full


def test_a_run_that_missed_another_one_is_refused(store: History) -> None:
    run(store, day(1, A))
    late = day(2, A)
    past = store.past(late)
    run(store, day(3, A, B))
    with pytest.raises(HistoryError, match="another run was stored"):
        store.save(with_trend(concluded(compare(late, past=past)), past))
    assert [r.number for r in store.runs()] == [2, 1]


def test_a_report_that_was_not_compared_is_refused(store: History) -> None:
    run(store, day(1, A))
    with pytest.raises(HistoryError, match="another run was stored"):
        store.save(concluded(day(2, A)))


def test_the_latest_run_is_the_one_stored_last(store: History) -> None:
    run(store, day(5, A))
    last = run(store, day(2, B))
    assert store.report().report_id == last.report_id


def test_runs_are_chosen_by_the_beginning_of_their_id(store: History) -> None:
    full = run(store, day(1, A))
    run(store, report(A, day=1, rules="other", files={"a.conf": "of day 1"}))
    with pytest.raises(HistoryError, match="more than one"):
        store.report(full.report_id[:8])
    assert store.report(full.report_id) == full
    for wrong, words in (("ffffffff", "no such run"), ("%%%%%%%%", "no such run"), ("abc", "at least 8")):
        with pytest.raises(HistoryError, match=words):
            store.report(wrong)


def test_hostile_names_are_stored_and_shown_harmless(store: History) -> None:
    run(store, day(1, A, system="a\x00b\x1b[31m\udce9'; DROP TABLE auditor_runs; --"))
    assert [r.system for r in store.runs()] == [r"a\x00b\x1b[31m\udce9'; DROP TABLE auditor_runs; --"]


class TestWhatCannotBeOpened:
    def test_no_such_file(self, tmp_path: Path) -> None:
        with pytest.raises(HistoryError, match="no such file"):
            open_history(str(tmp_path / "none.db"))
        assert not (tmp_path / "none.db").exists()

    def test_no_such_folder(self, tmp_path: Path) -> None:
        with pytest.raises(HistoryError, match="unable to open"):
            open_history(str(tmp_path / "none" / "history.db"), write=True)

    @pytest.mark.parametrize("write", [True, False])
    def test_no_database(self, tmp_path: Path, write: bool) -> None:
        path = tmp_path / "notes.txt"
        path.write_text("just words\n" * 100)
        with pytest.raises(HistoryError, match=r"notes\.txt: file is not a database"):
            open_history(str(path), write=write)
        assert path.read_text() == "just words\n" * 100

    @pytest.mark.parametrize("write", [True, False])
    def test_the_database_of_another_program(self, tmp_path: Path, write: bool) -> None:
        path = tmp_path / "other.db"
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE patients (name TEXT)")
        connection.close()
        with pytest.raises(HistoryError, match="not a history"):
            open_history(str(path), write=write)

    def test_an_empty_file(self, tmp_path: Path) -> None:
        path = tmp_path / "empty.db"
        path.touch()
        with pytest.raises(HistoryError, match="not a history"):
            open_history(str(path))
        assert open_history(str(path), write=True).runs() == []

    @pytest.mark.parametrize("write", [True, False])
    def test_a_newer_version(self, tmp_path: Path, write: bool) -> None:
        path = tmp_path / "history.db"
        open_history(str(path), write=True)
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE auditor_schema SET version = 2")
        connection.close()
        with pytest.raises(HistoryError, match="newer version"):
            open_history(str(path), write=write)

    def test_a_locked_one(self, tmp_path: Path) -> None:
        path = tmp_path / "history.db"
        store = open_history(str(path), write=True, wait=0.05)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(HistoryError, match="another process is using it"):
            store.past(day(1, A))
        with pytest.raises(HistoryError, match="another process is using it"):
            open_history(str(path), wait=0.05)
        connection.close()
        assert store.runs() == []

    def test_a_damaged_result(self, tmp_path: Path) -> None:
        path = tmp_path / "history.db"
        store = open_history(str(path), write=True)
        run(store, day(1, A))
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE auditor_results SET data = x'00'")
        connection.close()
        with pytest.raises(HistoryError, match="cannot be read"):
            store.report()

    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("nosuch://host/db", "driver for nosuch is missing"),
            ("mysql+nosuch://host/db", "missing"),
            ("sqlite://", "names no file"),
            ("postgresql://user:Example-Pa55@host:port/db", "malformed"),
            ("postgresql://user:Example-Pa55@127.0.0.1:1/db", "127.0.0.1/db"),
            ("postgresql://user:Example-Pa55@127.0.0.1:1/db?nosuch=1", "127.0.0.1/db"),
        ],
    )
    def test_urls_and_their_passwords_stay_unsaid(self, url: str, words: str) -> None:
        with pytest.raises(HistoryError, match=words) as caught:
            open_history(url, write=True)
        assert "Pa55" not in str(caught.value)

    def test_a_missing_driver_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "psycopg", None)
        with pytest.raises(HistoryError, match=r"auditor\[postgresql\]"):
            open_history("postgresql://host/db")


def test_the_url_of_a_file_is_that_file(tmp_path: Path) -> None:
    full = run(open_history(f"sqlite:///{tmp_path}/a #b.db", write=True), day(1, A))
    assert [path.name for path in tmp_path.iterdir()] == ["a #b.db"]
    assert open_history(str(tmp_path / "a #b.db")).report() == full
