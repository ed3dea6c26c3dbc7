"""The score, its coverage and the counts of the summary."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.evidence import ExceptionType
from auditor.model.report import Report, ResultStatus, SeverityName
from auditor.packs import load_packs
from auditor.scan import Options, audit
from auditor.sources.directory import DirectoryTree
from tests.conclusion.made import (
    ACCESS,
    AUDIT,
    ENCRYPTION,
    UNIQUE,
    answer,
    check,
    concluded,
    exception,
    finding,
    hipaa,
    waived,
)

SAMPLES = Path(__file__).parents[2] / "samples"


def scored(*answers: tuple[SeverityName, ResultStatus]) -> tuple[int, int, int | None]:
    checks = [check(f"check-{number}", AUDIT, severity=severity) for number, (severity, _) in enumerate(answers)]
    results = [answer(about, status) for about, (_, status) in zip(checks, answers, strict=True)]
    findings = [finding(about) for about, (_, status) in zip(checks, answers, strict=True) if status == "fail"]
    summary = concluded(checks, results, findings).summary
    return summary.earned, summary.possible, summary.score


@pytest.mark.parametrize(
    ("severity", "weight"), [("critical", 10), ("high", 6), ("medium", 3), ("low", 1), ("info", 0)]
)
def test_the_weight_of_an_answer_is_that_of_the_severity(severity: SeverityName, weight: int) -> None:
    assert scored((severity, "pass"), (severity, "fail")) == (weight, 2 * weight, 50 if weight else None)


def test_the_formula() -> None:
    answers: list[tuple[SeverityName, ResultStatus]] = [
        ("critical", "pass"),
        ("high", "fail"),
        ("medium", "pass"),
        ("low", "fail"),
        ("high", "not_evaluated"),
    ]
    assert scored(*answers) == (13, 20, 65)


def test_it_is_rounded_down_so_that_100_means_that_nothing_failed() -> None:
    many: list[tuple[SeverityName, ResultStatus]] = [("critical", "pass")] * 30
    assert scored(*many, ("low", "fail")) == (300, 301, 99)
    assert scored(("low", "pass"), ("low", "pass"), ("low", "fail"))[2] == 66


def test_there_is_no_score_where_nothing_was_tested() -> None:
    assert scored() == (0, 0, None)
    assert scored(("high", "not_evaluated")) == (0, 0, None)


def test_the_severity_of_the_check_counts_and_not_that_of_the_finding() -> None:
    about = check("a-check", AUDIT, severity="medium")
    report = concluded([about], [answer(about, "fail")], [finding(about, status="open")])
    assert (report.summary.earned, report.summary.possible) == (0, 3)


def with_exception(kind: ExceptionType, *, both: bool) -> int | None:
    """Return the score of one pass and one failure with two findings, of which an exception holds one or both."""
    passing, failing = check("passing", AUDIT), check("failing", ENCRYPTION)
    second = waived(failing) if both else finding(failing, fingerprint="second")
    results = [answer(passing, "pass"), answer(failing, "fail")]
    return concluded([passing, failing], results, [waived(failing), second], [exception(kind)]).summary.score


@pytest.mark.parametrize(
    "kind", ["false-positive", "not-applicable", "alternative-measure", "not-reasonable-documented"]
)
def test_what_is_settled_neither_helps_nor_hurts(kind: ExceptionType) -> None:
    assert with_exception(kind, both=True) == 100
    assert with_exception(kind, both=False) == 50


@pytest.mark.parametrize("kind", ["risk-accepted", "inline"])
def test_an_accepted_risk_and_a_comment_leave_the_failure(kind: ExceptionType) -> None:
    assert with_exception(kind, both=True) == 50


def test_the_baseline_does_not_make_a_failure_less() -> None:
    about = check("a-check", AUDIT)
    report = concluded([about], [answer(about, "fail")], [finding(about, status="baseline")])
    assert report.summary.score == 0
    assert report.summary.by_severity["high"] == 0, "only what is open is counted"


def test_a_check_over_the_whole_estate_is_settled_with_all_of_its_findings() -> None:
    passing, shared = check("passing", AUDIT), check("shared", ENCRYPTION)
    results = [answer(passing, "pass"), answer(shared, "fail", "*")]
    findings = [waived(shared, "queue"), waived(shared, "database")]
    assert concluded([passing, shared], results, findings, [exception("false-positive")]).summary.score == 100
    findings[1] = finding(shared, "database")
    assert concluded([passing, shared], results, findings, [exception("false-positive")]).summary.score == 50


def assessable() -> list[str]:
    return [p.id for p in hipaa().regulation.paragraphs if p.assessable != "none" and p.kind != "general"]


def test_coverage_counts_what_was_assessed_of_what_files_can_show() -> None:
    summary = concluded().summary
    assert (summary.assessed, summary.assessable, summary.coverage_percent) == (0, len(assessable()), 0)
    about = check("a-check", AUDIT, ACCESS, "164.306(a)(1)")
    summary = concluded([about], [answer(about, "pass")]).summary
    assert (summary.assessed, summary.assessable) == (2, len(assessable())), "general rules are not counted"
    assert summary.coverage_percent == round(100 * 2 / len(assessable()))


def test_a_paragraph_that_does_not_apply_is_not_to_be_covered() -> None:
    summary = concluded(not_applicable={AUDIT: "None here.", "164.308(a)(2)": "None here."}).summary
    assert (summary.assessed, summary.assessable) == (0, len(assessable()) - 1)


def test_failures_and_exceptions_are_assessed_and_what_was_not_evaluated_is_not() -> None:
    failing, settled, unknown = check("a", AUDIT), check("b", ENCRYPTION), check("c", UNIQUE)
    results = [answer(failing, "fail"), answer(settled, "fail"), answer(unknown, "not_evaluated")]
    findings = [finding(failing), waived(settled)]
    report = concluded([failing, settled, unknown], results, findings, [exception("false-positive")])
    assert report.summary.assessed == 3, "AUDIT, ENCRYPTION and the standard of the latter"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["critical", "high", "medium", "low", "info"]),
            st.sampled_from(["pass", "fail", "not_evaluated"]),
        ),
        max_size=8,
    )
)
def test_the_score_is_a_share_and_100_only_without_failures(answers: list[tuple[SeverityName, ResultStatus]]) -> None:
    earned, possible, percent = scored(*answers)
    assert 0 <= earned <= possible
    assert (percent is None) == (possible == 0)
    if percent is not None:
        assert 0 <= percent <= 100
        failed = any(status == "fail" and severity != "info" for severity, status in answers)
        assert (percent == 100) == (not failed)


def sample(name: str) -> Report:
    options = Options(pack=lambda folders: load_packs(folders=folders), profile=hipaa())
    return audit(DirectoryTree(SAMPLES / name), options).report


def test_the_samples() -> None:
    insecure, hardened = sample("clinic-insecure"), sample("clinic-hardened")
    statuses = {row.status for row in (*insecure.matrix, *hardened.matrix)}
    assert statuses == {"not satisfied", "no deviation detected", "not assessed"}
    assert insecure.summary.score is not None
    assert hardened.summary.score is not None
    assert insecure.summary.score < hardened.summary.score
    for report in (insecure, hardened):
        assert {row.why for row in report.matrix} >= {None, "organisational", "no check"}
        assert 0 < report.summary.assessed <= report.summary.assessable == len(assessable())
        is_open = [finding for finding in report.findings if finding.status == "open"]
        assert sum(report.summary.by_severity.values()) == len(is_open) == sum(report.summary.by_category.values())
        for row in report.matrix:
            assert row.findings == sum(row.id in {c.id for c in finding.citations} for finding in is_open)
