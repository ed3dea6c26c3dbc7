"""How the findings of a run stand to those of another."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from auditor.comparison import Absence, Past, compare, with_trend
from auditor.model.evidence import GoneFinding
from auditor.model.report import Report, Result, ScanDiagnostic
from tests.reporters.reports import COMPONENTS

from .made import concluded, finding, report, with_file


def after(former: Report, present: Report, absent: Mapping[str, Absence] | None = None) -> Report:
    return compare(present, past=Past(former=former, absent=absent or {}, runs=1))


def changes(compared: Report) -> list[str | None]:
    return [finding.change for finding in compared.findings]


def gone(compared: Report) -> list[GoneFinding]:
    assert compared.changes is not None
    return list(compared.changes.gone)


def causes(compared: Report) -> list[str]:
    return [row.gone for row in gone(compared)]


def test_the_same_twice_is_unchanged_and_keeps_its_date() -> None:
    first = compare(report(finding(), day=1), past=Past())
    assert [f.first_seen for f in first.findings] == ["2026-01-01T09:00:00Z"]
    assert (changes(first), first.changes) == ([None], None)
    third = after(after(first, report(finding(), day=2)), report(finding(), day=9))
    assert changes(third) == ["unchanged"]
    assert [f.first_seen for f in third.findings] == ["2026-01-01T09:00:00Z"]
    assert third.changes is not None
    assert (third.changes.reference, third.changes.finished) == ("history", "2026-01-02T09:00:00Z")


@pytest.mark.parametrize("other", [{"line": 5}, {"message": "It is wide open."}, {"severity": "low"}, {"column": 9}])
def test_another_place_message_or_severity_is_updated(other: dict[str, Any]) -> None:
    assert changes(after(report(finding()), report(finding(**other)))) == ["updated"]


def test_new_and_fixed() -> None:
    one, two = finding(key="one"), finding(key="two", line=2)
    compared = after(report(one), report(two, day=2, files={"a.conf": "edited"}))
    assert changes(compared) == ["new"]
    assert [f.first_seen for f in compared.findings] == ["2026-01-02T09:00:00Z"]
    assert [(row.fingerprint, row.gone) for row in gone(compared)] == [(one.fingerprint, "fixed")]


def test_a_renamed_check_is_the_same_finding() -> None:
    former = report(finding("check-old"))
    present = report(finding("check-new", aliases=["check-old"]), aliases={"check-new": ["check-old"]}, rules="later")
    compared = after(former, present)
    assert changes(compared) == ["unchanged"]
    assert gone(compared) == []


def test_a_renamed_file_keeps_its_findings_and_their_dates() -> None:
    former = compare(report(finding(path="old.conf"), finding(path="old.conf", line=7, key="x")), past=Past())
    present = report(finding(path="new.conf"), finding(path="new.conf", line=7, key="x"), day=5)
    compared = after(former, present)
    assert changes(compared) == ["updated", "updated"]
    assert {f.first_seen for f in compared.findings} == {"2026-01-01T09:00:00Z"}
    assert gone(compared) == []


def test_a_file_renamed_together_with_a_check() -> None:
    former = report(finding("check-old", "old.conf"))
    present = report(finding("check-new", "new.conf", aliases=["check-old"]), aliases={"check-new": ["check-old"]})
    assert changes(after(former, present)) == ["updated"]


@pytest.mark.parametrize(
    "present",
    [
        report(finding(path="new.conf"), files={"new.conf": "edited"}),
        report(finding(path="new.conf"), files={"old.conf": "same"}),
        report(finding(path="new.conf", line=2)),
        report(finding("check-b", "new.conf")),
        report(finding(path="new.conf"), files={"new.conf": None}),
    ],
    ids=["edited too", "a copy", "another line", "another check", "no digest"],
)
def test_what_is_no_renamed_file(present: Report) -> None:
    compared = after(report(finding(path="old.conf")), present)
    assert changes(compared) == ["new"]
    assert causes(compared) == ["fixed"]


def test_two_findings_of_a_check_at_one_place_are_told_apart_by_their_message() -> None:
    former = report(
        finding(path="old.conf", key="x", message="A."), finding(path="old.conf", key="y", message="B."), day=1
    )
    former = compare(former, past=Past())
    dated = [msgspec.structs.replace(f, first_seen=f"2025-01-0{n}T00:00:00Z") for n, f in enumerate(former.findings, 1)]
    former = msgspec.structs.replace(former, findings=tuple(dated))
    present = report(
        finding(path="new.conf", key="y", message="B."), finding(path="new.conf", key="x", message="A."), day=2
    )
    assert [f.first_seen for f in after(former, present).findings] == ["2025-01-02T00:00:00Z", "2025-01-01T00:00:00Z"]


def test_of_equal_files_those_with_one_name_belong_together() -> None:
    former = compare(report(finding(path="a/one.conf"), finding(path="b/two.conf")), past=Past())
    dated = [msgspec.structs.replace(f, first_seen=f"2025-01-0{n}T00:00:00Z") for n, f in enumerate(former.findings, 1)]
    former = msgspec.structs.replace(former, findings=tuple(dated))
    compared = after(former, report(finding(path="c/two.conf"), finding(path="d/one.conf")))
    assert [f.first_seen for f in compared.findings] == ["2025-01-02T00:00:00Z", "2025-01-01T00:00:00Z"]


def with_message_queue(made: Report) -> Report:
    """The report with a component whose settings come from compose.yaml and redis/redis.conf."""
    return msgspec.structs.replace(made, components=tuple(c for c in COMPONENTS if c.id == "message-queue"))


class TestRulesChanged:
    def test_with_the_same_bytes_it_is_the_rules(self) -> None:
        former = report(finding("check-a"), files={"a.conf": "same"})
        present = report(finding("check-b"), files={"a.conf": "same"}, rules="later")
        compared = after(former, present)
        assert compared.changes is not None
        assert compared.changes.checks_changed
        assert changes(compared) == ["new by rule change"]
        assert causes(compared) == ["rule change"]

    def test_with_other_bytes_it_is_the_estate(self) -> None:
        present = report(finding("check-b"), files={"a.conf": "edited"}, rules="later")
        compared = after(report(finding("check-a")), present)
        assert (changes(compared), causes(compared)) == (["new"], ["fixed"])

    def test_with_another_version_of_the_program(self) -> None:
        present = report(finding("check-b"))
        present = msgspec.structs.replace(present, tool=msgspec.structs.replace(present.tool, version="9.9.9"))
        assert changes(after(report(finding("check-a")), present)) == ["new by rule change"]

    def test_with_the_same_rules_it_is_the_estate(self) -> None:
        compared = after(report(finding("check-a")), report(finding("check-b")))
        assert (changes(compared), causes(compared)) == (["new"], ["fixed"])

    def test_a_setting_in_another_file_is_the_estate(self) -> None:
        made = finding("check-b", "compose.yaml", component="message-queue")
        before = {"compose.yaml": "same", "redis/redis.conf": "password"}
        now = {"compose.yaml": "same", "redis/redis.conf": "no password"}
        full = with_message_queue(report(made, files=now, rules="later"))
        assert changes(after(with_message_queue(report(files=before)), full)) == ["new"]
        full = with_message_queue(report(made, files=before, rules="later"))
        assert changes(after(with_message_queue(report(files=before)), full)) == ["new by rule change"]

    def test_a_check_that_was_left_out_before(self) -> None:
        former = report(files={"a.conf": "same"}, deselected=("check-a",))
        assert changes(after(former, report(finding("check-a")))) == ["new by rule change"]


class TestNotEvaluated:
    def test_an_unreadable_file(self) -> None:
        present = with_file(report(files={"a.conf": "broken"}), "a.conf", status="unreadable")
        assert causes(after(report(finding()), present)) == ["not evaluated"]

    def test_a_file_no_longer_read(self) -> None:
        present = with_file(report(files={"a.conf": "same"}), "a.conf", status="skipped")
        assert causes(after(report(finding()), present)) == ["not evaluated"]

    def test_a_deleted_file_is_fixed(self) -> None:
        assert causes(after(report(finding()), report())) == ["fixed"]

    @pytest.mark.parametrize("scan", [{"exclude": ("old/**",)}, {"targets": ("samples/other",)}])
    def test_a_file_that_may_be_left_out(self, scan: dict[str, Any]) -> None:
        assert causes(after(report(finding()), report(**scan))) == ["not evaluated"]

    def test_a_file_that_an_ignore_file_may_leave_out(self) -> None:
        present = report(files={".auditorignore": "a.conf"})
        assert causes(after(report(finding()), present)) == ["not evaluated"]

    def test_a_root_elsewhere_is_the_same_scope(self) -> None:
        present = report(targets=("/builds/17/clinic-insecure",))
        assert causes(after(report(finding()), present)) == ["fixed"]

    @pytest.mark.parametrize("component", ["a.conf", "*"])
    def test_a_check_that_could_not_decide(self, component: str) -> None:
        row = Result(check_id="check-a", component=component, status="not_evaluated", reason="no value")
        assert causes(after(report(finding()), report(files={"a.conf": "edited"}, results=[row]))) == ["not evaluated"]

    def test_a_check_that_could_not_decide_under_its_new_name_in_a_renamed_file(self) -> None:
        row = Result(check_id="check-new", component="new.conf", status="not_evaluated", reason="no value")
        aliases = {"check-new": ["check-old"]}
        present = report(
            finding("check-new", "b.conf"),
            files={"new.conf": "same", "b.conf": "other"},
            results=[row],
            aliases=aliases,
        )
        former = report(finding("check-old", "old.conf"))
        assert causes(after(former, present)) == ["not evaluated"]

    def test_a_deselected_check(self) -> None:
        present = report(files={"a.conf": "edited"}, deselected=("check-a", "check-old"))
        assert causes(after(report(finding("check-a")), present)) == ["not evaluated"]
        assert causes(after(report(finding("check-old")), present)) == ["not evaluated"]

    def test_a_fault_of_the_program(self) -> None:
        row = ScanDiagnostic(path="a.conf", line=None, kind="check-error", message="failed")
        present = msgspec.structs.replace(report(files={"a.conf": "edited"}), diagnostics=(row,))
        assert causes(after(report(finding()), present)) == ["not evaluated"]


class TestBackAgain:
    def test_fixed_before_is_reopened_and_begins_anew(self) -> None:
        absent = {finding().fingerprint: Absence("fixed", "2025-05-01T00:00:00Z")}
        compared = after(report(day=2), report(finding(), day=3), absent)
        assert changes(compared) == ["reopened"]
        assert [f.first_seen for f in compared.findings] == ["2026-01-03T09:00:00Z"]

    def test_fixed_before_under_a_former_id_is_reopened(self) -> None:
        absent = {finding("check-old").fingerprint: Absence("fixed", "2025-05-01T00:00:00Z")}
        present = report(finding("check-new", aliases=["check-old"]), aliases={"check-new": ["check-old"]})
        assert changes(after(report(), present, absent)) == ["reopened"]

    def test_not_evaluated_in_between_breaks_nothing(self) -> None:
        absent = {finding().fingerprint: Absence("not evaluated", "2025-05-01T00:00:00Z")}
        compared = after(report(day=2), report(finding(), day=3), absent)
        assert changes(compared) == ["unchanged"]
        assert [f.first_seen for f in compared.findings] == ["2025-05-01T00:00:00Z"]

    def test_gone_by_a_rule_change_and_back_is_new(self) -> None:
        absent = {finding().fingerprint: Absence("rule change", "2025-05-01T00:00:00Z")}
        assert changes(after(report(), report(finding()), absent)) == ["new"]


class TestBaseline:
    def test_known_findings_are_set_aside_and_others_stay_open(self) -> None:
        compared = compare(report(finding(), finding(key="x", line=2)), baseline=report(finding()))
        assert [f.status for f in compared.findings] == ["baseline", "open"]
        assert changes(compared) == ["unchanged", "new"]
        assert compared.changes is not None
        assert compared.changes.reference == "baseline"
        assert {f.first_seen for f in compared.findings} == {None}

    def test_what_an_exception_held_there_needs_one_here(self) -> None:
        compared = compare(report(finding()), baseline=report(finding(status="waived")))
        assert [f.status for f in compared.findings] == ["open"]

    def test_an_exception_comes_before_the_baseline(self) -> None:
        compared = compare(report(finding(status="waived")), baseline=report(finding()))
        assert [f.status for f in compared.findings] == ["waived"]

    def test_with_a_history_the_previous_run_is_the_reference(self) -> None:
        former = report(finding(key="x"), day=4)
        compared = compare(report(finding(), day=5), past=Past(former=former, runs=1), baseline=report(finding()))
        assert [(f.status, f.change) for f in compared.findings] == [("baseline", "new")]
        assert compared.changes is not None
        assert compared.changes.reference == "history"

    def test_the_first_run_of_a_history_is_compared_with_the_baseline(self) -> None:
        compared = compare(report(finding(), day=5), past=Past(), baseline=report(finding(), finding(key="y")))
        assert [(f.status, f.change, f.first_seen) for f in compared.findings] == [
            ("baseline", "unchanged", "2026-01-05T09:00:00Z")
        ]
        trend = with_trend(concluded(compared), Past()).trend
        assert trend is not None
        assert [(point.new, point.fixed) for point in trend.points] == [(0, 0)]
        assert trend.mean_days_to_fix is None

    def test_an_alias_and_a_renamed_file_count(self) -> None:
        former = report(finding("check-old"), finding(path="old.conf"))
        present = report(
            finding("check-new", aliases=["check-old"]),
            finding(path="new.conf"),
            aliases={"check-new": ["check-old"]},
        )
        assert {f.status for f in compare(present, baseline=former).findings} == {"baseline"}


def test_the_trend_counts_what_the_estate_did_and_the_days_to_fix() -> None:
    former = compare(report(finding(), finding(key="b", line=2), finding(key="c", line=3)), past=Past())
    present = report(finding(), finding(key="new", line=9), day=8, files={"a.conf": "edited"})
    compared = concluded(after(former, present))
    past = Past(former=former, runs=1, points=(), fixed=1, seconds_to_fix=86_400)
    trend = with_trend(compared, past).trend
    assert trend is not None
    point = trend.points[-1]
    assert (trend.runs, point.new, point.fixed) == (2, 1, 2)
    assert point.by_severity == compared.summary.by_severity
    assert trend.mean_days_to_fix == 5.0  # of 7, 7 and 1


def test_a_trend_shows_the_latest_52_runs() -> None:
    trend = with_trend(concluded(compare(report(finding()), past=Past())), Past()).trend
    assert trend is not None
    past = Past(runs=51, points=trend.points * 51)
    for _ in range(3):
        longer = with_trend(concluded(report(finding())), past).trend
        assert longer is not None
        assert (len(longer.points), longer.runs) == (52, past.runs + 1)
        past = Past(runs=longer.runs, points=past.points)
