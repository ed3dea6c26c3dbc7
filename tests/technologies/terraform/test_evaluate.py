"""What expressions are worth: tables of the language's rules, and arithmetic against Python."""

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.hcl import parse
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown, Value
from auditor.technologies.terraform.evaluate import Scope

LOCALS = """
name     = "clinic"
list     = ["a", "b", "c"]
people   = [{ id = 1, name = "x" }, { id = 2, name = "y" }]
map      = { b = 2, a = 1 }
loop_a   = local.loop_b
loop_b   = local.loop_a
same     = local.same
"""


def evaluate(text: str, variables: dict[str, Value] | None = None) -> Value:
    file = parse(Source(path="main.tf", text=f"x = {text}\n"))
    assert not file.problems, text
    found = file.body.get("x")
    assert found is not None
    names = parse(Source(path="locals.tf", text=LOCALS)).body.attributes
    resources = {
        "aws_vpc.main": {
            a.name: a.value for a in parse(Source(path="r.tf", text='cidr = "10.0.0.0/8"\n')).body.attributes
        }
    }
    scope = Scope(variables or {}, {attribute.name: attribute.value for attribute in names}, resources)
    return scope.evaluate(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 / 4", 2.5),
        ("10 / 5", 2),
        ("-7 % 3", -1),
        ("7 % -3", 1),
        ('"2" + 3', 5),
        ("5 > 4 && 4 >= 4", True),
        ("!true || false", False),
        ('"1" == 1', False),
        ("1 == 1.0", True),
        ("true == 1", False),
        ('[1, "a"] == [1, "a"]', True),
        ("{ a = 1 } == { a = 2 }", False),
        ("null == null", True),
        ('true ? "a" : "b"', "a"),
        ('"n-${local.name}-${1 + 1}-${true}-${0.5}"', "n-clinic-2-true-0.5"),
        ('"${local.list}"', ("a", "b", "c")),
        ('"%{ if 1 > 2 }a%{ else }b%{ endif }"', "b"),
        ("local.list[1]", "b"),
        ('local.map["b"]', 2),
        ("local.people[*].name", ("x", "y")),
        ("local.people.*.id", (1, 2)),
        ("local.people[0].name", "x"),
        ("local.name[*]", ("clinic",)),
        ('[for v in local.list : upper(v) if v != "b"]', ("A", "C")),
        ("[for i, v in local.list : i]", (0, 1, 2)),
        ("{ for k, v in local.map : v => k }", {"1": "a", "2": "b"}),
        ('{ for p in local.people : "all" => p.id... }', {"all": (1, 2)}),
        ("aws_vpc.main.cidr", "10.0.0.0/8"),
    ],
)  # fmt: skip
def test_known(text: str, expected: object) -> None:
    found = evaluate(text)
    assert found == expected
    assert isinstance(found, bool) == isinstance(expected, bool)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('lower("AB")', "ab"),
        ('join("-", ["a", 1, true])', "a-1-true"),
        ('join(",", ["a"], ["b"])', "a,b"),
        ('split(",", "a,b")', ("a", "b")),
        ('format("%s-%d%%", "a", 3)', "a-3%"),
        ('concat(["a"], [], ["b"])', ("a", "b")),
        ("merge({ a = 1, b = 1 }, null, { b = 2 })", {"a": 1, "b": 2}),
        ("tostring(1.50)", "1.5"),
        ('tonumber("0x1") == null ? 1 : 2', Unknown),
        ('tobool("true")', True),
        ("length([1, 2])", 2),
        ('contains(["a"], "a")', True),
        ("contains([1], true)", False),
        ('lookup({ a = "x" }, "a", "y")', "x"),
        ('lookup({ a = "x" }, "b", "y")', "y"),
        ("element([1, 2], 3)", 2),
        ('coalesce("", null, "z")', "z"),
        ('compact(["a", "", null])', ("a",)),
        ("flatten([[1], [[2]], 3])", (1, 2, 3)),
        ('replace("a.b", ".", "-")', "a-b"),
        ('replace("a", "/a/", "b")', Unknown),
        ("keys({ b = 1, a = 2 })", ("a", "b")),
        ("values({ b = 1, a = 2 })", (2, 1)),
        ('jsonencode({ b = [1, null, "<"], a = true })', '{"a":true,"b":[1,null,"\\u003c"]}'),
        ('jsondecode("{\\"a\\": [1.0, 2.5]}").a', (1, 2.5)),
        ('toset(["b", "a", "b"])', ("a", "b")),
        ("max(1, 3, 2)", 3),
        ('format("%05d", 1)', Unknown),
        ('file("secret.txt")', Unknown),
        ("timestamp()", Unknown),
        ("max([1, 2]...)", 2),
        ("upper([])", Unknown),
        ("element([], 0)", Unknown),
    ],
)  # fmt: skip
def test_functions(text: str, expected: object) -> None:
    found = evaluate(text)
    if expected is Unknown:
        assert isinstance(found, Unknown)
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("var.password", "var.password"),
        ("local.missing", "local.missing"),
        ("local.loop_a", "refers to itself"),
        ("local.same", "refers to itself"),
        ("aws_vpc.main.id", "aws_vpc.main.id"),
        ("data.aws_ami.x.id", "data.aws_ami.x"),
        ("module.network.vpc_id", "module.network.vpc_id"),
        ("each.value", "each.value"),
        ("1 / 0", "refuses"),
        ('-"x"', "refuses"),
        ("var.a + 1", "var.a"),
        ("var.a ? 1 : 2", "var.a"),
        ("local.list[9]", "index"),
        ("local.map.c", "object without c"),
        ("upper(var.a)", "var.a"),
    ],
)  # fmt: skip
def test_unknown_says_why(text: str, reason: str) -> None:
    found = evaluate(text)
    assert isinstance(found, Unknown)
    assert reason in found.reason


def test_what_is_unknown_spreads_no_further_than_it_must() -> None:
    assert evaluate("false && var.a") is False
    assert evaluate("var.a || true") is True
    assert evaluate("var.a ? 1 : 1") == 1
    items = evaluate("[1, var.a]")
    assert isinstance(items, tuple)
    assert items[0] == 1
    assert isinstance(items[1], Unknown)
    assert evaluate("length([1, var.a])") == 2
    assert evaluate("{ a = 1, b = var.b }.a") == 1


def test_partly_known_texts() -> None:
    found = evaluate('"arn:${var.a}:x"')
    assert isinstance(found, PartlyKnown)
    assert found.text == f"arn:{HOLE}:x"
    assert "arn" not in repr(found)
    encoded = evaluate('jsonencode({ a = var.a, b = "*" })')
    assert isinstance(encoded, PartlyKnown)
    assert encoded.text == f'{{"a":"{HOLE}","b":"*"}}'
    again = evaluate('jsondecode(jsonencode({ a = var.a, b = "*" })).b')
    assert again == "*"


def test_variables() -> None:
    assert evaluate("var.a ? 1 : 2", {"a": True}) == 1
    assert evaluate('"${var.a}"', {"a": None}) is None


def test_growth_is_bounded() -> None:
    names = "\n".join(f'a{i} = "${{local.a{i - 1}}}${{local.a{i - 1}}}"' for i in range(1, 60))
    scope = Scope(
        {}, {a.name: a.value for a in parse(Source(path="x.tf", text='a0 = "xx"\n' + names + "\n")).body.attributes}, {}
    )
    found = parse(Source(path="y.tf", text="x = local.a59\n")).body.get("x")
    assert found is not None
    assert isinstance(scope.evaluate(found), Unknown)


def test_work_is_bounded() -> None:
    text = "x = " + "[for a in l : " * 8 + "a" + "]" * 8 + "\n"
    items = "l = [" + "1, " * 40 + "]\n"
    body = parse(Source(path="x.tf", text=text.replace(" l ", " local.l ") + items)).body
    scope = Scope({}, {a.name: a.value for a in body.attributes}, {})
    found = body.get("x")
    assert found is not None
    scope.evaluate(found)
    assert isinstance(scope.evaluate(found), Unknown)


NUMBERS = st.integers(-(10**6), 10**6)


def arithmetic() -> st.SearchStrategy[tuple[str, Any]]:
    """Texts of integer arithmetic with their value as an exact fraction, None where Terraform refuses."""

    def combine(inner: st.SearchStrategy[tuple[str, Any]]) -> st.SearchStrategy[tuple[str, Any]]:
        def build(left: tuple[str, Any], operator: str, right: tuple[str, Any]) -> tuple[str, Any]:
            text = f"({left[0]} {operator} {right[0]})"
            a, b = left[1], right[1]
            if a is None or b is None or (operator == "%" and b == 0):
                return text, None
            if operator == "%":
                return text, Fraction(math.fmod(int(a), int(b)))
            return text, {"+": a + b, "-": a - b, "*": a * b}[operator]

        return st.builds(build, inner, st.sampled_from(["+", "-", "*", "%"]), inner)

    return st.recursive(NUMBERS.map(lambda n: (str(n), Fraction(n))), combine, max_leaves=6)


@given(arithmetic())
def test_arithmetic_agrees_with_python(case: tuple[str, Any]) -> None:
    text, expected = case
    if expected is not None and abs(expected) >= 2**53:
        return
    found = evaluate(text)
    if expected is None:
        assert isinstance(found, Unknown)
    else:
        assert found == expected
        assert isinstance(found, int)


@given(NUMBERS, st.sampled_from(["+", "-", "*", "<", "<=", ">", ">=", "==", "!="]), NUMBERS, st.sampled_from(["+", "-", "*"]), NUMBERS)  # fmt: skip
def test_precedence_agrees_with_python(a: int, first: str, b: int, second: str, c: int) -> None:
    """Terraform and Python bind these operators alike."""
    text = f"{a} {first} {b} {second} {c}"
    assert evaluate(text.replace("--", "- -")) == eval(text)


@given(st.booleans(), st.booleans(), st.booleans())
def test_logic_agrees_with_python(a: bool, b: bool, c: bool) -> None:
    words = {True: "true", False: "false"}
    assert evaluate(f"!{words[a]} || {words[b]} && {words[c]}") is (not a or (b and c))


@given(st.integers(1, 10**4), st.integers(1, 10**4))
def test_division(a: int, b: int) -> None:
    found = evaluate(f"{a * b} / {b}")
    assert found == a
    assert isinstance(found, int)
