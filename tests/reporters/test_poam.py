"""Plans of action and milestones: as a table and as OSCAL; what only people know stays blank."""

import csv
import io

import msgspec

from auditor.model.report import Report
from auditor.reporters import oscal_poam, poam_csv
from tests.reporters.reports import CHANGES, EXCEPTIONS, FINDINGS, WAIVED, clinic, empty
from tests.reporters.standards import oscal

BLANK = (
    "Resources Required",
    "Scheduled Completion Date",
    "Planned Milestones",
    "Milestone Changes",
    "Adjusted Risk Rating",
)


def _rows(report: Report) -> dict[str, dict[str, str]]:
    rows = list(csv.DictReader(io.StringIO(poam_csv.render(report), newline=""), strict=True))
    by_id = {row["POA&M ID"]: row for row in rows}
    assert len(by_id) == len(rows)
    return by_id


def test_every_finding_is_one_row_open_ones_first() -> None:
    rows = _rows(clinic())
    assert set(rows) == {finding.fingerprint for finding in FINDINGS}
    assert list(rows)[-1] == WAIVED.fingerprint
    assert poam_csv.render(empty()).count("\r\n") == 1


def test_what_the_scan_knows_is_filled_in() -> None:
    row = _rows(clinic())["f1a90c62"]
    assert row["Controls"] == "164.312(d); 164.312(a)(2)(i)"
    assert row["Weakness Name"] == FINDINGS[0].title
    assert row["Weakness Detector Source"] == "auditor 0.1.0"
    assert row["Weakness Source Identifier"] == "redis-no-authentication"
    assert row["Asset Identifier"] == "message-queue redis/redis.conf:12"
    assert row["Original Detection Date"] == "2026-10-02"
    assert row["Status Date"] == "2026-11-21"
    assert row["Original Risk Rating"] == "critical"
    assert row["Comments"] == "expected: protected-mode yes with requirepass, or an ACL file"


def test_what_only_people_know_is_blank() -> None:
    rows = _rows(clinic()).values()
    assert not [row for row in rows for name in BLANK if row[name]]
    assert {row["Point of Contact"] for row in rows} == {"", "Platform lead"}
    assert {row["Original Detection Date"] for row in rows} == {"", "2026-10-02"}


def test_an_exception_fills_the_columns_for_deviations() -> None:
    row = _rows(clinic())[WAIVED.fingerprint]
    assert (row["Point of Contact"], row["False Positive"], row["Operational Requirement"]) == (
        "Platform lead",
        "Yes",
        "No",
    )
    assert row["Deviation Rationale"] == "false-positive: The file is a template that is never deployed."
    assert row["Comments"] == "exception EX-1, until 2026-12-31 (active); ticket OPS-12"
    exception = msgspec.structs.replace(
        EXCEPTIONS[0], type="not-reasonable-documented", measure="A second wall", alternative_considered="A moat"
    )
    row = _rows(msgspec.structs.replace(clinic(), exceptions=(exception,)))[WAIVED.fingerprint]
    assert (row["False Positive"], row["Operational Requirement"]) == ("No", "Yes")
    assert row["Overall Remediation Plan"] == "A second wall"
    assert row["Deviation Rationale"].endswith("never deployed.; considered: A moat")


def test_the_oscal_plan_has_an_item_for_each_finding_and_each_that_is_gone() -> None:
    plan = oscal(oscal_poam.render(clinic()))
    assert plan["system-id"]["id"] == "Patient records"
    told = [{prop["name"]: prop["value"] for prop in item["props"]} for item in plan["poam-items"]]
    assert [props["fingerprint"] for props in told[-2:]] == [WAIVED.fingerprint, CHANGES.gone[0].fingerprint]
    assert len(told) == len(FINDINGS) + 1
    status = {risk["uuid"]: risk["status"] for risk in plan["risks"]}
    states = [status[item["related-risks"][0]["risk-uuid"]] for item in plan["poam-items"]]
    assert states == ["open"] * 9 + ["deviation-approved", "closed"]
    assert "related-observations" not in plan["poam-items"][-1]


def test_a_plan_for_nothing_says_so() -> None:
    (item,) = oscal(oscal_poam.render(empty()))["poam-items"]
    assert item["title"] == "Nothing to plan"
