"""Words of a line: what the server's own quoting writes is read back, and nothing makes the reader fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.unknown import HOLE, Unknown
from auditor.technologies.redis.words import UnbalancedError, quote, split

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=HOLE + "$@%_\n\0"), max_size=30)


@given(st.lists(TEXT, max_size=6))
def test_quoted_words_are_read_back(words: list[str]) -> None:
    assert [word.value for word in split(" ".join(quote(word) for word in words))] == words


@given(TEXT)
def test_hexadecimal_bytes_are_read_back(text: str) -> None:
    line = '"' + "".join(f"\\x{byte:02X}" for byte in text.encode()) + '"'
    assert [word.value for word in split(line)] == [text]


@given(st.text(alphabet="ab \"'\\x0\t#", max_size=40))
def test_any_line_gives_words_inside_it_or_a_place_where_quotes_do_not_balance(line: str) -> None:
    try:
        words = split(line)
    except UnbalancedError as error:
        words, column = [], error.column
    else:
        column = 1
    assert not line or 1 <= column <= len(line)
    last = 0
    for word in words:
        assert last < word.column <= word.end_column <= len(line)
        first, end = word.inner()
        assert word.column <= first <= end <= word.end_column
        last = word.end_column


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("requirepass foo#bar", ["requirepass", "foo#bar"]),
        ("port 6379 # usual", ["port", "6379", "#", "usual"]),
        ("a \"b\\tc\" 'd\\'e'", ["a", "b\tc", "d'e"]),
        ('save ""', ["save", ""]),
        ('pre"fix ed"', ["prefix ed"]),
        (r"'no \n escape'", [r"no \n escape"]),
    ],
)
def test_words(line: str, words: list[str]) -> None:
    assert [word.value for word in split(line)] == words


@pytest.mark.parametrize("line", ['"open', "'open", '"a"b', "x 'a'\"b\""])
def test_unbalanced_quotes_are_refused(line: str) -> None:
    with pytest.raises(UnbalancedError):
        split(line)


@pytest.mark.parametrize(
    "value", [HOLE * 3, f'"a{HOLE}b"', "${REDIS_PASSWORD}", "$REDIS_PASSWORD", "%master-ip%", "@PORT@"]
)
def test_what_something_else_fills_in_is_not_known(value: str) -> None:
    assert isinstance(split(f"requirepass {value}")[1].value, Unknown)
