"""Expressions of locations are matched as a backtracking engine matches them, or not at all."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.unknown import Unknown
from auditor.technologies.nginx.patterns import matches

_ATOMS = st.sampled_from(
    ["a", "b", "/", ".", "\\.", "[ab]", "[^a/]", "\\d", "\\W", "[a-c1]", "(?:a|b/)", "(ab)", "^", "$"]
)
_COUNTS = st.sampled_from(["", "", "*", "+", "?", "*?", "{2}", "{0,2}", "{1,}"])


def _piece(pair: tuple[str, str]) -> str:
    return pair[0] if pair[0] in {"^", "$"} else "".join(pair)


_PATTERNS = st.lists(st.tuples(_ATOMS, _COUNTS).map(_piece), min_size=1, max_size=6).map("".join)


@given(
    st.lists(_PATTERNS, min_size=1, max_size=2).map("|".join),
    st.text(st.sampled_from("ab/.1C"), max_size=8),
    st.booleans(),
)
def test_agrees_with_re(pattern: str, text: str, ignore_case: bool) -> None:  # given by hypothesis
    flags = re.IGNORECASE if ignore_case else 0
    assert matches(pattern, text, ignore_case=ignore_case) is (re.search(pattern, text, flags) is not None)


@pytest.mark.parametrize(
    "pattern", ["(?!a)", "(?=a)", "(?<!a)b", "a++", "\\ba", "(a)\\1", "[[:alpha:]]", "(", "a)", "*", "a{99}"]
)
def test_other_expressions_are_not_known(pattern: str) -> None:
    assert isinstance(matches(pattern, "a"), Unknown)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "((a{0,50}){0,50}){0,50}$", "(" * 5000])
def test_takes_little_time(pattern: str) -> None:
    begin = time.process_time()
    matches(pattern, "a" * 200 + "b")
    assert time.process_time() - begin < 2
