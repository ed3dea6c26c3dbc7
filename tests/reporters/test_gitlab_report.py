"""GitLab Code Quality: the members its documentation asks for, one object per open finding."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.reporters.gitlab_report import render
from tests.reporters.reports import clinic, empty, rewrite


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12))
def test_every_open_finding_is_one_object(nasty: str) -> None:
    report = rewrite(clinic(), lambda _, text: text + nasty)
    issues = json.loads(render(report))
    assert all(set(issue) == {"description", "check_name", "fingerprint", "severity", "location"} for issue in issues)
    shown = [
        (issue["fingerprint"], issue["check_name"], issue["location"]["path"], issue["location"]["lines"]["begin"])
        for issue in issues
    ]
    found = [(f.fingerprint, f.check_id, f.path, f.line) for f in report.findings if f.status == "open"]
    assert sorted(shown) == sorted(found)


def test_severities_in_the_words_of_the_format() -> None:
    severities = [issue["severity"] for issue in json.loads(render(clinic()))]
    assert severities == ["blocker"] * 2 + ["critical"] * 4 + ["major", "minor", "info"]


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(render(empty())) == []
