"""nginx's syntax: words, quotes, blocks, and their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.nginx_directives import MAX_DEPTH, Directive, parse

Tree = tuple[str, tuple[str, ...], "tuple[Tree, ...] | None"]
_NAMES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True).filter(lambda name: not name.endswith("_by_lua_block"))
_WORDS = st.text(st.sampled_from("abc$#{};\"'\\ \t\n/.é~^()="), max_size=8)


def _trees(depth: int) -> st.SearchStrategy[Tree]:
    block = st.none() if depth == 0 else st.none() | st.lists(_trees(depth - 1), max_size=3).map(tuple)
    return st.tuples(_NAMES, st.lists(_WORDS, max_size=3).map(tuple), block)


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _written(trees: tuple[Tree, ...], indent: str = "") -> str:
    lines: list[str] = []
    for name, words, block in trees:
        head = " ".join([indent + name, *(_quoted(word) for word in words)])
        lines.append(
            f"{head};" if block is None else f"{head} {{ # note; {{\n{_written(block, indent + '  ')}{indent}}}"
        )
    return "".join(f"{line}\n" for line in lines)


def _read(directives: tuple[Directive, ...]) -> tuple[Tree, ...]:
    return tuple(
        (d.name.text, tuple(word.text for word in d.arguments), None if d.block is None else _read(d.block))
        for d in directives
    )


@given(st.lists(_trees(2), max_size=4).map(tuple))
def test_what_is_written_is_read_back(trees: tuple[Tree, ...]) -> None:
    parsed = parse(_written(trees))
    assert parsed.fault is None
    assert _read(parsed.directives) == trees


@given(st.text(st.sampled_from("ab {};\"'\\#$\n"), max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    parsed = parse(text)
    lines = text.split("\n")
    for directive in parsed.directives:
        for word in (directive.name, *directive.arguments):
            if word.line == word.end_line and word.text and "\\" not in text:
                assert lines[word.line - 1][word.column - 1 : word.end_column] == word.text
    if parsed.fault is not None:
        assert 1 <= parsed.fault.line <= len(lines)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a b#c;", ["b#c"]),
        ("a b #c;\n d;", ["b", "d"]),
        ("a ${x}y{z;}", ["${x}y"]),
        ("a b}c;", ["b}c"]),
        ("a 'it\\'s' \"x\\ty\";", ["it's", "x\ty"]),
        ("a ~\\.php$;", ["~\\.php$"]),
        ("a \\;b;", ["\\;b"]),
        ('a x"y"z;', ['x"y"z']),
        ('a "";', [""]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    parsed = parse(text)
    assert [word.text for word in parsed.directives[0].arguments] == words


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("a\nb", 1, "a semicolon or an opening brace"),
        ("a {\n b;\n", 2, "a closing brace"),
        ("a;\n}\n", 2, "no closing brace here"),
        ("a {\n b\n}", 3, "a semicolon before the closing brace"),
        ('a "b"c;', 1, "a blank, a semicolon or an opening brace after a closing quote"),
        ('a "b;', 1, "a closing quote"),
        (";", 1, "the name of a directive"),
    ],
)
def test_faults(text: str, line: int, expected: str) -> None:
    fault = parse(text).fault
    assert fault is not None
    assert (fault.line, fault.expected) == (line, expected)


def test_lua_is_skipped_with_its_braces() -> None:
    text = "content_by_lua_block {\n local a = '}' -- }\n --[==[ } ]==]\n b = [[ } ]] if {} then end\n}\nc d;"
    parsed = parse(text)
    assert parsed.fault is None
    assert [(d.name.text, d.name.line, d.end_line) for d in parsed.directives] == [
        ("content_by_lua_block", 1, 5),
        ("c", 6, 6),
    ]


def test_depth_has_a_limit() -> None:
    fault = parse("a {" * (MAX_DEPTH + 5)).fault
    assert fault is not None
    assert str(MAX_DEPTH) in fault.expected
