"""The report for a terminal."""

import re
import unicodedata

import msgspec
import pytest

from auditor.model.report import SeverityName
from auditor.reporters.text_report import render
from tests.reporters.reports import FINDINGS, clinic, empty, rewrite

COLOUR = re.compile(r"\x1b\[[0-9;]+m")


def test_components_come_with_the_most_urgent_finding_first() -> None:
    text = render(clinic())
    places = [text.index(name) for name in ("\nrecords-db\n", "\nmessage-queue\n", "\ndefault/Deployment/lab-import\n")]
    assert places == sorted(places)
    records = text[places[0] : places[1]]
    labels = re.findall(r"^ (CRITICAL|HIGH|MEDIUM|LOW|INFO) ", records, re.M)
    assert labels == ["CRITICAL", "HIGH", "HIGH", "MEDIUM"]


def test_a_finding_shows_frame_fix_place_and_mapping() -> None:
    lines = render(clinic()).splitlines()
    start = next(n for n, line in enumerate(lines) if "Redis accepts commands" in line)
    block = "\n".join(lines[start : start + 14])
    assert "at redis/redis.conf:12" in block
    assert "      11 | bind 0.0.0.0\n  >   12 | protected-mode no\n      13 | port 6379" in block
    assert "Fix: Set a password for the default user, or define users in an ACL file:" in block
    assert "       protected-mode yes" in block
    assert "See also compose.yaml:44: port 6379 is published on all addresses here" in block
    assert "redis-no-authentication · confidence high · Authentication · 164.312(d)" in block


def test_summary_counts_open_findings_only() -> None:
    text = render(clinic())
    assert "Findings   2 critical, 4 high, 1 medium, 1 low, 1 info" in text
    assert "Set aside  1 by exception, 0 in the baseline; not counted above" in text
    assert "Files      6 parsed, 1 partial, 1 unreadable, 2 skipped" in text
    assert "The container message-queue may take all memory" not in text, "a waived finding is not listed"
    assert "Problems of the scan\n  mongo/mongod.conf:14: could not be read:" in text
    assert "2 results: ${REDIS_MEMORY} has no value in the scanned files" in text


@pytest.mark.parametrize(
    ("remediation", "fix", "shown"),
    [
        ("Turn it on. Then restart.", "Other.", "Fix: Turn it on."),
        ("", "Set `ssl = on`:\n\n```text\nssl = on\n```", "Fix: Set ssl = on: ssl = on"),
        (
            "If nobody calls it",
            "If nobody calls it:\n\n```yaml\nspec:\n  enabled: false\n```",
            "Fix: If nobody calls it: enabled: false",
        ),
        ("Then restart.", "```text\nssl = on\n```\n\nThen restart.", "Fix: ssl = on"),
        ("Do this", "Do that:\n\n```text\nssl = on\n```", "Fix: Do this"),
        ("", "```text\nssl = on\n```", "Fix: ssl = on"),
    ],
)
def test_the_fix_is_one_sentence_or_the_line_to_write(remediation: str, fix: str, shown: str) -> None:
    report = clinic()
    changed = msgspec.structs.replace(
        report,
        findings=tuple(msgspec.structs.replace(finding, remediation=remediation) for finding in report.findings),
        checks=tuple(msgspec.structs.replace(check, fix=fix) for check in report.checks),
    )
    lines = [line.strip() for line in render(changed).splitlines() if line.startswith("  Fix:")]
    assert lines == [shown] * 9


def test_limits_are_stated() -> None:
    for report in (clinic(), empty()):
        assert "not a HIPAA risk analysis" in " ".join(render(report).split())


def test_many_reasons_are_shortened() -> None:
    report = clinic()
    results = tuple(
        msgspec.structs.replace(result, status="not_evaluated", reason=f"reason {number}")
        for number, result in enumerate(report.results)
    )
    text = render(msgspec.structs.replace(report, results=results))
    assert f"and {len(results) - 5} further reasons" in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_keep_to_the_width_unless_a_name_is_longer(width: int) -> None:
    for line in render(clinic(), width=width).splitlines():
        assert len(line) <= width or "appointment-service.production.env" in line


def test_colour_only_adds_colour() -> None:
    plain, coloured = render(clinic()), render(clinic(), colour=True)
    assert "\x1b" not in plain
    assert COLOUR.search(coloured)
    assert COLOUR.sub("", coloured) == plain


def test_escapes_and_line_breaks_in_any_field_are_not_obeyed() -> None:
    nasty = rewrite(clinic(), lambda _, text: text + " \x1b[2J\x1b]0;title\x07\r\n CRITICAL  forged\x9b\u202e")
    text = render(nasty)
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cf"} and c != "\n"]
    assert not re.search(r"^ CRITICAL  forged", text, re.M)
    assert "\\x1b[2J" in text
    assert "\x1b" not in COLOUR.sub("", render(nasty, colour=True))


def test_a_finding_without_component_stands_under_its_file() -> None:
    assert FINDINGS[3].component is None
    assert f"\n{FINDINGS[3].path}\n" in render(clinic())


def _of_one_check(count: int, severity: SeverityName) -> str:
    found = tuple(
        msgspec.structs.replace(
            FINDINGS[0],
            severity=severity,
            status="open",
            title="The same again",
            path=f"place/{number % 2}.yaml",
            line=number,
            fingerprint=f"{number:016}",
        )
        for number in range(1, count + 1)
    )
    return render(msgspec.structs.replace(clinic(), findings=found), width=80)


def test_mild_findings_of_one_check_in_many_places_stand_together() -> None:
    text = _of_one_check(4, "low")
    assert text.count("The same again") == 1
    assert "The same again (4 findings)" in text
    assert "  at place/0.yaml:2, 4\n  at place/1.yaml:1, 3\n" in text


@pytest.mark.parametrize(("count", "severity"), [(3, "low"), (3, "info"), (9, "medium"), (9, "critical")])
def test_few_findings_and_severe_ones_are_each_shown_with_their_frame(count: int, severity: SeverityName) -> None:
    text = _of_one_check(count, severity)
    assert text.count("The same again\n") == count
    assert "In many places" not in text
