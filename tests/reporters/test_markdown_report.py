"""Markdown for a pull request: complete, short enough, and no scanned text is markup."""

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from auditor.model.report import Report
from auditor.reporters.markdown_report import render
from tests.reporters.reports import CHANGES, FINDINGS, clinic, empty, rewrite

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def _tokens(text: str) -> list[Token]:
    tokens = PARSER.parse(text)
    return [*tokens, *(child for token in tokens for child in token.children or ())]


def _shape(report: Report) -> list[str]:
    return [token.type for token in PARSER.parse(render(report))]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=12))
@example("<img src=x onerror=alert(1)>")
@example("`` ` ![x](https://example.org/x) [y][z] **b** ~~c~~ | d &lt; \\")
@example("\n\n# heading\n\n- item\n\n```\n")
@example("@someone #1 https://example.org www.example.org a@example.org")
def test_text_of_any_field_stays_text(nasty: str) -> None:
    report = rewrite(clinic(), lambda _, text: nasty + text + nasty)
    tokens = _tokens(render(report))
    assert not {token.type for token in tokens} & {
        "html_inline",
        "html_block",
        "link_open",
        "image",
        "fence",
        "em_open",
        "s_open",
    }
    assert _shape(report) == _shape(clinic())
    outside_code = "".join(token.content for token in tokens if token.type == "text")
    if "@" in nasty:
        assert "@" not in outside_code
        assert "://" not in outside_code


def test_every_finding_appears_once() -> None:
    code = [token.content.strip() for token in _tokens(render(clinic())) if token.type == "code_inline"]
    for finding in FINDINGS:
        assert code.count(finding.message) == 1
        assert code.count(f"{finding.path}:{finding.line}") == 1


def test_counts_are_of_open_findings() -> None:
    text = render(clinic())
    assert text.startswith("## auditor: 0 new or reopened of 9 open findings\n")
    assert (
        "| critical | high | medium | low | info |\n| ---: | ---: | ---: | ---: | ---: |\n| 2 | 4 | 1 | 1 | 1 |" in text
    )
    assert "set aside: 1 by exception, 0 in the baseline" in text
    assert "- ` mongo/mongod.conf:14 `: could not be read:" in text
    assert "## auditor: 0 open findings" in render(empty())


@pytest.mark.parametrize("field", ["findings", "diagnostics"])
def test_a_comment_is_never_too_long(field: str) -> None:
    report = clinic()
    text = render(msgspec.structs.replace(report, **{field: getattr(report, field) * 900}))
    assert 10_000 < len(text) < 65_536
    assert ("further findings, listed in the other formats." if field == "findings" else "- and ") in text
    assert "not a HIPAA risk analysis" in text


def test_what_is_new_or_came_back_leads() -> None:
    changes = ["unchanged", "updated", "new", "unchanged", "new by rule change", "reopened", None, None, None, None]
    findings = tuple(msgspec.structs.replace(f, change=c) for f, c in zip(FINDINGS, changes, strict=True))
    text = render(msgspec.structs.replace(clinic(), findings=findings))
    assert text.startswith("## auditor: 3 new or reopened of 9 open findings\n")
    assert "1 new, 1 new by rule change, 1 reopened, 2 unchanged, 1 updated, 1 fixed, 0 gone by rule change" in text
    news, _, rest = text.partition("### Open before")
    assert [f.message in news for f in FINDINGS] == [c in {"new", "new by rule change", "reopened"} for c in changes]
    before, _, aside = rest.partition("### Set aside")
    assert FINDINGS[0].message in before
    assert "(unchanged, first seen 2026\\-10\\-02)" in before
    assert FINDINGS[-1].message in aside
    assert "Exception ` EX-1 ` (false-positive, active until 2026\\-12\\-31): ` The file is a template" in aside
    assert "### No longer found\n\n- fixed: **HIGH** Redis speaks without TLS: ` redis/redis.conf:4 `" in aside


def test_without_a_comparison_the_findings_stand_in_one_list() -> None:
    text = render(msgspec.structs.replace(clinic(), changes=None))
    assert text.startswith("## auditor: 9 open findings\n")
    assert "###" not in text


def test_changed_checks_are_told_apart_from_a_changed_system() -> None:
    assert "The checks or the program changed" not in render(clinic())
    changes = msgspec.structs.replace(CHANGES, checks_changed=True)
    assert "The checks or the program changed" in render(msgspec.structs.replace(clinic(), changes=changes))
