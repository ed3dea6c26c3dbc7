"""Words of a line; HAProxy 2.6 reads them like this."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.technologies.haproxy import HAPROXY
from auditor.technologies.haproxy.lines import LineError, cut
from auditor.technologies.recognition.haproxy import recognise

VARIABLES = {"A": "one", "TWO": "x  y", "EMPTY": ""}


def texts(line: str) -> list[str]:
    return [word.text for word in cut(line, 1, VARIABLES.get)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("  bind :80  # a note", ["bind", ":80"]),
        ("acl a path /x#y", ["acl", "a", "path", "/x"]),
        ("log-format %{+Q}o\\ %t\\ %s", ["log-format", "%{+Q}o %t %s"]),
        ("log-format \"%{+Q}o %t\"' %s'\\ %r", ["log-format", "%{+Q}o %t %s %r"]),
        ("a \\x23\\#\\\\ '\\x23'", ["a", "##\\", "\\x23"]),
        ('a "$A" "${A}b" "${NO-d e}" "\\$A"', ["a", "one", "oneb", "d e", "$A"]),
        ("a ${A} '$A' \\1", ["a", HOLE, "$A", "\\1"]),
        ('a "${TWO[*]}" b', ["a", "x", "y", "b"]),
        ('a "" b', ["a", "", "b"]),
        ('a x"y z"w', ["a", "xy zw"]),
        ("regex ^/a$ (b|c)$", ["regex", "^/a$", "(b|c)$"]),
    ],
)
def test_words(line: str, words: list[str]) -> None:
    assert texts(line) == words


@pytest.mark.parametrize("line", ['a "b', "a 'b", "a \\xg0", 'a "$"', 'a "${A"', 'a "${1}"'])
def test_what_cannot_be_cut(line: str) -> None:
    with pytest.raises(LineError):
        cut(line, 1, VARIABLES.get)


def test_what_a_variable_holds_may_be_unknown() -> None:
    (_, word) = cut('a "x$A"', 1, lambda _: Unknown("not known"))
    assert word.text == f"x{HOLE}"


WORDS = st.text(st.characters(codec="ascii", exclude_characters="\n\r\0", min_codepoint=33), min_size=1, max_size=12)


@given(st.lists(WORDS.filter(lambda word: "'" not in word), min_size=1, max_size=6))
def test_words_in_strong_quotes_come_back_as_they_are(words: list[str]) -> None:
    assert texts(" ".join(f"'{word}'" for word in words)) == words


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_escaped_words_come_back_and_have_their_columns(words: list[str]) -> None:
    escaped = ["".join(f"\\x{ord(char):02x}" for char in word) for word in words]
    line = "  ".join(escaped)
    found = cut(line, 1, VARIABLES.get)
    assert [word.text for word in found] == words
    assert [line[word.column - 1 : word.end_column] for word in found] == escaped


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    document = HAPROXY.parse(Source(path="haproxy.cfg", text=text))
    lines = text.count("\n") + 1
    assert all(1 <= problem.at.line <= lines for problem in document.problems)
    assert all(1 <= assignment.at.line <= lines for assignment in document.assignments())
    list(HAPROXY.from_files([document], {}))


LINES = st.sampled_from(
    "global|defaults|defaults a|frontend f|backend b|listen l|frontend g from a| mode http| bind :80| bind :443 ssl| acl a"
    "| acl a path /x| http-request deny if a| http-request| stats| stats auth| stats uri| log| log global| no log| server s"
    "| server s 10.0.0.1:1 ssl| default-server| use_backend| use_backend b if { | default_backend| timeout| redirect|.if|.else"
    "|.endif|userlist u| user a insecure-password| tcp-request| monitor-uri| option| cookie| stats socket|{{ x }}".split(
        "|"
    )
)


@given(st.lists(LINES, max_size=14))
def test_no_row_of_lines_is_too_strange(lines: list[str]) -> None:
    document = HAPROXY.parse(Source(path="haproxy.cfg", text="\n".join(lines) + "\n"))
    for service in HAPROXY.from_files([document], {}):
        list(service.shown_settings())


@pytest.mark.parametrize(
    ("name", "text", "ours"),
    [
        ("haproxy.cfg", "global\n  maxconn 10\n", True),
        ("haproxy.cfg.j2", "defaults\n    mode http\n", True),
        ("lb.cfg", "frontend www\n  bind :80\n  default_backend app\n", True),
        ("haproxy.md", "global\n  maxconn 10\n", False),
        ("setup.cfg", "[metadata]\nname = global\n", False),
        ("app.conf", "backend = redis\nlisten = 80\n", False),
        ("nginx.conf", "server {\n  listen 80;\n}\n", False),
    ],
)
def test_recognition(name: str, text: str, ours: bool) -> None:
    assert (recognise(name, f"x/{name}", text) is not None) is ours
