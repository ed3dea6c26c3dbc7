"""Env files: what a line means, where its value stands, and which files are taken for env files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.dotenv import DOTENV, DotenvDocument, evaluate


def read(text: str) -> DotenvDocument:
    return DOTENV.parse(Source(path=".env", text=text))


def values(text: str) -> dict[str, str | None]:
    return {
        name: None if isinstance(variable.value, Unknown) else variable.value
        for name, variable in read(text).variables.items()
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A=1\n", {"A": "1"}),
        ("export A=1", {"A": "1"}),
        ("A='x # y' # comment", {"A": "x # y"}),
        ('A="x # y" # comment', {"A": "x # y"}),
        ("A=x#y", {"A": "x#y"}),
        ("A=x # y", {"A": "x"}),
        ("A=", {"A": ""}),
        ("A= # nothing", {"A": ""}),
        ("# A=1\n\nB=2", {"B": "2"}),
        ("A=1\nA=2", {"A": "2"}),
        ("A=1\nB=${A}2", {"A": "1", "B": "12"}),
        ("A=1\nB='${A}2'", {"A": "1", "B": "${A}2"}),
        ("B=${A}2", {"B": None}),
        ("B=${A:-x}2", {"B": "x2"}),
        ("A=1\nB=pa$A$$w", {"A": "1", "B": "pa$A$$w"}),
        ("A", {"A": None}),
        ('A="two\nlines"\nB=1', {"A": "two\nlines", "B": "1"}),
        ("url=postgres://a:b@c/d?x=y", {"url": "postgres://a:b@c/d?x=y"}),
        ("A={{ password }}\nB=1", {"A": None, "B": "1"}),
    ],
)
def test_values(text: str, expected: dict[str, str | None]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("A=secret", Location(".env", 1, 3, 1, 8)),
        ("\n\n  export A = 'secret' # c", Location(".env", 3, 15, 3, 20)),
        ('A="sec\nret"', Location(".env", 1, 4, 2, 3)),
        ("A=secret # comment", Location(".env", 1, 3, 1, 8)),
    ],
)
def test_place_covers_the_value(text: str, at: Location) -> None:
    assert read(text).variables["A"].at == at


def test_broken_line_is_a_problem_and_the_rest_is_read() -> None:
    document = read('A=1\nthis is no line\nB="open\nC=3\n')
    assert [problem.at.line for problem in document.problems] == [2, 3]
    assert document.variables["A"].value == "1"
    assert document.variables["C"].value == "3"


def test_message_of_a_problem_quotes_nothing() -> None:
    (problem,) = read("hunter2 hunter3").problems
    assert "hunter" not in problem.message


def test_outer_environment_comes_first() -> None:
    entries = read("A=file\nB=$A").entries
    assert evaluate(entries, {"A": "outer"}.get)["B"].value == "outer"
    assert evaluate(entries, lambda _: None)["B"].value == "file"


@given(st.text())
def test_any_text_is_read_and_places_lie_inside(text: str) -> None:
    text = text.replace("\r", "\n")
    lines = text.split("\n")
    document = read(text)
    for at in [entry.at for entry in document.entries] + [problem.at for problem in document.problems]:
        assert 1 <= at.line <= at.end_line <= len(lines)
        assert 1 <= at.column <= len(lines[at.line - 1]) + 1


@given(
    st.text(alphabet=st.characters(exclude_characters="\r\n\"'\\#$ \t{}%", exclude_categories=["Z", "C"]), min_size=1)
)
def test_plain_value_stands_where_its_place_says(value: str) -> None:
    (entry,) = read(f"  KEY = {value}  # note").entries
    line = f"  KEY = {value}  # note"
    assert entry.text == value
    assert line[entry.at.column - 1 : entry.at.end_column] == value


@pytest.mark.parametrize(
    "name",
    [".env", ".env.prod", "prod.env", ".env.example", "app.env.j2", "env.sample", ".env-local", "db_env", ".env_prod"],
)
def test_recognised(name: str) -> None:
    assert DOTENV.recognise(name, name, "DB_HOST=db\n") is not None


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("environment.yml", "name: x\n"),
        (".env.py", "A=1\n"),
        ("env.sh", "A=1\n"),
        ("dev.env.json", "{}"),
        ("envoy.yaml", "a: b"),
        (".envrc", "export A=1"),
        ("prod.env", "#!/bin/sh\nA=1\n"),
        ("setup-env", "if true; then\nA=1\nfi\n"),
        ("prod.env", "[section]\nA=1\n"),
    ],
)
def test_not_recognised(name: str, head: str) -> None:
    assert DOTENV.recognise(name, name, head) is None


@pytest.mark.parametrize(
    ("path", "head", "is_ours"),
    [
        ("etc/default/portal", "PORTAL_KEY=x\n", True),
        ("roles/portal/files/etc/sysconfig/portal", "# variables\nPORTAL_KEY=x\n", True),
        ("etc/default/portal", "#!/bin/sh\nPORTAL_KEY=x\n", False),
        ("etc/default/solr.in.sh", "SOLR_PORT=8983\n", False),
        ("etc/portal", "PORTAL_KEY=x\n", False),
        ("my-etc/default/portal", "PORTAL_KEY=x\n", False),
    ],
)
def test_files_that_units_take_variables_from_are_recognised(path: str, head: str, is_ours: bool) -> None:
    assert (DOTENV.recognise(path.rpartition("/")[2], path, head) is not None) is is_ours
