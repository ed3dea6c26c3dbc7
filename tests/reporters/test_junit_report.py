"""JUnit XML: read back by a parser, every finding and result is one case."""

from collections import Counter
from xml.etree import ElementTree as ET

from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditor.model.report import Report
from auditor.reporters.junit_report import render
from tests.reporters.reports import clinic, empty, rewrite


def _suites(report: Report) -> dict[str, ET.Element]:
    root = ET.fromstring(render(report))
    suites = {suite.get("name", ""): suite for suite in root}
    assert len(suites) == len(root)
    for element in (root, *root):
        cases = list(element.iter("testcase"))
        assert element.get("tests") == str(len(cases))
        assert element.get("failures") == str(sum(case.find("failure") is not None for case in cases))
        assert element.get("skipped") == str(sum(case.find("skipped") is not None for case in cases))
    return suites


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=12))
@example("]]><failure message='x'>&lt;\x00\ufffe\"\n")
def test_every_finding_is_one_case(nasty: str) -> None:
    report = rewrite(clinic(), lambda _, text: text + nasty)
    cases = [case for suite in _suites(report).values() for case in suite]
    for finding, plain in zip(report.findings, clinic().findings, strict=True):
        mark = f":{finding.line} [{plain.fingerprint}"
        (case,) = [case for case in cases if mark in case.get("name", "") and plain.path in case.get("name", "")]
        assert {child.tag for child in case} == {"failure" if finding.status == "open" else "skipped"}
    assert len(root_tags(report) - {"testsuites", "testsuite", "testcase", "failure", "skipped"}) == 0


def root_tags(report: Report) -> set[str]:
    return {element.tag for element in ET.fromstring(render(report)).iter()}


def test_cases_stand_under_their_component() -> None:
    suites = _suites(clinic())
    assert set(suites) == {
        "",
        "default/Deployment/lab-import",
        "deploy/production/environment-files/appointment-service.production.env",
        "message-queue",
        "records-db",
    }
    outcomes = Counter(next((child.tag for child in case), "pass") for case in suites["message-queue"])
    assert outcomes == {"failure": 1, "skipped": 2, "pass": 1}


def test_reasons_and_places_are_told() -> None:
    text = render(clinic())
    assert 'message="not evaluated: the image&#x27;s tag comes from a template expression"' in text
    assert (
        "exception EX-1 (false-positive, active, until 2026-12-31: The file is a template that is never "
        "deployed.): The container message-queue" in text
    )
    assert "\nfirst seen 2026-10-02\n" in text
    assert "see also compose.yaml:44: port 6379 is published" in text


def test_an_empty_report_has_no_suite() -> None:
    assert _suites(empty()) == {}
