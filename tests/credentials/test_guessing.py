"""The cheapest way to guess a value covers it whole, and words are cheaper than characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.credentials.guessing import parts_of


@given(st.text(max_size=60))
def test_parts_cover_the_word_and_cost_no_more_than_its_characters(word: str) -> None:
    parts = parts_of(word)
    assert sum(part.length for part in parts) == len(word)
    assert sum(part.guesses for part in parts) <= len(word) + 1e-6


@pytest.mark.parametrize(
    "word", ["password", "P4ssw0rd", "qwertyuiop", "aaaaaaaa", "abcdefgh", "87654321", "Elizabeth"]
)
def test_words_and_patterns_are_one_cheap_part(word: str) -> None:
    (part,) = parts_of(word)
    assert part.is_pattern
    assert part.guesses < 5


def test_a_word_among_other_characters_is_found() -> None:
    assert [(part.length, part.is_pattern) for part in parts_of("x9monkey7q") if part.is_pattern] == [(6, True)]


def test_many_words_are_judged_as_the_first_ones() -> None:
    words = ["password", "x9monkey7q", "clinic42", "qwerty1"]
    first = [parts_of(word) for word in words]
    for number in range(200):
        parts_of(f"word{number}")
    assert [parts_of(word) for word in words] == first
