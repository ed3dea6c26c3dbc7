"""Assignments of include scripts, compared with what a shell makes of them."""

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.solr.include import assignments


def last(text: str, name: str, path: str = "solr.in.sh") -> str | Unknown | None:
    found = [each.value for each in assignments(Source(path=path, text=text), {}) if each.name == name]
    return found[-1] if found else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("SOLR_PORT=8984\n", "8984"),
        ("export SOLR_PORT=8984 # the usual one\n", "8984"),
        ("  SOLR_PORT='8984'\n", "8984"),
        ("#SOLR_PORT=1\n", None),
        ('SOLR_PORT="1"\nSOLR_PORT="2"\n', "2"),
        ('SOLR_PORT="a \\\n b"\n', "a  b"),
        ("SOLR_PORT='$SOLR_X'\n", "$SOLR_X"),
        ('SOLR_X=1\nSOLR_PORT="$SOLR_X${SOLR_X}2"\n', "112"),
        ("SOLR_PORT=${SOLR_Y:-8984}\n", "8984"),
        ("SOLR_Y=1\nSOLR_PORT=${SOLR_Y:+set}\n", "set"),
        ("SOLR_PORT=1\nSOLR_PORT+=2\n", "12"),
        ("SOLR_PORT=\n", ""),
    ],
)
def test_values(text: str, value: str | None) -> None:
    assert last(text, "SOLR_PORT") == value


@pytest.mark.parametrize(
    "text",
    [
        "SOLR_PORT=$(cat /port)\n",
        "SOLR_PORT=`cat /port`\n",
        "SOLR_PORT=$PORT\n",
        "if true; then\n  SOLR_PORT=1\nfi\n",
        "SOLR_PORT={{ port }}\n",
        "{% if port %}\nSOLR_PORT=1\n{% endif %}\n",
    ],
)
def test_what_the_script_does_not_tell(text: str) -> None:
    assert isinstance(last(text, "SOLR_PORT"), Unknown)


def test_variables_that_double_are_given_up() -> None:
    text = "SOLR_A=xxxxxxxx\n" + 'SOLR_A="$SOLR_A$SOLR_A"\n' * 60
    assert isinstance(last(text, "SOLR_A"), Unknown)


def test_an_assignment_after_a_condition_is_certain() -> None:
    assert last("if true; then\n  SOLR_PORT=1\nfi\nSOLR_PORT=2\n", "SOLR_PORT") == "2"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("set SOLR_PORT=8984\r\n", "8984"),
        ('set "SOLR_PORT=8984"\r\n', "8984"),
        ("REM set SOLR_PORT=1\r\n", None),
        ("SET SOLR_PORT=1\r\nset SOLR_PORT=%SOLR_PORT%2\r\n", "12"),
        ('set SOLR_PORT="8984"\r\n', "8984"),
    ],
)
def test_batch_files(text: str, value: str | None) -> None:
    assert last(text, "SOLR_PORT", "solr.in.cmd") == value


def test_places_cover_what_is_written() -> None:
    text = 'SOLR_A=x\nSOLR_OPTS="$SOLR_A -Dname=value"\n'
    (found,) = [each for each in assignments(Source(path="solr.in.sh", text=text), {}) if each.name == "SOLR_OPTS"]
    start = found.text.index("value")
    at = found.part(start, start + 5)
    assert text.split("\n")[at.line - 1][at.column - 1 : at.end_column] == "value"


WORD = st.text(st.sampled_from("ab1 -D=./:*'\\$\"`#"), max_size=12)


@pytest.mark.skipif(shutil.which("sh") is None, reason="no shell")
@settings(max_examples=150, deadline=None)
@given(st.lists(WORD, min_size=1, max_size=4))
def test_quoted_values_agree_with_a_shell(words: list[str]) -> None:
    quoted = [word.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("`", "\\`") for word in words]
    text = "".join(f'SOLR_OPTS="$SOLR_OPTS {word}"\n' for word in quoted)
    shell = subprocess.run(  # a script that only assigns, made above
        ["/bin/sh", "-c", f'{text}printf %s "$SOLR_OPTS"'], capture_output=True, text=True, check=True, env={}
    )
    assert last(text, "SOLR_OPTS") == shell.stdout


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_read(text: str, is_batch: bool) -> None:
    source = Source(path="solr.in.cmd" if is_batch else "solr.in.sh", text=text)
    for each in assignments(source, {}):
        assert each.at.line >= 1
