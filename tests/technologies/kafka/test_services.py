"""What containers and files make of their sources, in the order in which the start scripts and Kafka apply them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.exposure import Reach
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown, known
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.kafka import KafkaBroker, KafkaConnect, KafkaProducer, server_properties
from auditor.technologies.kafka.denials import DenialLog
from auditor.technologies.kafka.environment import dotted
from auditor.technologies.kafka.listeners import parse_addresses, parse_map
from auditor.technologies.kafka.parameters import DEFAULT_MAP

BASE = "broker.id=1\nlog.dirs=/var/lib/kafka\n"


def broker(files: dict[str, str]) -> KafkaBroker:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    (found,) = [fact for fact in estate.facts if isinstance(fact, KafkaBroker)]
    return found


def compose(image: str, environment: dict[str, str] | None = None, more: str = "") -> str:
    lines = [f"services:\n  kafka:\n    image: {image}"]
    if environment:
        lines += ["    environment:", *(f"      {name}: '{value}'" for name, value in environment.items())]
    return "\n".join(lines) + "\n" + more


ACLS = f"{BASE}authorizer.class.name=kafka.security.authorizer.AclAuthorizer\n"


@pytest.mark.parametrize(
    ("log", "written"),
    [
        ("log4j.rootLogger=WARN, stdout\nlog4j.logger.kafka.authorizer.logger=INFO, a\n", True),
        ("log4j.rootLogger=INFO\nlog4j.logger.kafka=error\n", False),
        ("log4j.rootLogger=INFO\nlog4j.logger.kafka=ERROR\nlog4j.logger.kafka.authorizer = DEBUG\n", True),
        ("log4j.rootLogger=OFF\nlog4j.logger.kafka.authorizer.logger=, a\n", False),
        ("log4j.rootLogger=INFO\nlog4j.additivity.kafka.authorizer.logger=false\n", True),
    ],
)
def test_the_logger_of_refused_accesses_takes_the_level_of_the_nearest_one_above(log: str, written: bool) -> None:
    found = broker({"config/server.properties": ACLS, "config/log4j.properties": log}).denials
    assert isinstance(found, DenialLog)
    assert found.is_written is written


@pytest.mark.parametrize("log", ["log4j.rootLogger=${level}, stdout\n", "{{ lines }}\n"])
def test_a_level_that_is_not_in_the_file_is_not_known(log: str) -> None:
    found = broker({"config/server.properties": ACLS, "config/log4j.properties": log}).denials
    assert isinstance(found.is_written if isinstance(found, DenialLog) else found, Unknown)


def test_a_file_alone_tells_nothing_of_the_log() -> None:
    assert isinstance(broker({"server.properties": ACLS}).denials, Unknown)


@pytest.mark.parametrize(
    ("environment", "level"),
    [
        ({}, "WARN"),
        ({"KAFKA_LOG4J_LOGGERS": "kafka.controller=INFO"}, "WARN"),
        ({"KAFKA_LOG4J_LOGGERS": "kafka.controller=INFO, kafka.authorizer.logger=DEBUG"}, "DEBUG"),
        ({"KAFKA_LOG4J_OPTS": "-Dlog4j.configuration=file:/x"}, None),
    ],
)
def test_confluents_image_leaves_refused_accesses_out(environment: dict[str, str], level: str | None) -> None:
    given = {"KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://k:9092", "KAFKA_ZOOKEEPER_CONNECT": "zk:2181", **environment}
    found = broker({"compose.yaml": compose("confluentinc/cp-kafka:7.6.0", given)}).denials
    assert (found.level if isinstance(found, DenialLog) else None) == level


@pytest.mark.parametrize(
    ("lines", "acknowledgements", "is_refused"),
    [
        ("acks=-1", "all", False),
        ("acks=ALL", "all", False),
        ("acks=1\nenable.idempotence=true", "1", True),
        ("acks=1\nenable.idempotence=false", "1", False),
        ("acks={{ acks }}", None, False),
    ],
)
def test_a_producer(lines: str, acknowledgements: str | None, is_refused: bool) -> None:
    text = f"bootstrap.servers=k:9092\nkey.serializer=a.B\n{lines}\n"
    estate = take_estate(MemoryTree({"producer.properties.j2": text}))
    (found,) = [fact for fact in estate.facts if isinstance(fact, KafkaProducer)]
    shown = found.acknowledgements
    assert (None if isinstance(shown, Unknown) else shown) == acknowledgements
    assert bool(found.refused) is is_refused


def protocols(found: KafkaBroker) -> dict[str, tuple[object, bool]]:
    return {each.name: (each.protocol, each.is_controller) for each in known(found.listeners)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LOG_DIRS", "log.dirs"),
        ("LISTENER_NAME_SASL__SSL_SSL_CLIENT_AUTH", "listener.name.sasl_ssl.ssl.client.auth"),
        ("LISTENER_NAME_A___B_X", "listener.name.a-b.x"),
        ("NODE_ID", "node.id"),
    ],
)
def test_names_of_variables(name: str, expected: str) -> None:
    assert dotted(name) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("PLAINTEXT://:9092", [("PLAINTEXT", "", 9092)]),
        ("a://h:1, B://[::1]:2 ,", [("A", "h", 1), ("B", "::1", 2)]),
        ("://h:1", [("", "h", 1)]),
        ("h:9092", None),
        ("A://h", None),
        ("A://h:x", None),
    ],
)
def test_listener_addresses(value: str, expected: list[tuple[str, str, int]] | None) -> None:
    found = parse_addresses(value)
    assert ([(each.name, each.host, each.port) for each in found] if found is not None else None) == expected


def test_protocol_map() -> None:
    assert parse_map("a:SSL, B:SASL_SSL") == {"A": "SSL", "B": "SASL_SSL"}
    assert parse_map("A:TLS") is None
    assert parse_map("A") is None


@given(st.lists(st.tuples(st.from_regex(r"[A-Z_]{1,6}", fullmatch=True), st.integers(0, 65535)), max_size=4))
def test_addresses_are_read_back(pairs: list[tuple[str, int]]) -> None:
    text = ",".join(f"{name}://host:{port}" for name, port in pairs)
    assert [(each.name, each.port) for each in parse_addresses(text) or []] == pairs


def test_controllers_are_plaintext_where_kraft_is_told_nothing() -> None:
    text = "process.roles=broker,controller\nnode.id=1\ncontroller.listener.names=C\n"
    found = broker({"server.properties": text + "listeners=PLAINTEXT://:9092,C://:9093\n"})
    assert not found.refused
    assert protocols(found) == {"PLAINTEXT": ("PLAINTEXT", False), "C": ("PLAINTEXT", True)}
    found = broker({"server.properties": text + "listeners=SSL://:9092,C://:9093\n"})
    assert [problem.message for problem in found.refused] == [
        "expected a protocol in listener.security.protocol.map for every listener"
    ]
    mapped = f"listener.security.protocol.map={DEFAULT_MAP}\nlisteners=PLAINTEXT://:9092,C://:9093\n"
    assert broker({"server.properties": text + mapped}).refused


def test_a_listeners_own_setting_beats_the_general_one() -> None:
    text = BASE + "listeners=SSL://:1,CL://h:2\nlistener.security.protocol.map=SSL:SSL,CL:SSL\n"
    text += (
        "ssl.client.auth=required\nlistener.name.cl.ssl.client.auth=none\nlistener.name.CL.ssl.client.auth=required\n"
    )
    found = {each.name: each.client_auth for each in known(broker({"server.properties": text}).listeners)}
    assert found == {"SSL": "required", "CL": "none"}


def test_keys_and_values_as_kafka_reads_them() -> None:
    text = (
        BASE
        + "min.insync.replicas = 1\nmin.insync.replicas : 2 \nMIN.INSYNC.REPLICAS=5\nsuper.users=User:a;\\\n  User:b\n"
    )
    found = broker({"server.properties": text})
    assert found.number("min.insync.replicas") == 2
    assert known(found.super_users) == {"User:a", "User:b"}


def test_apache_image_without_anything() -> None:
    found = broker({"compose.yaml": compose("apache/kafka:3.9.0")})
    assert protocols(found) == {"PLAINTEXT": ("PLAINTEXT", False), "CONTROLLER": ("PLAINTEXT", True)}
    assert found.settings["log.dirs"].origin is Origin.IMAGE
    assert found.parsed_version == (3, 9)


def test_apache_image_with_a_variable_has_kafkas_own_defaults() -> None:
    found = broker({"compose.yaml": compose("apache/kafka:3.9.0", {"KAFKA_NODE_ID": "1"})})
    assert found.number("offsets.topic.replication.factor") == 3
    assert found.text("log.dir") == "/tmp/kafka-logs"


def test_variables_beat_the_file_mounted_into_apaches_image() -> None:
    files = {
        "compose.yaml": compose(
            "apache/kafka:3.9.0",
            {"KAFKA_MIN_INSYNC_REPLICAS": "3"},
            "    volumes: ['./conf:/mnt/shared/config']\n",
        ),
        "conf/server.properties": BASE + "min.insync.replicas=1\ndefault.replication.factor=3\n",
    }
    found = broker(files)
    assert found.number("min.insync.replicas") == 3
    assert found.number("default.replication.factor") == 3
    assert "conf/server.properties" in found.consumed


def test_confluent_derives_listeners_from_those_it_advertises() -> None:
    environment = {"KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://kafka:29092", "KAFKA_ZOOKEEPER_CONNECT": "zk:2181"}
    found = broker(
        {"compose.yaml": compose("confluentinc/cp-kafka:7.6.0", environment, "    ports: ['29092:29092']\n")}
    )
    (listener,) = known(found.listeners)
    assert (listener.address.host, listener.address.port) == ("0.0.0.0", 29092)
    assert found.exposure_of(listener).reach is Reach.PUBLISHED
    assert found.parsed_version == (3, 6)


def test_confluent_stops_without_advertised_listeners() -> None:
    assert broker({"compose.yaml": compose("confluentinc/cp-kafka:7.6.0", {"KAFKA_BROKER_ID": "1"})}).refused


def test_each_listener_has_its_own_reach() -> None:
    environment = {
        "KAFKA_LISTENERS": "IN://kafka:29092,OUT://:9092,OWN://localhost:9999",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "IN:PLAINTEXT,OUT:SASL_SSL,OWN:PLAINTEXT",
        "KAFKA_ADVERTISED_LISTENERS": "IN://kafka:29092,OUT://example.org:9092,OWN://localhost:9999",
        "KAFKA_INTER_BROKER_LISTENER_NAME": "IN",
    }
    found = broker({"compose.yaml": compose("confluentinc/cp-kafka:7.6.0", environment, "    ports: ['9092:9092']\n")})
    reach = {each.name: found.exposure_of(each).reach for each in known(found.listeners)}
    assert reach == {"IN": Reach.CONTAINER_NETWORK, "OUT": Reach.PUBLISHED, "OWN": Reach.LOOPBACK}
    assert found.exposure.reach is Reach.PUBLISHED


def test_bitnami_reads_both_prefixes_and_starts_from_the_sample() -> None:
    environment = {
        "KAFKA_CFG_MIN_INSYNC_REPLICAS": "2",
        "KAFKA_LISTENERS": "SASL_SSL://:9092",
        "KAFKA_MIN_INSYNC_REPLICAS": "1",
    }
    found = broker({"compose.yaml": compose("bitnami/kafka:3.6", environment)})
    assert found.number("min.insync.replicas") == 2
    assert found.number("offsets.topic.replication.factor") == 1
    assert protocols(found) == {"SASL_SSL": ("SASL_SSL", False)}
    assert found.text("ssl.client.auth") == "required"


def test_bitnami_with_a_mounted_file_leaves_the_variables_alone() -> None:
    files = {
        "compose.yaml": compose(
            "bitnami/kafka:3.6",
            {"KAFKA_CFG_MIN_INSYNC_REPLICAS": "2"},
            "    volumes: ['./server.properties:/bitnami/kafka/config/server.properties']\n",
        ),
        "server.properties": BASE,
    }
    assert broker(files).number("min.insync.replicas") == 1


def test_wurstmeister_turns_every_underscore_into_a_dot() -> None:
    environment = {"KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false", "KAFKA_OPTS": "-Dx=y"}
    found = broker({"compose.yaml": compose("wurstmeister/kafka:2.13-2.8.1", environment)})
    assert found.flag("auto.create.topics.enable") is False
    assert found.parsed_version == (2, 8)
    assert "opts" not in found.settings


def test_a_command_with_a_file_and_overrides() -> None:
    command = "    command: bin/kafka-server-start.sh /etc/kafka/my.properties --override min.insync.replicas=2\n"
    files = {
        "compose.yaml": compose(
            "example.org/kafka:1", {}, command + "    volumes: ['./my.properties:/etc/kafka/my.properties']\n"
        ),
        "my.properties": BASE + "min.insync.replicas=1\n",
    }
    found = broker(files)
    assert found.number("min.insync.replicas") == 2
    assert found.settings["min.insync.replicas"].origin is Origin.FLAG


def test_an_image_that_is_not_known_decides_nothing() -> None:
    found = broker({"compose.yaml": compose("example.org/team/kafka:1")})
    assert isinstance(found.listeners, Unknown)
    assert isinstance(found.text("any.key"), Unknown)


def test_variables_of_a_file_that_is_not_scanned() -> None:
    files = {"compose.yaml": compose("apache/kafka:3.9.0", {"KAFKA_NODE_ID": "1"}, "    env_file: secret.env\n")}
    found = broker(files)
    assert isinstance(found.text("authorizer.class.name"), Unknown)
    assert isinstance(found.listeners, Unknown)


def test_variables_that_are_not_seen_may_override_a_mounted_file() -> None:
    more = "    env_file: secret.env\n    volumes: ['./server.properties:/mnt/shared/config/server.properties']\n"
    files = {
        "compose.yaml": compose("apache/kafka:3.9.0", {"KAFKA_NODE_ID": "1"}, more),
        "server.properties": BASE + "min.insync.replicas=2\n",
    }
    found = broker(files)
    assert isinstance(found.number("min.insync.replicas"), Unknown)
    assert found.text("node.id") == "1"


def test_an_image_that_nothing_runs_yet() -> None:
    assert isinstance(broker({"Dockerfile": "FROM apache/kafka:3.9.0\nENV KAFKA_NODE_ID=1\n"}).listeners, Unknown)
    files = {
        "Dockerfile": "FROM apache/kafka:3.9.0\nCOPY server.properties /mnt/shared/config/\n",
        "server.properties": BASE + "min.insync.replicas=2\n",
    }
    assert broker(files).number("min.insync.replicas") == 2


def test_a_script_that_ends_in_the_images_own() -> None:
    environment = {"KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://kafka:9092"}
    more = "    command: bash -c 'echo ready && /etc/confluent/docker/run'\n"
    assert known(broker({"compose.yaml": compose("confluentinc/cp-kafka:7.6.0", environment, more)}).listeners)


def test_another_program_in_the_image_is_no_broker() -> None:
    files = {"compose.yaml": compose("apache/kafka:3.9.0", {}, "    command: kafka-topics.sh --list\n")}
    assert not [fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, KafkaBroker)]


@pytest.mark.parametrize(
    ("environment", "is_open"),
    [
        ({"KAFKA_JMX_PORT": "9999"}, True),
        ({"JMX_PORT": "9999", "KAFKA_JMX_OPTS": "-Dcom.sun.management.jmxremote.ssl=true"}, False),
        ({"KAFKA_JMX_OPTS": "-Djmxremote.port=1 -Dcom.sun.management.jmxremote.authenticate=false"}, True),
        ({"KAFKA_JMX_OPTS": "-Dcom.sun.management.jmxremote.authenticate=false"}, False),
        ({}, False),
    ],
)
def test_remote_jmx(environment: dict[str, str], *, is_open: bool) -> None:
    found = broker({"compose.yaml": compose("apache/kafka:3.9.0", environment)})
    assert (found.jmx is not None) is is_open


def test_a_template_of_a_broker() -> None:
    text = BASE + "listeners={{ listeners }}\n{% if strict %}\nmin.insync.replicas=2\n{% endif %}\n"
    found = broker({"server.properties.j2": text})
    assert isinstance(found.listeners, Unknown)
    assert isinstance(found.number("min.insync.replicas"), Unknown)
    assert found.text("authorizer.class.name") == ""


def test_connect_by_variables() -> None:
    environment = {"CONNECT_BOOTSTRAP_SERVERS": "k:9092", "CONNECT_LISTENERS": "https://0.0.0.0:8443"}
    estate = take_estate(MemoryTree({"compose.yaml": compose("confluentinc/cp-kafka-connect:7.6.0", environment)}))
    (found,) = [fact for fact in estate.facts if isinstance(fact, KafkaConnect)]
    assert [(each.name, each.port) for each in known(found.addresses)] == [("HTTPS", 8443)]
    assert found.asks_who_is_there is False


def test_properties_of_a_managed_broker() -> None:
    found = server_properties(Source(path="main.tf", text="a = 1\na = 2 \nb=${x}\n", line=7, name="server.properties"))
    assert found.value("a") == "2"
    assert found.places["a"].line == 8
    assert isinstance(found.value("b"), Unknown)
    assert found.value("c") is None
    found = server_properties(Source(path="main.tf", text=f"a=1\n{HOLE}\n", name="server.properties"))
    assert isinstance(found.value("c"), Unknown)
