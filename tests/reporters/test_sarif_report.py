"""SARIF: fits the standard, loses no finding, and refers to nothing that is not there."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.report import Report
from auditor.reporters.sarif_report import render
from tests.reporters.reports import FINDINGS, clinic, empty, rewrite


def _run(report: Report) -> dict[str, Any]:
    """Return the run after following every reference; validated by the schema too where the machine has it."""
    log = json.loads(render(report))
    if folder := os.environ.get("AUDITOR_SCHEMAS"):
        schema = json.loads(Path(folder, "sarif-schema-2.1.0.json").read_text("utf-8"))
        validator: Any = jsonschema.Draft4Validator(schema)
        validator.validate(log)
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
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        for taxon in result["taxa"]:
            _check_taxon(run, taxon)
        for location in (*result["locations"], *result["relatedLocations"]):
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
        for result in _run(report)["results"]
    ]
    assert results == [(f.check_id, f.path, f.line, f.fingerprint, f.severity) for f in report.findings]


def test_a_report_without_findings_fits_too() -> None:
    assert _run(empty())["results"] == []


def test_levels_suppressions_and_taxa() -> None:
    results = _run(clinic())["results"]
    assert [result["level"] for result in results] == ["error"] * 5 + ["warning", "error", "note", "note", "note"]
    assert [bool(result["suppressions"]) for result in results] == [False] * 9 + [True]
    assert [taxon["id"] for taxon in results[0]["taxa"]] == [
        "authentication",
        "access",
        "164.312(d)",
        "164.312(a)(2)(i)",
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
    (result,) = _run(msgspec.structs.replace(clinic(), findings=(found,)))["results"]
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
    (result,) = _run(msgspec.structs.replace(clinic(), findings=(found,)))["results"]
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
    (result,) = _run(msgspec.structs.replace(clinic(), findings=(found,)))["results"]
    assert result["message"]["text"] == "user [admin] (https://example.org/x) may log in"
