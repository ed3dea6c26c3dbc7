"""Reading a node's settings file, variables and flags."""

import string
from typing import Any, cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Variable
from auditor.technologies.common.searchnode.document import NodeFile
from auditor.technologies.common.searchnode.reader import read
from auditor.technologies.common.searchnode.words import flags, resolved, variables
from auditor.technologies.common.sectioned import Option

AT = Location("compose.yaml", 1)
NAME = st.text(string.ascii_lowercase + "_", min_size=1, max_size=6)
VALUE = st.text(string.ascii_letters + string.digits, min_size=1, max_size=8)


def conf(text: str) -> NodeFile:
    return read(Source(path="elasticsearch.yml", text=text), str)


def values(document: NodeFile) -> dict[str, str | Unknown]:
    return {option.name: option.value for option in document.options}


def variable(name: str, value: str) -> Variable:
    return Variable(name=name, value=value, at=AT)


@pytest.mark.parametrize(
    "text",
    [
        "xpack.security.enabled: true\n",
        "xpack:\n  security:\n    enabled: true\n",
        "xpack.security:\n  enabled: 'true'\n",
        "xpack: {security.enabled: true}\n",
    ],
)
def test_nested_and_dotted_names_are_one_setting(text: str) -> None:
    assert values(conf(text)) == {"xpack.security.enabled": "true"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("http.port: 1\nhttp.port: 2\n", 2),
        ("http.port: 1\nhttp:\n  port: 2\n", 3),
        ("http:\n  port: 1\n  port: 2\n", 3),
        ("cluster.name:\nhttp.port: 1\n", 1),
        ("cluster: {}\n", 1),
        ("just words\n", 1),
        ("http:\n\tport: 1\n", 2),
    ],
)
def test_refused_while_reading(text: str, line: int) -> None:
    assert conf(text).refused[0].at.line == line


def test_a_list_is_its_items_joined_and_a_list_of_mappings_is_numbered() -> None:
    found = values(conf("discovery.seed_hosts: [a, b]\nrealms:\n  - order: 1\n  - order: 2\n"))
    assert found == {"discovery.seed_hosts": "a,b", "realms.0.order": "1", "realms.1.order": "2"}


def test_a_template_leaves_open_what_it_may_set() -> None:
    text = "http.port: {{ port }}\n{% if secure %}\nxpack.security.enabled: true\n{% endif %}\nnode.name: a\n"
    found = values(conf(text))
    assert isinstance(found["http.port"], Unknown)
    assert isinstance(found["xpack.security.enabled"], Unknown)
    assert found["node.name"] == "a"
    assert any(gap.covers("http.host") for gap in conf("node.name: a\n{{ extra }}\n").gaps)


def test_a_password_is_a_server_secret_and_in_no_repr() -> None:
    document = conf("xpack.http.ssl.keystore.password: not-a-real-one\nnode.name: a\n")
    assert [item.server_secret for item in document.assignments()] == [True, False]
    assert "not-a-real-one" not in repr(document.options)
    at = document.options[0].at
    assert (at.line, at.column, at.end_column) == (1, 35, 48)


TREE = st.recursive(VALUE, lambda inner: st.dictionaries(NAME, inner, min_size=1, max_size=3), max_leaves=6)


def flatten(tree: Any, prefix: str = "") -> dict[str, str]:
    if not isinstance(tree, dict):
        return {prefix: str(tree)}
    found: dict[str, str] = {}
    for key, value in cast("dict[str, Any]", tree).items():
        found |= flatten(value, f"{prefix}.{key}" if prefix else key)
    return found


@given(st.dictionaries(NAME, TREE, min_size=1, max_size=4))
def test_however_it_is_nested_it_reads_the_same(tree: dict[str, Any]) -> None:
    quoted = yaml.safe_dump(tree, default_style='"')
    dotted = "".join(f'{name}: "{value}"\n' for name, value in flatten(tree).items())
    assert values(conf(quoted)) == values(conf(dotted)) == flatten(tree)


@given(st.text(alphabet=string.printable, max_size=150))
def test_any_text_is_read_or_refused(text: str) -> None:
    if "{{" not in text and "{%" not in text:
        conf(text)


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("discovery.type", "discovery.type"),
        ("ES_SETTING_DISCOVERY_TYPE", "discovery.type"),
        ("ES_SETTING_BOOTSTRAP_MEMORY__LOCK", "bootstrap.memory_lock"),
        ("ES_JAVA_OPTS", None),
        ("ELASTIC_PASSWORD", None),
        ("processors", None),
        ("Discovery.Type", None),
    ],
)
def test_which_variables_are_settings(name: str, setting: str | None) -> None:
    found = [option.name for option in variables({name: variable(name, "x")}, str, upper=True)]
    assert found == ([setting] if setting else [])


def test_empty_variables_and_upper_case_names_of_older_images_are_left_out() -> None:
    given_variables = {name: variable(name, value) for name, value in (("a.b", ""), ("ES_SETTING_A_B", "x"))}
    assert list(variables(given_variables, str, upper=False)) == []


@given(st.lists(st.text(string.ascii_lowercase + "_", min_size=1, max_size=5).filter(lambda w: w.strip("_") == w and "__" not in w), min_size=2, max_size=4))  # fmt: skip
def test_upper_case_names_go_back_to_the_setting(parts: list[str]) -> None:
    setting = ".".join(parts)
    name = "ES_SETTING_" + setting.replace("_", "__").replace(".", "_").upper()
    assert [option.name for option in variables({name: variable(name, "1")}, str, upper=True)] == [setting]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["-Ehttp.port=9201"], {"http.port": "9201"}),
        (["-E", "http.port=9201", "-d"], {"http.port": "9201"}),
        (["eswrapper", "-p", "-Ea=b", "-Ec.d=e=f"], {"c.d": "e=f"}),
        (["-Ehttp.port"], {}),
    ],
)
def test_flags(words: list[str], expected: dict[str, str]) -> None:
    options, gaps = flags([Located(value=word, at=AT) for word in words], str)
    assert {option.name: option.value for option in options} == expected
    assert not gaps


def test_a_word_that_is_not_known_may_set_anything() -> None:
    _, gaps = flags([Located(value=Unknown("${X}"), at=AT)], str)
    assert gaps[0].covers("xpack.security.enabled")


@pytest.mark.parametrize(
    ("text", "environment", "expected"),
    [
        ("${HOST}:1", {"HOST": variable("HOST", "a")}, "a:1"),
        ("${HOST}", {}, None),
        ("${HOST:b}", None, None),
        ("plain", None, "plain"),
        ("${A}${B}", {"A": variable("A", "1"), "B": variable("B", "2")}, "12"),
    ],
)
def test_placeholders(text: str, environment: dict[str, Variable] | None, expected: str | None) -> None:
    value = resolved(Option(name="x", written="x", value=text, at=AT), environment).value
    assert value == expected if expected is not None else isinstance(value, Unknown)
