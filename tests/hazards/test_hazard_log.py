"""The hazard log: its form, and that what people wrote in it survives the next audit."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.hazards.log import hazard_log
from auditor.hazards.page import read, render
from auditor.hazards.style import LIKELIHOODS, SEVERITIES, STYLES, risk
from auditor.model.report import Report
from tests.reporters.reports import clinic

QUILL = [
    "Hazard name", "General utility label", "Likelihood scoring", "Severity scoring", "Description", "Causes", "Effect",
    "Hazard", "Hazard type", "Harm", "Existing controls", "Assignment", "Labelling", "Project", "Hazard controls",
    "Residual hazard risk assessment", "Hazard status", "Code associated with hazard",
]  # fmt: skip
TYPES = set(
    "WrongPatient WrongDemographics DataBreach CorruptedData NoAccessToData SystemCrash GeneralHazard DataLoss StaleData "
    "WrongPatientContext SystemUnavailable UnauthorizedAccess IncorrectResult Unavailable IncompleteInformation Delayed".split()
)
# NHS Digital, UK Core hazard log: risk by likelihood and severity, both in rising order.
MATRIX = """
Very low  1 1 2 2 3
Low       1 2 2 3 4
Medium    2 2 3 3 4
High      2 3 3 4 5
Very high 3 4 4 5 5
"""


def sections(text: str) -> dict[str, str]:
    """Read a file of the default layout without the program's own reader."""
    body = re.sub(r"\n<!-- auditor .*", "", text, flags=re.S)
    parts = re.split(r"^## (.+)\n", body, flags=re.M)[1:]
    return {
        title: body.strip().removesuffix("---").strip() for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


@pytest.fixture(scope="module")
def log() -> dict[str, str]:
    return hazard_log(clinic(), {})


def hazards(log: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in log.items() if name != "README.md"}


def test_every_heading_stands_in_its_order(log: dict[str, str]) -> None:
    assert hazards(log)
    for text in hazards(log).values():
        assert list(sections(text)) == QUILL


def test_scores_label_and_status_are_left_to_people(log: dict[str, str]) -> None:
    for text in hazards(log).values():
        found = sections(text)
        assert found["General utility label"] == "[2]"
        assert found["Likelihood scoring"] == found["Severity scoring"] == "TBC"
        assert found["Hazard status"] == "Open"
        assert found["Assignment"] == "Clinical Safety Officer"
        assert len(found["Hazard name"].replace("\\", "")) <= 60
        assert {line.removeprefix("- ") for line in found["Hazard type"].splitlines()} <= TYPES
        for kind in ("Design", "Testing"):
            assert f"**{kind} controls (manufacturer)**" in found["Hazard controls"]
        for kind in ("Training", "Business process"):
            assert f"**{kind} controls (deployment)**" in found["Hazard controls"]


def test_every_open_finding_of_weight_is_a_cause_once(log: dict[str, str]) -> None:
    causes = [line for text in hazards(log).values() for line in sections(text)["Causes"].splitlines()]
    expected = [
        f"({finding.path}:{finding.line})".replace("_", "\\_")
        for finding in clinic().findings
        if finding.status == "open"
        and finding.severity in {"critical", "high", "medium"}
        and finding.confidence != "low"
    ]
    assert sorted(re.findall(r"\([^()]*\)$", "\n".join(causes), re.M)) == sorted(expected)


def test_the_other_layout() -> None:
    text = next(iter(hazards(hazard_log(clinic(), {}, "dcsp")).values()))
    titles = re.findall(r"^### (.+)$", text, re.M)
    assert [title for title in titles if title not in QUILL] == ["Cause(s)", "New hazard controls"]
    assert "\n-----\n" in text
    strict = {name for names in STYLES["dcsp"].types.values() for name in names}
    assert not strict & {"UnauthorizedAccess", "IncorrectResult", "Unavailable", "IncompleteInformation", "Delayed"}


def test_a_second_run_gives_the_same_bytes_and_keeps_what_people_wrote(log: dict[str, str]) -> None:
    assert hazard_log(clinic(), log) == log
    name = next(iter(hazards(log)))
    edited = log[name].replace("## Likelihood scoring\n\nTBC", "## Likelihood scoring\n\n4")
    edited = edited.replace("## Severity scoring\n\nTBC", "## Severity scoring\n\n5")
    edited = edited.replace("## Harm\n\n", "## Harm\n\nDiscussed on 3 June.\n\n").replace(
        "## Hazard status\n\nOpen", "## Hazard status\n\nTransferred"
    )
    later = hazard_log(without(clinic(), 0), {**log, name: edited})
    found = sections(later[name])
    assert found["Likelihood scoring"] == "4"
    assert found["Risk scoring"] == "5"
    assert found["Harm"].startswith("Discussed on 3 June.")
    assert found["Hazard status"] == "Transferred"
    assert hazard_log(without(clinic(), 0), later) == later
    assert "| 4 | 5 | 5 | Transferred |" in later["README.md"]


def without(report: Report, index: int) -> Report:
    return msgspec.structs.replace(report, findings=report.findings[:index] + report.findings[index + 1 :])


def test_a_hazard_without_findings_keeps_its_file(log: dict[str, str]) -> None:
    name = next(iter(hazards(log)))
    edited = log[name].replace("## Harm\n\n", "## Harm\n\nDiscussed on 3 June.\n\n")
    later = hazard_log(msgspec.structs.replace(clinic(), findings=()), {name: edited})
    found = sections(later[name])
    assert found["Causes"] == "No open finding in the latest audit."
    assert found["Harm"].startswith("Discussed on 3 June.")


def test_all_cells_of_the_risk_matrix() -> None:
    rows = [line.rsplit(maxsplit=5) for line in MATRIX.strip().splitlines()]
    assert [row[0] for row in rows] == list(LIKELIHOODS)
    expected = [[int(cell) for cell in row[1:]] for row in rows]
    assert [[risk(a, b) for b in range(1, len(SEVERITIES) + 1)] for a in range(1, 6)] == expected


def test_text_of_scanned_files_stays_text() -> None:
    report = clinic()
    hostile = "# x\n## Hazard status\n\nClosed <script>alert(1)</script> | `--><!--` \x1b[31m"
    findings = tuple(
        msgspec.structs.replace(f, message=hostile, path="a\n## b.conf", remediation=hostile) for f in report.findings
    )
    for text in hazards(hazard_log(msgspec.structs.replace(report, findings=findings), {})).values():
        assert list(sections(text)) == QUILL
        assert "<script" not in text.replace("\\<", "")
        assert "\x1b" not in text


_TITLES = st.text(st.characters(categories=("L", "N")), min_size=1)
_BODIES = st.lists(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1), min_size=1).map("\n".join)


@given(st.dictionaries(_TITLES, _BODIES, min_size=1), st.sampled_from(sorted(STYLES)))
def test_what_is_written_is_read_back(written: dict[str, str], style: str) -> None:
    chosen = STYLES["dcsp" if style == "dcsp" else "quill"]
    plain = {t: "\n".join(f"x{line}" for line in body.splitlines() or ["x"]) for t, body in written.items()}
    page = read(render(plain, ["a-1"], {}, chosen), chosen)
    assert page.sections == {title: body.strip() for title, body in plain.items()}
    assert not any(page.is_edited(title) for title in plain)
