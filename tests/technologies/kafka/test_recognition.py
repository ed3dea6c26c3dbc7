"""Which files are Kafka's, and which only look like it."""

import pytest

from auditor.technologies.kafka import KAFKA

BROKER = "broker.id=0\nlog.dirs=/data\nzookeeper.connect=zk:2181\n"
WORKER = "bootstrap.servers=k:9092\nkey.converter=a.B\nvalue.converter=a.B\ngroup.id=c\n"
JAAS = 'KafkaServer {\n  org.apache.kafka.common.security.plain.PlainLoginModule required\n  user_a="b";\n};\n'


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("config/server.properties", BROKER, 3),
        ("broker.properties", "process.roles=broker\nnode.id=1\n", 3),
        ("kafka/config/kraft/controller.properties", "process.roles=controller\nnode.id=1\nlisteners=A://:1\n", 3),
        ("templates/server.properties.j2", "broker.id={{ id }}\nlog.dirs={{ dirs }}\n", 3),
        ("cluster1.conf", BROKER, 2),
        ("connect-distributed.properties", WORKER, 3),
        ("sink.properties", WORKER + "connector.class=a.B\n", None),
        ("client.properties", "security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n", 2),
        ("producer.properties", "bootstrap.servers=k:9092\nacks=all\nkey.serializer=a.B\n", 2),
        ("app.properties", "bootstrap.servers=k:9092\ngroup.id=a\n", None),
        ("kafka_server_jaas.conf", JAAS, 3),
        ("login.conf", JAAS, 2),
        ("server.properties", "server-port=25565\nmotd=A game\nonline-mode=true\n", None),
        ("server.properties", "id=1\nlisteners=http://0.0.0.0:8082\nzookeeper.connect=zk:2181\n", None),
        ("schema-registry.properties", "listeners=http://0.0.0.0:8081\nkafkastore.topic=_schemas\n", None),
        ("application.properties", "spring.kafka.bootstrap-servers=k:9092\nlogging.level=INFO\n", None),
        ("log4j.properties", "log4j.logger.kafka=INFO, stdout\n", None),
        ("README.md", BROKER, None),
        ("openapi.yaml", "listeners: []\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = KAFKA.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength
