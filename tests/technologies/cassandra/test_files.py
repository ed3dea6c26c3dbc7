"""Reading cassandra.yaml, cassandra-env.sh and cqlshrc."""

import string

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.cassandra.documents import CassandraYaml, parse_cqlsh
from auditor.technologies.cassandra.reader import read
from auditor.technologies.cassandra.script import jmx_of, with_options

AT = Location("compose.yaml", 1)
SHIPPED = """\
if [ "x$LOCAL_JMX" = "x" ]; then
    LOCAL_JMX=yes
fi
JMX_PORT="7199"
if [ "$JVM_ARCH" = "64-Bit" ] && [ $USING_CMS -eq 0 ]; then
    JVM_OPTS="$JVM_OPTS -XX:+UseCondCardMark"
fi
if [ "$LOCAL_JMX" = "yes" ]; then
  JVM_OPTS="$JVM_OPTS -Dcassandra.jmx.local.port=$JMX_PORT"
  JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.authenticate=false"
else
  JVM_OPTS="$JVM_OPTS -Dcassandra.jmx.remote.port=$JMX_PORT"
  JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.rmi.port=$JMX_PORT"
  JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.authenticate=true"
  #JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.ssl=true"
fi
"""
"""The part of conf/cassandra-env.sh (3.11-5.0) that decides about JMX, in our words."""


def conf(text: str, name: str = "cassandra.yaml") -> CassandraYaml:
    return read(Source(path=name, text=text))


def values(document: CassandraYaml) -> dict[str, str | Unknown]:
    return {option.name: option.value for option in document.options}


@pytest.mark.parametrize(
    "text",
    [
        "authenticator: PasswordAuthenticator\n",
        "authenticator:\n  class_name: PasswordAuthenticator\n",
        "authenticator: AllowAllAuthenticator\nauthenticator: PasswordAuthenticator\n",
        "authenticator:\n  class_name: AllowAllAuthenticator\nauthenticator: 'PasswordAuthenticator'\n",
    ],
)
def test_a_class_as_text_or_with_parameters_and_the_last_one_counts(text: str) -> None:
    assert values(conf(text))["authenticator"] == "PasswordAuthenticator"


def test_a_section_given_again_replaces_the_earlier_one_whole() -> None:
    text = (
        "client_encryption_options:\n  enabled: true\n  optional: true\nclient_encryption_options:\n  enabled: false\n"
    )
    assert values(conf(text)) == {"client_encryption_options.enabled": "false"}


def test_older_names_are_read_as_the_present_ones() -> None:
    document = conf("commitlog_sync_period_in_ms: 10000\nenable_user_defined_functions: true\n")
    assert values(document) == {"commitlog_sync_period": "10000", "user_defined_functions_enabled": "true"}
    assert document.options[0].written == "commitlog_sync_period_in_ms"


def test_lists_that_wrap_a_class_are_opened() -> None:
    text = "audit_logging_options:\n  logger:\n    - class_name: FileAuditLogger\ndata_file_directories: [a, b]\n"
    found = values(conf(text))
    assert found["audit_logging_options.logger"] == "FileAuditLogger"
    assert found["data_file_directories"] == "a,b"


def test_a_template_leaves_open_what_it_may_set() -> None:
    text = "authenticator: {{ kind }}\n{% if tls %}\nclient_encryption_options:\n  enabled: true\n{% endif %}\nnum_tokens: 1\n"
    found = values(conf(text, "cassandra.yaml.j2"))
    assert isinstance(found["authenticator"], Unknown)
    assert isinstance(found["client_encryption_options.enabled"], Unknown)
    assert found["num_tokens"] == "1"


def test_key_store_passwords_are_secrets_and_the_shipped_one_of_encryption_that_is_off_is_none() -> None:
    off = "client_encryption_options:\n  enabled: false\n  keystore_password: {}\n"
    shipped = [item.key for item in conf(off.format("cassandra")).assignments()]
    own = [item.key for item in conf(off.format("not-a-real-one")).assignments() if item.server_secret]
    on = conf(off.format("cassandra").replace("false", "true")).assignments()
    assert shipped == ["enabled"]
    assert own == ["keystore_password"]
    assert [item.key for item in on if item.server_secret] == ["keystore_password"]
    assert "not-a-real-one" not in repr(conf(off.format("not-a-real-one")))


NAME = st.text(string.ascii_lowercase + "_", min_size=1, max_size=6).filter(lambda name: not name.endswith("_ms"))
VALUE = st.text(string.ascii_letters + string.digits, min_size=1, max_size=8)


@given(st.dictionaries(NAME, st.one_of(VALUE, st.dictionaries(NAME, VALUE, min_size=1, max_size=3)), min_size=1))
def test_what_yaml_writes_is_read_back(tree: dict[str, str | dict[str, str]]) -> None:
    expected: dict[str, str] = {}
    for name, value in tree.items():
        expected |= {f"{name}.{key}": text for key, text in value.items()} if isinstance(value, dict) else {name: value}
    document = conf(yaml.safe_dump(tree, default_style='"'))
    assert {option.written: option.value for option in document.options} == expected


@given(st.text(alphabet=string.printable, max_size=150))
def test_any_text_is_read_or_refused(text: str) -> None:
    if "{{" not in text and "{%" not in text:
        conf(text)


@pytest.mark.parametrize(
    ("variable", "change", "remote", "authenticated"),
    [
        (None, ("", ""), False, False),
        ("yes", ("", ""), False, False),
        ("no", ("", ""), True, True),
        (None, ("LOCAL_JMX=yes", "LOCAL_JMX=no"), True, True),
        (None, ("authenticate=true", "authenticate=false"), False, False),
        ("no", ("authenticate=true", "authenticate=false"), True, False),
        ("no", ('  JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.authenticate=true"\n', ""), True, True),
        (None, ('if [ "x$LOCAL_JMX"', 'LOCAL_JMX=no\nif [ "x$LOCAL_JMX"'), True, True),
        ("no", ('= "yes" ]', '!= "yes" ]'), False, False),
    ],
)
def test_jmx_of_the_script(variable: str | None, change: tuple[str, str], remote: bool, authenticated: bool) -> None:
    text = SHIPPED.replace(*change, 1) if change[0] else SHIPPED
    if change[0].startswith("authenticate"):
        text = SHIPPED.replace(*change)
    jmx = jmx_of(Source(path="cassandra-env.sh", text=text), variable)
    assert (jmx.remote, jmx.authenticated) == (remote, authenticated)


def test_a_commented_line_says_nothing_and_a_real_one_switches_tls_on() -> None:
    assert jmx_of(Source(path="x", text=SHIPPED), "no").encrypted is False
    assert jmx_of(Source(path="x", text=SHIPPED.replace("#JVM", "JVM")), "no").encrypted is True


def test_a_variable_that_is_not_known_leaves_it_open() -> None:
    assert isinstance(jmx_of(Source(path="x", text=SHIPPED), Unknown("${X}")).remote, Unknown)


def test_later_options_win() -> None:
    jmx = jmx_of(Source(path="x", text=SHIPPED), "no")
    opened = with_options(jmx, "-Xmx1G -Dcom.sun.management.jmxremote.authenticate=false", AT)
    assert (opened.remote, opened.authenticated, opened.at) == (True, False, AT)
    assert with_options(jmx, "-Xmx1G", AT) == jmx


def test_cqlshrc() -> None:
    text = "; comment\n[authentication]\nusername = clinic\npassword = not-a-real-one\n[ssl]\ncertfile: /a.pem\n"
    document = parse_cqlsh(Source(path="cqlshrc", text=text))
    found = {item.key: item for item in document.assignments()}
    assert found["password"].server_secret
    assert (found["password"].principal, found["password"].at.column, found["password"].at.end_column) == (
        "clinic",
        12,
        25,
    )
    assert found["certfile"].path == ("ssl",)
    assert "not-a-real-one" not in repr(document)
