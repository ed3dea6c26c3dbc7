"""The status of every paragraph: each can be reached, and nothing but a test that passed looks like a pass."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.model.evidence import ControlStatus, ExceptionType, NotAssessed, ReportedException
from auditor.model.report import CheckInfo, Finding, FindingStatus, Report, Result, ResultStatus, Strength
from tests.conclusion.made import (
    ACCESS,
    AUDIT,
    ENCRYPTION,
    TRANSMISSION,
    UNIQUE,
    answer,
    check,
    concluded,
    exception,
    finding,
    hipaa,
    rows,
    waived,
)

LOG = check("log-off", AUDIT)
TLS = check("tls-off", TRANSMISSION, ENCRYPTION)
USERS = check("shared-user", UNIQUE)


def status(report: Report, paragraph: str) -> tuple[ControlStatus, NotAssessed | None]:
    row = rows(report)[paragraph]
    return row.status, row.why


def test_every_paragraph_has_a_row_with_its_mark_in_the_order_of_the_regulation() -> None:
    paragraphs = hipaa().regulation.paragraphs
    matrix = concluded().matrix
    assert [(row.id, row.designation, row.parent) for row in matrix] == [
        (paragraph.id, paragraph.designation, paragraph.parent) for paragraph in paragraphs
    ]
    assert {"required", "addressable", "standard", "general"} == {row.designation for row in matrix}


class TestNotSatisfied:
    def test_an_open_finding(self) -> None:
        report = concluded([LOG], [answer(LOG, "fail")], [finding(LOG)])
        row = rows(report)[AUDIT]
        assert (row.status, row.why, row.reason) == ("not satisfied", None, "")
        assert (row.failed, row.passed, row.findings, row.excepted, row.checks) == (1, 0, 1, 0, ("log-off",))

    def test_one_failure_outweighs_every_pass(self) -> None:
        results = [answer(LOG, "pass", str(number)) for number in range(50)]
        report = concluded([LOG], [*results, answer(LOG, "fail")], [finding(LOG)])
        assert status(report, AUDIT) == ("not satisfied", None)
        assert (rows(report)[AUDIT].passed, rows(report)[AUDIT].failed) == (50, 1)

    def test_a_finding_that_only_bears_on_it(self) -> None:
        monitoring = check("no-alerts", supports=[AUDIT])
        report = concluded([monitoring], [answer(monitoring, "fail")], [finding(monitoring)])
        assert status(report, AUDIT) == ("not satisfied", None)

    def test_a_finding_of_the_baseline_is_none_the_less_there(self) -> None:
        report = concluded([LOG], [answer(LOG, "fail")], [finding(LOG, status="baseline")])
        assert status(report, AUDIT) == ("not satisfied", None)

    def test_a_standard_whose_specification_is_not(self) -> None:
        report = concluded([USERS], [answer(USERS, "fail")], [finding(USERS)])
        assert status(report, ACCESS) == ("not satisfied", None)
        assert rows(report)[ACCESS].reason == "One of its implementation specifications is not satisfied."
        assert rows(report)[ACCESS].findings == 0

    def test_a_specification_does_not_follow_its_standard(self) -> None:
        exposed = check("exposed", ACCESS)
        report = concluded([exposed], [answer(exposed, "fail")], [finding(exposed)])
        assert status(report, ACCESS) == ("not satisfied", None)
        assert rows(report)[UNIQUE].status == "not assessed"

    def test_that_it_does_not_apply_does_not_hide_a_finding(self) -> None:
        report = concluded([LOG], [answer(LOG, "fail")], [finding(LOG)], not_applicable={AUDIT: "None here."})
        assert status(report, AUDIT) == ("not satisfied", None)


class TestNoDeviationDetected:
    def test_a_test_of_the_mechanism_passed_and_none_failed(self) -> None:
        row = rows(concluded([LOG], [answer(LOG, "pass")]))[AUDIT]
        assert (row.status, row.why, row.passed) == ("no deviation detected", None, 1)

    def test_what_could_not_be_evaluated_beside_it_is_counted(self) -> None:
        row = rows(concluded([LOG], [answer(LOG, "pass"), answer(LOG, "not_evaluated", "queue")]))[AUDIT]
        assert (row.status, row.passed, row.not_evaluated) == ("no deviation detected", 1, 1)


class TestException:
    def test_every_failure_is_set_aside(self) -> None:
        report = concluded([LOG], [answer(LOG, "fail")], [waived(LOG)], [exception("false-positive")])
        row = rows(report)[AUDIT]
        assert (row.status, row.why) == ("exception", None)
        assert (row.findings, row.excepted, row.failed) == (0, 1, 1)
        assert row.reason == "Every deviation found is set aside by an exception."

    def test_one_open_finding_beside_it(self) -> None:
        findings = [waived(LOG), finding(LOG, "queue")]
        results = [answer(LOG, "fail"), answer(LOG, "fail", "queue")]
        row = rows(concluded([LOG], results, findings, [exception("false-positive")]))[AUDIT]
        assert (row.status, row.findings, row.excepted) == ("not satisfied", 1, 1)

    def test_a_pass_beside_it_does_not_hide_the_exception(self) -> None:
        results = [answer(LOG, "fail"), answer(LOG, "pass", "queue")]
        report = concluded([LOG], results, [waived(LOG)], [exception("not-applicable")])
        assert status(report, AUDIT) == ("exception", None)

    def test_a_standard_whose_specification_has_one(self) -> None:
        report = concluded([USERS], [answer(USERS, "fail")], [waived(USERS)], [exception("false-positive")])
        assert status(report, ACCESS) == ("exception", None)


class TestNotAssessed:
    def test_organisational(self) -> None:
        report = concluded()
        for paragraph in ("164.308(a)(2)", "164.308(a)(1)(ii)(A)", "164.310(b)", "164.314(a)(1)", "164.316(a)"):
            assert status(report, paragraph) == ("not assessed", "organisational")
            assert rows(report)[paragraph].reason

    def test_no_check(self) -> None:
        uncited = [
            paragraph.id
            for paragraph in hipaa().regulation.paragraphs
            if paragraph.assessable != "none" and paragraph.id not in hipaa().cited
        ]
        assert uncited
        for paragraph in uncited:
            assert status(concluded(), paragraph) == ("not assessed", "no check")

    def test_a_pass_that_only_bears_on_it_is_no_pass(self) -> None:
        monitoring = check("no-alerts", supports=[AUDIT])
        report = concluded([monitoring], [answer(monitoring, "pass")])
        assert status(report, AUDIT) == ("not assessed", "no check")
        assert rows(report)[AUDIT].reason.startswith("Checks that bear on it found nothing")
        assert rows(report)[AUDIT].passed == 1

    def test_no_input(self) -> None:
        assert status(concluded(), AUDIT) == ("not assessed", "no input")
        assert rows(concluded())[AUDIT].reason.startswith("Checks exist")

    def test_what_could_not_be_evaluated(self) -> None:
        report = concluded([LOG], [answer(LOG, "not_evaluated")])
        assert status(report, AUDIT) == ("not assessed", "no input")
        assert rows(report)[AUDIT].reason == "What the checks look at could not be decided from the files."
        assert rows(report)[AUDIT].not_evaluated == 1


class TestNotApplicable:
    def test_with_its_reason(self) -> None:
        report = concluded(not_applicable={AUDIT: "No system of ours records it.", "164.308(b)(1)": "No associates."})
        assert status(report, AUDIT) == ("not applicable", None)
        assert rows(report)[AUDIT].reason == "No system of ours records it."
        assert status(report, "164.308(b)(1)") == ("not applicable", None), "organisational ones too"


EVERY_PARAGRAPH = (*hipaa().regulation.by_id, "164.000")
ANSWERS: st.SearchStrategy[tuple[str, Strength, ResultStatus, FindingStatus, ExceptionType]] = st.tuples(
    st.sampled_from(EVERY_PARAGRAPH[:-1]),
    st.sampled_from(["direct", "supports"]),
    st.sampled_from(["pass", "fail", "not_evaluated"]),
    st.sampled_from(["open", "waived", "baseline"]),
    st.sampled_from(["false-positive", "risk-accepted", "inline"]),
)


@given(st.lists(ANSWERS, max_size=6))
def test_only_a_direct_pass_without_any_finding_looks_like_a_pass(
    answers: list[tuple[str, Strength, ResultStatus, FindingStatus, ExceptionType]],
) -> None:
    checks: list[CheckInfo] = []
    results: list[Result] = []
    findings: list[Finding] = []
    exceptions: list[ReportedException] = []
    for number, (paragraph, strength, result, finding_status, kind) in enumerate(answers):
        about = check(
            f"check-{number}",
            *([paragraph] if strength == "direct" else []),
            supports=[paragraph][: strength == "supports"],
        )
        checks.append(about)
        results.append(answer(about, result))
        exceptions.append(exception(kind, f"EX-{number}"))
        if result == "fail":
            held = f"EX-{number}" if finding_status == "waived" else None
            findings.append(finding(about, status=finding_status, exception=held))
    report = concluded(checks, results, findings, exceptions)
    for row in report.matrix:
        of_row = [each for each in answers if each[0] == row.id]
        if row.status == "no deviation detected":
            assert any(strength == "direct" and result == "pass" for _, strength, result, _, _ in of_row)
            assert not any(result == "fail" for _, _, result, _, _ in of_row)
        assert (row.why is not None) == (row.status == "not assessed")
        if row.status == "not assessed":
            assert row.reason
        if any(result == "fail" and state == "open" for _, _, result, state, _ in of_row):
            assert row.status == "not satisfied"
