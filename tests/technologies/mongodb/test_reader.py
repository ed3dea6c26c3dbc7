"""Reading mongod.conf: what each syntax says, and what mongod refuses."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.mongodb import MongodConf
from auditor.technologies.mongodb.reader import read


def conf(text: str, name: str = "mongod.conf") -> MongodConf:
    return read(Source(path=name, text=text))


def values(document: MongodConf) -> dict[str, str | Unknown]:
    return {option.name: option.value for option in document.options}


def test_nested_and_dotted_names_are_the_same_option() -> None:
    nested = conf("security:\n  authorization: enabled\n")
    dotted = conf("security.authorization: enabled\n")
    assert values(nested) == values(dotted) == {"security.authorization": "enabled"}


def test_the_place_of_a_quoted_value_leaves_out_the_quotes() -> None:
    option = conf('net:\n  bindIp: "10.0.0.1"\n').options[0]
    assert (option.at.line, option.at.column, option.at.end_column) == (2, 12, 19)


def test_old_tls_names_are_read_as_the_current_ones() -> None:
    document = conf("net:\n  ssl:\n    mode: requireSSL\n    PEMKeyFile: /a.pem\n")
    assert values(document) == {"net.tls.mode": "requireSSL", "net.tls.certificateKeyFile": "/a.pem"}


@pytest.mark.parametrize(
    ("text", "authorization"),
    [
        ("auth=true\n", "enabled"),
        ("auth = 1\n", "enabled"),
        ("auth = true # comment\n", "enabled"),
        ("noauth = false\n", "enabled"),
        ("noauth=true\n", "disabled"),
        ("auth=false\n", "disabled"),
        ("# first a comment\ndbpath=/data\n\nauth=true\n", "enabled"),
    ],
)
def test_ini(text: str, authorization: str) -> None:
    document = conf(text)
    assert document.style == "ini"
    assert not document.refused
    assert values(document)["security.authorization"] == authorization


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("net:\n\tport: 27017\n", 2),
        ("net:\n  port: 1\n  port: 2\n", 3),
        ("net:\n  port: 1\nnet.port: 2\n", 3),
        ("logging:\n  quiet: true\n", 1),
        ("port=1\nport=2\n", 2),
        ("dbpath=/data\nauth\n", 2),
        ("dbpath=/data\nauth=yes\n", 2),
        ("just words\n", 1),
    ],
)
def test_refused_while_reading(text: str, line: int) -> None:
    document = conf(text)
    assert document.refused[0].at.line == line


def test_mixing_both_syntaxes_is_refused() -> None:
    assert conf("net:\n  port: 1\nauth = true\n").refused


def test_expansion_directives_are_not_known() -> None:
    value = values(conf('security:\n  keyFile:\n    __exec: "cat /run/key"\n    type: string\n'))["security.keyFile"]
    assert isinstance(value, Unknown)
    assert conf('__rest: "https://config.example/mongod"\ntype: yaml\n').gaps[0].covers("security.authorization")


def test_a_template_leaves_its_section_open_and_no_other() -> None:
    document = conf("net:\n  port: {{ port }}\nsecurity:\n  {{ security | to_yaml }}\n", "mongod.conf.j2")
    assert isinstance(values(document)["net.port"], Unknown)
    assert any(gap.covers("security.authorization") for gap in document.gaps)
    assert document.partial


def test_a_password_is_a_server_secret_and_in_no_repr() -> None:
    document = conf("net:\n  tls:\n    certificateKeyFilePassword: not-a-real-one\n")
    assert [item.server_secret for item in document.assignments()] == [True]
    assert "not-a-real-one" not in repr(document.options)


NAMES = st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=8), min_size=1, max_size=6, unique=True)


@given(NAMES, st.data())
def test_ini_gives_back_what_was_written(names: list[str], data: st.DataObject) -> None:
    written = {f"x{name}": data.draw(st.text(string.ascii_letters + "/.,:", min_size=1, max_size=12)) for name in names}
    text = "".join(f"{name} = {value}\n" for name, value in written.items())
    document = conf(text)
    assert {option.written: option.value for option in document.options} == written
    lines = text.split("\n")
    for option in document.options:
        assert lines[option.at.line - 1][option.at.column - 1 : option.at.end_column] == option.value


@given(st.text(alphabet=string.printable, max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises, unless it looks like a template."""
    if "{{" not in text and "{%" not in text:
        conf(text)


@pytest.mark.parametrize(
    "text",
    ["net:\n  port: 1\n{{ extra_options }}\n", "net:\n  port: 1\n{{- range .Values.extra }}\n{{ . }}\n{{- end }}\n"],
)
def test_an_expression_at_the_end_leaves_everything_open(text: str) -> None:
    assert any(gap.covers("security.authorization") for gap in conf(text, "mongod.conf.tmpl").gaps)


@pytest.mark.parametrize(
    "text",
    [
        "net:\n  port: 1\n{% if auth %}\nsecurity:\n  authorization: enabled\n{% endif %}\n",
        "net:\n  port: 1\n{{- if .Values.auth }}\nsecurity:\n  authorization: enabled\n{{- end }}\n",
        "{% if auth %}\nauth = true\n{% endif %}\nport = 1\n",
    ],
)
def test_an_option_under_a_condition_is_not_known(text: str) -> None:
    found = values(conf(text, "mongod.conf.j2"))
    assert isinstance(found["security.authorization"], Unknown)
    assert found["net.port"] == "1"


def test_an_option_after_a_condition_is_known() -> None:
    text = "net:\n  {% if six %}\n  ipv6: true\n  {% endif %}\n  port: 1\nsecurity:\n  authorization: enabled\n"
    assert values(conf(text, "mongod.conf.j2"))["security.authorization"] == "enabled"
