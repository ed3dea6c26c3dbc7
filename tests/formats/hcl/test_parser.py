"""HCL native syntax: the tree, its places, and what happens to broken text."""

import pytest

from auditor.formats.errors import FormatError
from auditor.formats.hcl import (
    Binary,
    Call,
    Conditional,
    For,
    Literal,
    Name,
    ObjectExpr,
    Opaque,
    Splat,
    Traversal,
    TupleExpr,
    Unary,
    parse,
)
from auditor.formats.hcl.tree import Expression
from auditor.model.source import Source


def value_of(text: str) -> Expression:
    file = parse(Source(path="main.tf", text=f"x = {text}\n"))
    assert not file.problems
    found = file.body.get("x")
    assert found is not None
    return found


def covered(text: str, expression: Expression) -> str:
    """The characters of a one-line source that an expression's place covers."""
    assert expression.at.line == expression.at.end_line
    return text.split("\n")[expression.at.line - 1][expression.at.column - 1 : expression.at.end_column]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", 1),
        ("0.25", 0.25),
        ("3.6e+09", 3_600_000_000),
        ("36e+08", 3_600_000_000),
        ("1e5", 100_000),
        ("2E-2", 0.02),
        ("true", True),
        ("false", False),
        ("null", None),
        ('""', ""),
        ('"plain"', "plain"),
    ],
)
def test_literals(text: str, expected: object) -> None:
    found = value_of(text)
    assert isinstance(found, Literal)
    assert found.value == expected
    assert type(found.value) is type(expected)


def test_numbers_with_exponents_leave_strings_and_names_alone() -> None:
    file = parse(Source(path="main.tf", text='a = 1e5\nb = "1e5 2e6"\nc = x1e5\n'))
    values = {attribute.name: attribute.value for attribute in file.body.attributes}
    assert isinstance(values["b"], Literal)
    assert values["b"].value == "1e5 2e6"
    assert isinstance(values["c"], Name)
    assert values["c"].name == "x1e5"


def test_kinds_of_expressions() -> None:
    assert isinstance(value_of("a ? b : c"), Conditional)
    assert isinstance(value_of("[1, a]"), TupleExpr)
    assert isinstance(value_of("{ a = 1 }"), ObjectExpr)
    assert isinstance(value_of("f(1)"), Call)
    assert isinstance(value_of("-a"), Unary)
    assert isinstance(value_of("a"), Name)
    loop = value_of("{ for k, v in m : k => v... if v }")
    assert isinstance(loop, For)
    assert (loop.key_name, loop.value_name, loop.group) == ("k", "v", True)
    assert loop.condition is not None


def test_traversals() -> None:
    found = value_of('aws_s3_bucket.data["a"].tags[0].x')
    assert isinstance(found, Traversal)
    assert isinstance(found.root, Name)
    steps = [step if isinstance(step, str) else step.value for step in found.steps if isinstance(step, str | Literal)]
    assert (found.root.name, steps) == ("aws_s3_bucket", ["data", "a", "tags", 0, "x"])
    splat = value_of("a.b[*].id")
    assert isinstance(splat, Traversal)
    last = splat.steps[-1]
    assert isinstance(last, Splat)
    assert last.steps == ("id",)
    legacy = value_of("a.b.0.id")
    assert isinstance(legacy, Traversal)
    assert [step.value if isinstance(step, Literal) else step for step in legacy.steps] == ["b", 0, "id"]


def test_steps_belong_to_their_side_of_an_operation() -> None:
    found = value_of("!a.b && (c.d == 1 || e[0])")
    assert isinstance(found, Binary)
    assert isinstance(found.left, Unary)
    assert isinstance(found.left.operand, Traversal)
    assert isinstance(found.right, Binary)
    assert found.right.operator == "||"
    assert isinstance(found.right.right, Traversal)


def test_precedence() -> None:
    found = value_of("1 + 2 * 3 > 4 && true")
    assert isinstance(found, Binary)
    assert found.operator == "&&"
    assert isinstance(found.left, Binary)
    assert found.left.operator == ">"
    assert isinstance(found.left.left, Binary)
    assert found.left.left.operator == "+"


def test_object_keys() -> None:
    found = value_of('{ a = 1, "b" : 2, (c) = 3, "d${e}" = 4 }')
    assert isinstance(found, ObjectExpr)
    first, second, third, fourth = (key for key, _ in found.entries)
    assert isinstance(first, Literal)
    assert first.value == "a"
    assert isinstance(second, Literal)
    assert isinstance(third, Name)
    assert not isinstance(fourth, Literal)


def test_places_in_characters_not_bytes() -> None:
    text = 'x = ["é", name]\n'
    file = parse(Source(path="main.tf", text=text))
    found = file.body.get("x")
    assert isinstance(found, TupleExpr)
    assert covered(text, found) == '["é", name]'
    assert covered(text, found.items[0]) == '"é"'
    assert covered(text, found.items[1]) == "name"
    assert isinstance(found.items[0], Literal)
    inner = found.items[0].text_at
    assert text[inner.column - 1 : inner.end_column] == "é"


def test_places_of_embedded_text() -> None:
    file = parse(Source(path="x.yaml", text="a = 1\n", line=7, column=5, name="main.tf"))
    assert file.body.attributes[0].at.line == 7
    assert file.body.attributes[0].at.column == 5


def test_blocks() -> None:
    text = 'resource "aws_vpc" "main" {\n  cidr = 1\n  tags { a = 2 }\n}\nlocals {}\n'
    block, empty = parse(Source(path="main.tf", text=text)).body.blocks
    assert (block.type, block.labels, block.end_line) == ("resource", ("aws_vpc", "main"), 4)
    assert (block.at.line, block.at.column, block.at.end_column) == (1, 1, 27)
    assert [child.type for child in block.body.blocks] == ["tags"]
    assert empty.type == "locals"


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("a = [\n", 2, "`]`"),
        ("b {\n  c = \n}\nd = 2\n", 2, "a value"),
        ('a = "secret-value\n', 1, "closing quote"),
        ('a = "x\ny"\n', 1, "closing quote"),
        ("a = 1 b = 2\n", 1, "one attribute or block per line"),
        ("= = =\n", 1, "a name"),
    ],
)
def test_broken_text(text: str, line: int, expected: str) -> None:
    problems = parse(Source(path="main.tf", text=text)).problems
    assert problems
    assert any(problem.at.line == line and expected in problem.message for problem in problems)
    assert "secret" not in str(problems)


def test_the_rest_of_a_broken_file_is_read() -> None:
    file = parse(Source(path="main.tf", text="b {\n  c = \n}\nd = 2\n"))
    assert [attribute.name for attribute in file.body.attributes] == ["d"]


@pytest.mark.parametrize("text", ["x = " + "[" * 5000 + "]" * 5000 + "\n", "a {\n" * 5000 + "}\n" * 5000])
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="levels"):
        parse(Source(path="main.tf", text=text))


def test_long_chains_are_no_nesting() -> None:
    found = value_of(" || ".join(["a"] * 3000))
    assert isinstance(found, Binary)


def test_huge_numbers_are_not_read() -> None:
    assert isinstance(value_of("9" * 500), Opaque)
    assert isinstance(value_of("1.0e999"), Opaque)


def test_a_literal_does_not_show_itself() -> None:
    assert "hunter2" not in repr(value_of('"hunter2"'))
