"""Numbers of configuration files: what `int` refuses or takes from other scripts is no number."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.model.numbers import is_whole_number, whole_number


@given(st.integers(0, 10**18 - 1))
def test_a_number_is_read(number: int) -> None:
    assert is_whole_number(str(number))
    assert whole_number(str(number)) == number


@given(st.text(st.characters(categories=["Nd", "No", "Nl"]) | st.sampled_from("+-_ .")))
def test_only_ascii_digits_are_a_number(text: str) -> None:
    assert is_whole_number(text) == (0 < len(text) <= 18 and all(each in "0123456789" for each in text))
