"""Where passwords stand in Kafka's files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.document import Assignment
from auditor.technologies.kafka import KAFKA
from auditor.technologies.kafka.jaas import module_secrets

PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule"


def assignments(name: str, text: str) -> list[Assignment]:
    return list(KAFKA.parse(Source(path=name, text=text)).assignments())


def written(text: str, found: Assignment) -> str:
    lines = text.split("\n")
    assert found.at.line == found.at.end_line
    return lines[found.at.line - 1][found.at.column - 1 : found.at.end_column]


def test_passwords_inside_a_login_module() -> None:
    text = (
        "broker.id=1\nlog.dirs=/d\n"
        f"listener.name.sasl_ssl.plain.sasl.jaas.config={PLAIN} required \\\n"
        '   username="admin" \\\n   password="sample-one" \\\n   user_alice="sample-two";\n'
        "ssl.keystore.password = sample-three\n"
        "ssl.key.password=${file:/etc/kafka/secrets.properties:key}\n"
    )
    found = assignments("server.properties", text)
    assert [(each.principal, each.value) for each in found[:2]] == [("admin", "sample-one"), ("alice", "sample-two")]
    assert [written(text, each) for each in found[:3]] == ["sample-one", "sample-two", "sample-three"]
    assert isinstance(found[3].value, Unknown)
    assert all(each.server_secret for each in found)


def test_a_jaas_file() -> None:
    text = (
        f'KafkaServer {{\n  {PLAIN} required\n  username="admin"\n  password="sample-one"\n  user_bob=bare-sample;\n}};\n'
        "Client {\n  org.apache.zookeeper.server.auth.DigestLoginModule required\n  username=\"zk\"\n  password='x y';\n};\n"
    )
    found = assignments("kafka_server_jaas.conf", text)
    assert [(each.principal, written(text, each)) for each in found] == [
        ("admin", "sample-one"),
        ("bob", "bare-sample"),
        ("zk", "x y"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        'com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true keyTab="/etc/k.keytab" principal="k/h@R";',
        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
        'org.example.LoginModule required user_agent="curl";',
        "password=not-in-a-module",
    ],
)
def test_what_is_no_password(text: str) -> None:
    assert not list(module_secrets(text))


@given(st.text(max_size=60))
def test_any_text_ends(text: str) -> None:
    for found in module_secrets(f"a.LoginModule required {text};"):
        assert 0 <= found.start <= found.end
