"""Markdown for a pull request: complete, short enough, and no scanned text is markup."""

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from auditor.model.report import Report
from auditor.reporters.markdown_report import render
from tests.reporters.reports import FINDINGS, clinic, empty, rewrite

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
    assert text.startswith("## auditor: 9 open findings\n")
    assert (
        "| critical | high | medium | low | info |\n| ---: | ---: | ---: | ---: | ---: |\n| 2 | 4 | 1 | 1 | 1 |" in text
    )
    assert "set aside: 1 waived, 0 in the baseline" in text
    assert "- ` mongo/mongod.conf:14 `: could not be read:" in text
    assert "## auditor: 0 open findings" in render(empty())


@pytest.mark.parametrize("field", ["findings", "diagnostics"])
def test_a_comment_is_never_too_long(field: str) -> None:
    report = clinic()
    text = render(msgspec.structs.replace(report, **{field: getattr(report, field) * 900}))
    assert 10_000 < len(text) < 65_536
    assert ("further findings, listed in the other formats." if field == "findings" else "- and ") in text
    assert "not a HIPAA risk analysis" in text
