"""OSCAL assessment results: fit the standard, are read back by another program, and claim no more than the scan."""

import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pydantic
import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt
from trestle.oscal.assessment_results import AssessmentResults
from trestle.oscal.poam import PlanOfActionAndMilestones

from auditor.model.report import Report
from auditor.reporters import oscal_poam, oscal_report
from auditor.reporters.json_report import digest
from auditor.reporters.oscal_terms import block, line
from auditor.reporters.plain import one_line, visible
from tests.reporters.generated import texts
from tests.reporters.reports import CHANGES, EXCEPTIONS, FINDINGS, WAIVED, clinic, empty, rewrite
from tests.reporters.standards import oscal

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def _result(report: Report) -> dict[str, Any]:
    content = oscal(oscal_report.render(report))
    _check_references(content)
    result: dict[str, Any]
    (result,) = content["results"]
    return result


def _check_references(content: dict[str, Any]) -> None:
    """Every id is given once, and every id that is referred to is given."""
    given: list[str] = []
    wanted: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for key, item in value.items():  # pyright: ignore[reportUnknownVariableType]  # any JSON
                if key == "uuid":
                    given.append(item)  # pyright: ignore[reportUnknownArgumentType]
                elif str(key).endswith("-uuid"):  # pyright: ignore[reportUnknownArgumentType]
                    wanted.add(item)  # pyright: ignore[reportUnknownArgumentType]
                walk(item)
        elif isinstance(value, list):
            for item in value:  # pyright: ignore[reportUnknownVariableType]
                walk(item)

    walk(content)
    assert len(set(given)) == len(given)
    assert wanted <= set(given)
    assert wanted


def _props(part: dict[str, Any]) -> dict[str, str]:
    return {prop["name"]: prop["value"] for prop in part["props"]}


def _by_fingerprint(parts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {_props(part)["fingerprint"]: part for part in parts}


def _blank(path: str, text: str) -> str:
    return text if path.endswith((".id", ".fingerprint")) else ""


@pytest.mark.parametrize(
    "report",
    [clinic(), empty(), rewrite(clinic(), lambda _, text: text + "\x00 \\"), rewrite(clinic(), _blank)],
    ids=["clinic", "empty", "hostile", "blank"],
)
def test_another_program_reads_it_back(report: Report, tmp_path: Path) -> None:
    results, plan = tmp_path / "results.json", tmp_path / "plan.json"
    results.write_text(oscal_report.render(report))
    plan.write_text(oscal_poam.render(report))
    read: Any = AssessmentResults.oscal_read(results)
    assert len(read.results[0].observations or ()) == len(report.findings)
    read_plan: Any = PlanOfActionAndMilestones.oscal_read(plan)
    gone = report.changes.gone if report.changes else ()
    assert len(read_plan.poam_items) == max(1, len(report.findings) + len(gone))
    _check_references(oscal(results.read_text()))
    _check_references(oscal(plan.read_text()))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"state": "not-satisfied"', '"state": "compliant"'),
        ('"methods"', '"means"'),
        (r'"uuid": "[0-9a-f]{8}-', '"uuid": "x-'),
        ('"import-ap"', '"import-plan"'),
        (r'"control-id": "cfr-[^"]*"', '"control-id": "164.312(a)(1)"'),
        (r'"last-modified": "[^"]*"', '"last-modified": "yesterday"'),
    ],
)
def test_the_judge_refuses_what_does_not_fit(right: str, wrong: str) -> None:
    text = re.sub(right, wrong, oscal_report.render(clinic()), count=1)
    with pytest.raises((jsonschema.ValidationError, pydantic.ValidationError)):
        oscal(text)


def test_a_finding_is_an_observation_with_its_evidence_and_a_risk_with_its_remedy() -> None:
    result = _result(clinic())
    found = FINDINGS[0]
    observation = _by_fingerprint(result["observations"])[found.fingerprint]
    assert observation["description"] == found.message
    assert observation["collected"] == "2026-11-21T09:30:02Z"
    place, related = observation["relevant-evidence"]
    assert place["href"] == "redis/redis.conf#L12"
    assert "\n12> protected-mode no\n" in place["description"]
    assert related["href"] == "compose.yaml#L44"
    components = {component["uuid"]: component for component in result["local-definitions"]["components"]}
    (subject,) = observation["subjects"]
    assert components[subject["subject-uuid"]]["title"] == "message-queue"
    risk = _by_fingerprint(result["risks"])[found.fingerprint]
    assert (risk["status"], "deadline" in risk) == ("open", False)
    assert [facet["value"] for facet in risk["characterizations"][0]["facets"]] == ["critical", "high"]
    assert "requirepass <at least 32 random characters>" in risk["remediations"][0]["description"]


def test_an_exception_is_a_deviation_that_ends_with_its_last_day() -> None:
    exception = msgspec.structs.replace(EXCEPTIONS[0], type="alternative-measure", measure="IPsec between the hosts")
    result = _result(msgspec.structs.replace(clinic(), exceptions=(exception,)))
    risk = _by_fingerprint(result["risks"])[WAIVED.fingerprint]
    assert (risk["status"], risk["deadline"]) == ("deviation-approved", "2026-12-31T23:59:59Z")
    assert [factor["description"] for factor in risk["mitigating-factors"]] == ["IPsec between the hosts"]
    (entry,) = risk["risk-log"]["entries"]
    assert (entry["start"], entry["status-change"]) == ("2026-06-01T00:00:00Z", "deviation-approved")
    assert _props(entry)["approver"] == "Security official"


def test_a_comment_beside_the_line_is_only_a_request() -> None:
    inline = msgspec.structs.replace(EXCEPTIONS[0], type="inline", status="incomplete", expires=None)
    result = _result(msgspec.structs.replace(clinic(), exceptions=(inline,)))
    risk = _by_fingerprint(result["risks"])[WAIVED.fingerprint]
    assert (risk["status"], "deadline" in risk) == ("deviation-requested", False)


@pytest.mark.parametrize(
    ("gone", "status"), [("fixed", "closed"), ("rule change", "investigating"), ("not evaluated", "investigating")]
)
def test_only_what_was_fixed_is_closed(gone: Any, status: str) -> None:
    (row,) = CHANGES.gone
    changes = msgspec.structs.replace(CHANGES, gone=(msgspec.structs.replace(row, gone=gone),))
    result = _result(msgspec.structs.replace(clinic(), changes=changes))
    assert _by_fingerprint(result["risks"])[row.fingerprint]["status"] == status
    assert row.fingerprint not in _by_fingerprint(result["observations"])


def test_paragraphs_are_findings_or_are_excluded_with_a_reason() -> None:
    report = clinic()
    statuses: dict[str, Any] = {"164.312(b)": "no deviation detected", "164.312(c)(1)": "exception"}
    matrix = tuple(msgspec.structs.replace(row, status=statuses.get(row.id, row.status)) for row in report.matrix)
    report = msgspec.structs.replace(report, matrix=matrix)
    result = _result(report)
    states = {
        "not satisfied": ("not-satisfied", "fail"),
        "no deviation detected": ("satisfied", "pass"),
        "exception": ("not-satisfied", "other"),
    }
    assessed = {row.id: states[row.status] for row in report.matrix if row.status in states}
    told = {_props(part)["paragraph"]: part["target"] for part in result["findings"]}
    assert set(assessed.values()) == set(states.values())
    assert {paragraph: (t["status"]["state"], t["status"]["reason"]) for paragraph, t in told.items()} == assessed
    (selection,) = result["reviewed-controls"]["control-selections"]
    included = [item["control-id"] for item in selection["include-controls"]]
    excluded = [item["control-id"] for item in selection["exclude-controls"]]
    assert len(set(included) | set(excluded)) == len(included) + len(excluded) == len(report.matrix)
    assert [target["target-id"] for target in told.values()] == [f"{control}_smt" for control in included]
    assert [prop["value"] for prop in selection["props"]] == excluded
    assert all(prop["remarks"] for prop in selection["props"])
    reasons = {prop["value"]: (prop["name"], prop.get("class")) for prop in selection["props"]}
    assert reasons["cfr-164.308.a.1.ii.C"] == ("not-assessed", "organisational")
    assert reasons["cfr-164.308.a.4.ii.A"] == ("not-applicable", None)


def test_a_paragraph_names_the_observations_and_risks_that_cite_it() -> None:
    result = _result(clinic())
    (person,) = [part for part in result["findings"] if _props(part)["paragraph"] == "164.312(d)"]
    citing = [f for f in FINDINGS if any(citation.id == "164.312(d)" for citation in f.citations)]
    observations, risks = _by_fingerprint(result["observations"]), _by_fingerprint(result["risks"])
    assert [item["observation-uuid"] for item in person["related-observations"]] == [
        observations[f.fingerprint]["uuid"] for f in citing
    ]
    assert [item["risk-uuid"] for item in person["related-risks"]] == [risks[f.fingerprint]["uuid"] for f in citing]


def test_nothing_assessed_includes_nothing_by_name() -> None:
    (selection,) = _result(empty())["reviewed-controls"]["control-selections"]
    assert selection["include-all"] == {}
    assert len(selection["exclude-controls"]) == len(empty().matrix)


def test_what_lasts_keeps_its_id_in_the_next_run_and_what_does_not_gets_another() -> None:
    report = clinic()
    scan = msgspec.structs.replace(report.scan, finished="2026-11-28T09:30:02Z")
    later = msgspec.structs.replace(report, report_id="0d0c6a0e-1f5c-5a0e-8d43-5a5f3c1b2d4e", scan=scan)
    first, second = _result(report), _result(later)
    assert [risk["uuid"] for risk in first["risks"]] == [risk["uuid"] for risk in second["risks"]]
    assert not {o["uuid"] for o in first["observations"]} & {o["uuid"] for o in second["observations"]}
    cover = msgspec.structs.replace(report.cover, system="Another system")
    other = _result(msgspec.structs.replace(report, cover=cover))
    assert not {risk["uuid"] for risk in first["risks"]} & {risk["uuid"] for risk in other["risks"]}


def test_the_evidence_is_named_by_digests_and_what_failed_is_in_the_log() -> None:
    report = clinic()
    content = oscal(oscal_report.render(report))
    (result,) = content["results"]
    assert _props(result)["result-sha256"] == digest(report)
    assert _props(result)["inputs-sha256"] == report.integrity.inputs
    plan, inputs = content["back-matter"]["resources"]
    assert content["import-ap"]["href"] == f"#{plan['uuid']}"
    assert {link["href"]: link["hashes"][0]["value"] for link in inputs["rlinks"]}["redis/redis.conf"] == "cdef" * 16
    links = [entry["links"][0]["href"] for entry in result["assessment-log"]["entries"]]
    assert links == ["mongo/mongod.conf#L14", "web/dump.sql"]


@given(texts)
@example("1. one")
@example("1986) a year")
@example("_a_ SESSION_SIGNING_KEY snake_case_ __b__")
@example("http://example.org <b> &amp; &#65; \\* a\\\nb  \nc")
def test_a_line_is_shown_as_it_is(text: str) -> None:
    tokens = MARKDOWN.parse(line(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == (one_line(text) or "(none)")


@given(texts)
@example("```\nend\n````\n<b>")
def test_a_block_is_shown_as_it_is(text: str) -> None:
    (token,) = MARKDOWN.parse(block(text))
    assert (token.type, token.content) == ("fence", visible(text) + "\n")
