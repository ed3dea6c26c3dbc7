"""SARIF: fits the standard, loses no finding, and refers to nothing that is not there."""

import json
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.report import Report
from auditor.reporters.sarif_report import render
from tests.reporters.reports import CHANGES, EXCEPTIONS, FINDINGS, WAIVED, clinic, empty, rewrite
from tests.reporters.standards import sarif


def _run(report: Report) -> dict[str, Any]:
    """Return the run after judging it and following every reference."""
    log = sarif(render(report))
    assert log["version"] == "2.1.0"
    run: dict[str, Any]
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert {"name", "shortDescription", "fullDescription", "defaultConfiguration"} <= set(rule)
        assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help"))
        assert rule["help"]["markdown"]
        assert 0 < float(rule["properties"]["security-severity"]) <= 10
        for relationship in rule["relationships"]:
            _check_taxon(run, relationship["target"])
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert len(set(uris)) == len(uris)
    for result in run["results"]:
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        else:
            assert result["baselineState"] == "absent"
        assert result["level"] in {"error", "warning", "note"}
        for taxon in result.get("taxa", ()):
            _check_taxon(run, taxon)
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            at = location["physicalLocation"]
            assert at["artifactLocation"]["uri"].isascii()
            assert not set(' \\"<>|^`{}') & set(at["artifactLocation"]["uri"])
            assert min(at["region"].values()) >= 1
            if "index" in at["artifactLocation"]:
                assert uris[at["artifactLocation"]["index"]] == at["artifactLocation"]["uri"]
    for notification in run["invocations"][0]["toolExecutionNotifications"]:
        descriptor = notification["descriptor"]
        assert run["tool"]["driver"]["notifications"][descriptor["index"]]["id"] == descriptor["id"]
    return run


def _present(report: Report) -> list[dict[str, Any]]:
    return [result for result in _run(report)["results"] if result.get("baselineState") != "absent"]


def _check_taxon(run: dict[str, Any], reference: dict[str, Any]) -> None:
    taxonomy = run["taxonomies"][reference["toolComponent"]["index"]]
    assert taxonomy["name"] == reference["toolComponent"]["name"]
    assert taxonomy["taxa"][reference["index"]]["id"] == reference["id"]


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12))
def test_every_finding_is_one_result_at_its_place(nasty: str) -> None:
    report = rewrite(clinic(), lambda path, text: text if path == ".schema_version" else text + nasty)
    results = [
        (
            result["ruleId"],
            unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]),
            result["locations"][0]["physicalLocation"]["region"]["startLine"],
            result["partialFingerprints"]["auditor/v1"],
            result["properties"]["severity"],
        )
        for result in _present(report)
    ]
    assert results == [(f.check_id, f.path, f.line, f.fingerprint, f.severity) for f in report.findings]


def test_a_report_without_findings_fits_too() -> None:
    assert _run(empty())["results"] == []


def test_levels_suppressions_and_taxa() -> None:
    results = _present(clinic())
    assert [result["level"] for result in results] == ["error"] * 5 + ["warning", "error", "note", "note", "note"]
    assert [bool(result["suppressions"]) for result in results] == [False] * 9 + [True]
    assert [taxon["id"] for taxon in results[0]["taxa"]] == [
        "authentication",
        "access",
        "164.312(d)",
        "164.312(a)(2)(i)",
        "306",
    ]
    assert results[0]["relatedLocations"][0]["physicalLocation"]["region"] == {"startLine": 44}


@pytest.mark.parametrize(
    ("end_line", "end_column", "region"),
    [
        (12, 16, {"startLine": 12, "startColumn": 3, "endLine": 12, "endColumn": 17}),
        (0, 0, {"startLine": 12, "startColumn": 3}),
    ],
)
def test_the_end_column_is_the_one_behind(end_line: int, end_column: int, region: dict[str, int]) -> None:
    found = msgspec.structs.replace(FINDINGS[0], column=3, end_line=end_line, end_column=end_column)
    (result,) = _present(msgspec.structs.replace(clinic(), findings=(found,)))
    assert result["locations"][0]["physicalLocation"]["region"] == region


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/ü#1?.conf", "a%20b/%C3%BC%231%3F.conf"),
        ("c:d.conf", "c%3Ad.conf"),
        ("100%.conf", "100%25.conf"),
        ("caf\udce9", "caf%5Cudce9"),
    ],
)
def test_paths_are_relative_references(path: str, uri: str) -> None:
    found = msgspec.structs.replace(FINDINGS[0], path=path)
    (result,) = _present(msgspec.structs.replace(clinic(), findings=(found,)))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_files_are_named_with_their_digest_and_problems_are_told() -> None:
    run = _run(clinic())
    hashes = {artifact["location"]["uri"]: artifact["hashes"]["sha-256"] for artifact in run["artifacts"]}
    assert hashes["redis/redis.conf"] == "cdef" * 16
    assert "web/logo.svg" not in hashes
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [note["level"] for note in invocation["toolExecutionNotifications"]] == ["error", "warning"]
    assert _run(empty())["invocations"][0]["executionSuccessful"] is True


def test_a_message_holds_no_link() -> None:
    found = msgspec.structs.replace(FINDINGS[0], message="user [admin](https://example.org/x) may log in")
    (result,) = _present(msgspec.structs.replace(clinic(), findings=(found,)))
    assert result["message"]["text"] == "user [admin] (https://example.org/x) may log in"


def test_an_exception_is_a_suppression_with_its_reason_and_its_end() -> None:
    (suppression,) = _present(clinic())[-1]["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "The file is a template that is never deployed."
    assert suppression["location"]["physicalLocation"]["region"] == {"startLine": 3}
    assert suppression["properties"]["expires"] == "2026-12-31"
    assert suppression["properties"]["owner"] == "Platform lead"


def test_a_comment_beside_the_line_is_under_review_and_the_baseline_is_named() -> None:
    inline = msgspec.structs.replace(EXCEPTIONS[0], type="inline", status="incomplete", owner="", approver="")
    known = msgspec.structs.replace(WAIVED, status="baseline", exception=None, fingerprint="known")
    report = msgspec.structs.replace(clinic(), findings=(WAIVED, known), exceptions=(inline,))
    (commented,), (of_baseline,) = [result["suppressions"] for result in _present(report)]
    assert (commented["kind"], commented["status"]) == ("inSource", "underReview")
    assert "owner" not in commented["properties"]
    assert of_baseline["justification"] == "in the baseline"


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("new", "new"),
        ("new by rule change", "new"),
        ("reopened", "new"),
        ("unchanged", "unchanged"),
        ("updated", "updated"),
    ],
)
def test_a_change_is_a_baseline_state(change: Any, state: str) -> None:
    found = msgspec.structs.replace(FINDINGS[0], change=change, first_seen="2026-10-02T08:00:00+02:00")
    (result,) = _present(msgspec.structs.replace(clinic(), findings=(found,)))
    assert (result["baselineState"], result["properties"]["change"]) == (state, change)
    assert result["provenance"] == {"firstDetectionTimeUtc": "2026-10-02T06:00:00Z"}


def test_what_is_gone_is_absent_and_the_runs_are_named() -> None:
    run = _run(clinic())
    (absent,) = [result for result in run["results"] if result.get("baselineState") == "absent"]
    (gone,) = CHANGES.gone
    assert absent["partialFingerprints"] == {"auditor/v1": gone.fingerprint}
    assert (absent["ruleId"], absent["properties"]["gone"]) == (gone.check_id, "fixed")
    assert run["baselineGuid"] == CHANGES.report_id
    assert run["automationDetails"]["guid"] == clinic().report_id
    assert not [result for result in _run(empty())["results"] if "baselineState" in result]


def test_weaknesses_are_tags_and_taxa() -> None:
    checks = (msgspec.structs.replace(clinic().checks[0], cwe=79), *clinic().checks[1:])
    run = _run(msgspec.structs.replace(clinic(), checks=checks))
    rules = run["tool"]["driver"]["rules"]
    assert rules[0]["properties"]["tags"] == ["security", "authentication", "external/cwe/cwe-079"]
    assert [taxon["id"] for taxon in run["taxonomies"][2]["taxa"]] == ["79", "306"]
    assert rules[0]["relationships"][-1]["target"]["id"] == "79"
    assert all(len(rule["properties"]["tags"]) <= 20 for rule in rules)


def test_the_score_stands_beside_its_coverage() -> None:
    report = clinic()
    properties = _run(report)["properties"]
    assert properties["score"] == report.summary.score
    assert properties["paragraphsAssessable"] == report.summary.assessable
    assert properties["inputsDigest"] == report.integrity.inputs


def test_code_scanning_is_given_what_it_takes_and_the_rest_is_told() -> None:
    severe, mild = FINDINGS[0], FINDINGS[8]
    related = tuple(msgspec.structs.replace(severe.related[0], line=line) for line in range(1, 1_201))
    many = [
        *(msgspec.structs.replace(mild, fingerprint=f"mild-{number}") for number in range(24_999)),
        *(msgspec.structs.replace(severe, fingerprint=f"severe-{number}") for number in range(3)),
    ]
    many[-1] = msgspec.structs.replace(many[-1], related=related)
    (run,) = json.loads(render(msgspec.structs.replace(clinic(), findings=tuple(many))))["runs"]
    results = run["results"]
    assert len(results) == 25_000
    assert [result["level"] for result in results[-3:]] == ["error"] * 3
    assert len(results[-1]["locations"]) + len(results[-1]["relatedLocations"]) == 1_000
    assert results[-1]["properties"]["relatedLeftOut"] == 201
    told = run["invocations"][0]["toolExecutionNotifications"][-1]
    assert told["descriptor"]["id"] == "left-out"
    assert told["message"]["text"].startswith("2 findings of the lowest urgency are left out")
