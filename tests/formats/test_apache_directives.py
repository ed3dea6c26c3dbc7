"""Apache's lines, words and sections."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.apache_directives import Directive, parse

WORD = st.text(st.characters(blacklist_characters="\n\r\0", blacklist_categories=["Cs", "Zs", "Cc"]), min_size=1)


def words(text: str) -> list[str]:
    (directive,) = parse(text).directives
    return [word.text for word in directive.arguments]


def quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('A "b c" d', ["b c", "d"]),
        ("A 'b \"c'd", ['b "c', "d"]),
        (r'A "a\"b\\c\d"', [r'a"b\c\d']),
        (r"A a\\b\c", [r"a\b\c"]),
        ('A "not closed', ["not closed"]),
        ("A one \\\n  two", ["one", "two"]),
        ("A b # no comment", ["b", "#", "no", "comment"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_comment_goes_on_behind_a_backslash() -> None:
    assert [each.name.text for each in parse("# a \\\nB c\nD e").directives] == ["D"]


def test_sections_and_places() -> None:
    parsed = parse('A b\n<Directory "/srv/x y">\n  Options \\\n    None\n</directory>\n')
    section = parsed.directives[1]
    assert parsed.fault is None
    assert (section.name.text, section.arguments[0].text, section.end_line) == ("Directory", "/srv/x y", 5)
    assert section.block is not None
    (option,) = section.block
    assert (option.name.line, option.arguments[0].line, option.arguments[0].column) == (3, 4, 5)


@pytest.mark.parametrize("text", ["<A b", "<A>\n", "</A>", "<A>\n</B>", "<A>\n<B>\n</A>\n</B>"])
def test_faults(text: str) -> None:
    assert parse(text).fault is not None


@given(st.lists(WORD, min_size=1))
def test_quoted_words_come_back(expected: list[str]) -> None:
    assert words("Name " + " ".join(map(quoted, expected))) == expected


@given(st.text(alphabet=st.sampled_from("ab<>/\"'\\# \t\n{}$")))
def test_every_text_is_read_and_places_are_inside(text: str) -> None:
    lines = text.split("\n")

    def look(directives: tuple[Directive, ...]) -> None:
        for directive in directives:
            assert 1 <= directive.name.line <= directive.end_line <= len(lines)
            for word in directive.arguments:
                assert 1 <= word.line <= len(lines)
                assert 1 <= word.column <= len(lines[word.line - 1]) + 1
            look(directive.block or ())

    look(parse(text).directives)
