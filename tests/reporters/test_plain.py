"""What is taken from scanned files is shown, and never acts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reporters.plain import first_code_line, first_sentence, one_line, visible


@given(st.text())
def test_nothing_that_acts_is_left(text: str) -> None:
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c not in "\t\n"]
    shown.encode("utf-8")
    assert visible(shown) == shown


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\x00b\x7fc\x9bd", "a\\x00b\\x7fc\\x9bd"),
        ("over\rwritten", "over\\x0dwritten"),
        ("user\u202egnp.exe", "user\\u202egnp.exe"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("\udce9t\udce9", "\\udce9t\\udce9"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("Köln\n\tÅrhus 東京 👩", "Köln\n\tÅrhus 東京 👩"),
    ],
)
def test_escapes_are_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("markdown", "sentence"),
    [
        ("Set `bind 127.0.0.1`. Then restart.", "Set bind 127.0.0.1."),
        ("Use a\nlong line.\n\nMore.", "Use a long line."),
        ("```conf\nbind 0.0.0.0\n```\n\nKeep it **local**.", "Keep it local."),
        ("- See [the manual](https://example.org/x), section 2\n- Other", "See the manual, section 2"),
        (
            "Give it *read* rights, e.g. `pg_read_all_data`:\n\n```sql\nGRANT\n```",
            "Give it read rights, e.g. pg_read_all_data",
        ),
        ("```\nonly code\n```", ""),
        ("", ""),
    ],
)
def test_first_sentence(markdown: str, sentence: str) -> None:
    assert first_sentence(markdown) == sentence


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("Text.\n\n```text\n\n  ssl = on\nport = 1\n```\n", "ssl = on"),
        ("```yaml x.yaml\nenabled: true\n```", "enabled: true"),
        ("```\nunclosed", "unclosed"),
        ("```\n```\n\n```\nsecond\n```", ""),
        ("```yaml\nspec:\n  replicas: 2\n```", "replicas: 2"),
        ("no code", ""),
    ],
)
def test_first_code_line(markdown: str, line: str) -> None:
    assert first_code_line(markdown) == line
