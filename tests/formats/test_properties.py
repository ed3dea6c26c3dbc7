"""Property files are read as Java reads them, and every character of a value keeps its place."""

import base64
import os
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.formats.properties import parse
from auditor.model.location import Location
from auditor.model.source import Source

CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "30")) * 100
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
PIECES = [
    "a", "b", "=", ":", " ", "\t", "\\", "\\\\", "\n", "\n", "#", "!", "\\u0041", "\\u00", "\\n", "\f", "é", "\r", "\r\n",
    "\\\n", " \\\n  ", "\\=", "key=value\n",
]  # fmt: skip


def read(text: str) -> dict[str, str]:
    found, problems = parse(Source(path="x.properties", text=text))
    assert not problems
    return {each.key: each.value for each in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=b", {"a": "b"}),
        ("  a : b \n", {"a": "b "}),
        ("a b=c", {"a": "b=c"}),
        ("a = = b", {"a": "= b"}),
        ("a=b # c", {"a": "b # c"}),
        ("# a=b\n! c=d\n\n", {}),
        ("# a \\\nb=c", {"b": "c"}),
        ("a=b,\\\n   c", {"a": "b,c"}),
        ("a=b\\\\\nc=d", {"a": "b\\", "c": "d"}),
        ("a=b\\\n# c", {"a": "b# c"}),
        ("a\\ b\\=c=d", {"a b=c": "d"}),
        ("a=\\u0041\\t\\q", {"a": "A\tq"}),
        ("a=1\na=2", {"a": "2"}),
        ("a", {"a": ""}),
        ("A=1\na=2", {"A": "1", "a": "2"}),
    ],
)
def test_grammar(text: str, expected: dict[str, str]) -> None:
    assert read(text) == expected


def test_a_malformed_escape_is_a_problem_at_its_place() -> None:
    found, problems = parse(Source(path="x", text="a=b\nc=\\u00g0\nd=e"))
    assert [each.key for each in found] == ["a", "d"]
    assert [(problem.at.line, problem.at.column) for problem in problems] == [(2, 3)]
    assert "u00g0" not in problems[0].message


def test_places_of_a_value_over_two_lines() -> None:
    text = "# x\n  list = one,\\\n    t\\u0077o\n"
    ((found,), _) = parse(Source(path="x", text=text))
    assert found.value == "one,two"
    assert found.at == Location("x", 2, 3, 3, 12)
    assert found.value_at == Location("x", 2, 10, 3, 12)
    assert found.part(4, 7) == Location("x", 3, 5, 3, 12)
    assert found.part(5, 6) == Location("x", 3, 6, 3, 11)


def test_embedded_text_is_mapped_to_the_outer_file() -> None:
    source = Source(path="main.tf", text="a=b\nc=d", line=10, column=5, name="server.properties")
    found, _ = parse(source)
    assert found[1].value_at == Location("main.tf", 11, 7, 11, 7)


PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=8)


def escape(text: str, *, key: bool) -> str:
    """Write a text so that `load` reads it back."""
    out = "".join("\\" + c if c in "\\#!" or (key and c in "=: \t\f") else c for c in text)
    return "\\" + out if not key and out[:1] in {" ", "\t", "\f", "=", ":"} else out


@given(st.lists(st.tuples(PLAIN.filter(bool), PLAIN), max_size=5))
def test_what_is_written_is_read_back(pairs: list[tuple[str, str]]) -> None:
    text = "\n".join(f"{escape(key, key=True)}={escape(value, key=False)}" for key, value in pairs)
    assert read(text) == dict(pairs)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("\\")
@example("a\\")
def test_any_text_is_read_and_every_place_is_in_it(text: str) -> None:
    source = Source(path="x", text=text)
    for each in parse(source)[0]:
        assert 0 <= each.start < each.end <= len(text)
        spans = [each.span(index) for index in range(len(each.value))]
        flat = [offset for span in spans for offset in span]
        assert flat == sorted(flat)
        assert each.value_at.line >= each.at.line
        for character, (start, end) in zip(each.value, spans, strict=True):
            assert text[start:end] == character or text[start] == "\\"


@pytest.mark.server
@pytest.mark.skipif(shutil.which("java") is None, reason="java is not installed")
def test_java_reads_the_same() -> None:
    random = Random(SEED)
    texts = ["".join(random.choice(PIECES) for _ in range(random.randrange(16))) for _ in range(CASES)]
    program = Path(__file__).parent / "ReadProperties.java"
    lines = "".join(base64.b64encode(text.encode()).decode() + "\n" for text in texts)
    done = subprocess.run(["java", str(program)], input=lines, capture_output=True, text=True, check=True)
    wrong: list[str] = []
    for text, real in zip(texts, done.stdout.split("\n"), strict=False):
        found, problems = parse(Source(path="x", text=text))
        values = {each.key: each.value for each in found if each.key}
        ours = {"!"} if problems else {f"{_hex(key)}={_hex(value)}" for key, value in values.items()}
        if ours != {pair for pair in real.split(" ") if pair and not pair.startswith("=")}:  # see "Left out"
            wrong.append(f"{text!r}: Java {real}, we {ours}")
    assert not wrong, "\n".join(wrong[:20])


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex()
