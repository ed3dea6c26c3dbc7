"""Properties: any string survives being written as HCL, nothing crashes, every place lies inside the file."""

import json
from collections.abc import Iterator

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.formats.errors import FormatError
from auditor.formats.hcl import Body, Expression, Literal, parse, parse_json
from auditor.model.location import Location
from auditor.model.source import Source

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"), max_size=40)
FRAGMENTS = st.lists(
    st.sampled_from(
        ["resource", '"a"', "{", "}", "=", "[", "]", "(", ")", "${", "}", "%{ if ", "%{ endif }", "<<EOT\n", "<<-E\n", "EOT\n",
         "E\n", "\n", " ", "x", "1", "1e5", ".", "*", "?", ":", "for", "in", "=>", "...", '"', "\\", "# c\n", "/*", "é", "&&", "!", "-", ",", "~}"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def quoted(value: str) -> str:
    """Write a string as HCL: the escapes of JSON, and the two of templates."""
    escaped = "".join(
        {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(char)
        or (f"\\u{ord(char):04x}" if ord(char) < 32 or 0x7F <= ord(char) < 0xA0 else char)
        for char in value
    )
    return '"' + escaped.replace("${", "$${").replace("%{", "%%{") + '"'


def locations(value: object) -> Iterator[Location]:
    if isinstance(value, Location):
        yield value
    elif isinstance(value, tuple):
        for item in value:  # pyright: ignore[reportUnknownVariableType]  # items are checked one by one
            yield from locations(item)  # pyright: ignore[reportUnknownArgumentType]  # likewise
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from locations(getattr(value, name))


def assert_inside(body: Body, text: str) -> None:
    lines = text.split("\n")
    for at in locations(body):
        assert 1 <= at.line <= len(lines)
        assert 1 <= at.column <= len(lines[at.line - 1]) + 1
        assert at.line <= at.end_line <= len(lines)
        assert 0 <= at.end_column <= len(lines[at.end_line - 1])


@given(TEXT.filter(lambda value: "$${" not in value and "%%{" not in value))
def test_a_string_survives(value: str) -> None:
    """HCL has no way to write `$` right before a literal `${`, so such strings are left out."""
    file = parse(Source(path="main.tf", text=f"x = {quoted(value)}\n"))
    found = file.body.get("x")
    assert isinstance(found, Literal)
    assert found.value == value
    assert not file.problems


@given(st.lists(TEXT.filter(lambda line: "${" not in line and "%{" not in line and "\n" not in line), max_size=5))
def test_a_heredoc_survives(lines: list[str]) -> None:
    # A line that ends the heredoc early, or template sequences across the joint, are other texts.
    body = "".join(f"|{line.replace('EOT', 'eot')}\n" for line in lines)
    found = parse(Source(path="main.tf", text=f"x = <<EOT\n{body}EOT\n")).body.get("x")
    assert isinstance(found, Literal)
    assert found.value == body


@settings(max_examples=300)
@given(FRAGMENTS | st.text(max_size=60).map(lambda text: text.replace("\r", "")))
def test_nothing_crashes_and_places_lie_inside(text: str) -> None:
    try:
        file = parse(Source(path="main.tf", text=text))
    except FormatError:
        return
    assert_inside(file.body, text)


@given(st.recursive(TEXT | st.integers(-(2**40), 2**40) | st.booleans() | st.none(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)))  # fmt: skip
def test_json_form_does_not_crash(value: object) -> None:
    text = json.dumps({"a": value}, ensure_ascii=False)
    try:
        file = parse_json(Source(path="main.tf.json", text=text), {})
    except FormatError:
        return  # characters that the YAML reader does not take
    found = file.body.get("a")
    assert isinstance(found, Expression)
    if isinstance(value, str) and "${" not in value and "%{" not in value:
        assert isinstance(found, Literal)
        assert found.value == value
