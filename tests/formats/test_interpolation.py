"""Interpolation against the table of the Compose Specification, 12-interpolation.md."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.interpolation import interpolate
from auditor.model.unknown import HOLE

VALUES = {"SET": "value", "EMPTY": "", "OTHER": "other"}

CASES = [
    ("Direct substitution", "$SET", "value"),
    ("Direct substitution", "${SET}", "value"),
    ("Direct substitution", "a${SET}b$OTHER.", "avaluebother."),
    ("Direct substitution", "${EMPTY}", ""),
    ("Direct substitution, unset: the shell may hold it", "x${UNSET}", "x" + HOLE),
    ("Default value, :-", "${SET:-d}", "value"),
    ("Default value, :-", "${EMPTY:-d}", "d"),
    ("Default value, :-", "${UNSET:-d}", "d"),
    ("Default value, :-", "${UNSET:-}", ""),
    ("Default value, -", "${EMPTY-d}", ""),
    ("Default value, -", "${UNSET-d}", "d"),
    ("Default value with signs", "${UNSET:-a-b?c+d:e}", "a-b?c+d:e"),
    ("Required value, :?", "${SET:?e}", "value"),
    ("Required value, :?: Compose stops", "${EMPTY:?e}", HOLE),
    ("Required value, ?", "${EMPTY?e}", ""),
    ("Required value, ?", "${UNSET?e}", HOLE),
    ("Alternative value, :+", "${SET:+r}", "r"),
    ("Alternative value, :+", "${EMPTY:+r}", ""),
    ("Alternative value, +", "${EMPTY+r}", "r"),
    ("Alternative value, +, unset: the shell may hold it", "${UNSET+r}", HOLE),
    ("Nested", "${UNSET:-${SET}}", "value"),
    ("Nested", "${UNSET:-${ALSO:-d}}", "d"),
    ("Nested", "${UNSET:-$OTHER}-x", "other-x"),
    ("Nested, in the middle", "a${UNSET:-b${SET}c}d", "abvaluecd"),
    ("$$ is a literal dollar sign", "$$SET", "$SET"),
    ("$$ is a literal dollar sign", "$${SET}", "${SET}"),
    ("$$ is a literal dollar sign", "$$$SET", "$value"),
    ("Not a variable: preserved", "$1 $ $-", "$1 $ $-"),
    ("Not a variable: preserved", "${SET/a/b}", "${SET/a/b}"),
    ("Not a variable: preserved", "${SET", "${SET"),
]


@pytest.mark.parametrize(("section", "text", "expected"), CASES, ids=lambda value: str(value)[:40])
def test_table(section: str, text: str, expected: str) -> None:
    assert interpolate(text, VALUES.get).text == expected, section


def test_names_and_missing() -> None:
    result = interpolate("$SET ${A:-$B} ${C}", VALUES.get)
    assert result.names == ("SET", "A", "B", "C")
    assert result.missing == ("B", "C")


@given(st.text(alphabet="${}:-+?AB x"))
def test_never_fails_and_dollars_can_be_escaped(text: str) -> None:
    interpolate(text, VALUES.get)
    assert interpolate(text.replace("$", "$$"), VALUES.get).text == text


@given(st.lists(st.sampled_from(["lit", "$SET", "${EMPTY:-dd}", "$$", " "])))
def test_literal_characters_map_back_to_themselves(pieces: list[str]) -> None:
    text = "".join(pieces)
    result = interpolate(text, VALUES.get)
    for index, char in enumerate(result.text):
        if char in "lit ":
            raw = result.raw_index(index)
            assert text[raw] == char or text[raw] == "$"
    assert result.raw_index(len(result.text), end=True) == len(text)
