"""What containers and files make of their sources, in the server's order."""

import pytest

from auditor.model.exposure import Reach
from auditor.model.secret import Secret
from auditor.model.unknown import Unknown, known
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.zookeeper import ZooKeeper
from auditor.technologies.zookeeper.members import parse_member
from auditor.technologies.zookeeper.parameters import PARAMETERS

BASE = "tickTime=2000\ndataDir=/data\nclientPort=2181\n"


def service(files: dict[str, str]) -> ZooKeeper:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    (found,) = [fact for fact in estate.facts if isinstance(fact, ZooKeeper)]
    return found


def compose(image: str, environment: str = "", more: str = "") -> str:
    lines = f"services:\n  zk:\n    image: {image}\n"
    if environment:
        lines += "    environment:\n" + "".join(f"      {line}\n" for line in environment.split("\n"))
    return lines + more


def test_the_official_image_writes_its_configuration_from_variables() -> None:
    found = service(
        {"compose.yaml": compose("zookeeper:3.9", 'ZOO_TICK_TIME: "1000"\nZOO_CFG_EXTRA: "skipACL=yes a=b"')}
    )
    assert not found.refused
    assert found.text("tickTime") == "1000"
    assert found.text("skipACL") == "yes"
    assert found.plain_address == "0.0.0.0"
    assert found.parsed_version == (3, 9, 99)
    assert [member.client_port for member in found.members] == [2181]  # type: ignore[union-attr]  # known here
    assert found.exposure.reach is Reach.CONTAINER_NETWORK


def test_a_mounted_configuration_replaces_the_variables_of_the_official_image() -> None:
    files = {
        "compose.yaml": compose(
            "zookeeper:3.9", "ZOO_CFG_EXTRA: skipACL=yes", "    volumes: ['./zoo.cfg:/conf/zoo.cfg']\n"
        ),
        "zoo.cfg": BASE + "maxClientCnxns=5\n",
    }
    found = service(files)
    assert found.text("skipACL") == "no"
    assert found.number("maxClientCnxns") == 5
    assert "zoo.cfg" in found.consumed


def test_bitnami_with_login_and_tls() -> None:
    environment = 'ZOO_ENABLE_AUTH: "yes"\nZOO_TLS_CLIENT_ENABLE: "true"\nZOO_TLS_PORT_NUMBER: "3333"'
    found = service({"compose.yaml": compose("bitnami/zookeeper:3.9", environment)})
    assert not found.refused
    assert found.requires_login is True
    assert found.plain_address is None
    assert found.text("secureClientPort") == "3333"
    assert isinstance(found.admin_address, Unknown)


def test_bitnami_stops_without_a_word_on_authentication() -> None:
    found = service({"compose.yaml": compose("bitnami/zookeeper:3.9")})
    assert [problem.message.split(";")[0] for problem in found.refused] == [
        "expected ZOO_ENABLE_AUTH=yes or ALLOW_EMPTY_PASSWORD=yes"
    ]
    assert not service({"compose.yaml": compose("bitnami/zookeeper:3.8", 'ALLOW_ANONYMOUS_LOGIN: "yes"')}).refused


def test_confluent_reads_its_own_variables_and_drops_others() -> None:
    environment = (
        "ZOOKEEPER_CLIENT_PORT: 2181\nZOOKEEPER_AUDIT_ENABLE: 'true'\nZOOKEEPER_SERVERS: a:2888:3888;b:2888:3888;c:2888:3888\n"
        "KAFKA_OPTS: -Dzookeeper.4lw.commands.whitelist=* -Xmx1g"
    )
    found = service({"compose.yaml": compose("confluentinc/cp-zookeeper:7.4.0", environment)})
    assert not found.refused
    assert found.text("audit.enable") == "false"
    assert known(found.commands) == {"*"}
    assert found.number("initLimit") == 10
    assert found.is_ensemble is True
    assert found.parsed_version == (3, 6, 3)


def test_an_image_that_is_not_known_decides_nothing() -> None:
    found = service({"compose.yaml": compose("example.org/platform/zookeeper:1.2")})
    assert isinstance(found.has_open_port, Unknown)
    assert isinstance(found.members, Unknown)


def test_another_program_in_the_image_is_no_server() -> None:
    files = {"compose.yaml": compose("zookeeper:3.9", "", "    command: zkCli.sh -server zk:2181 ls /\n")}
    assert not [fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, ZooKeeper)]


def test_a_server_of_another_image_is_found_by_what_starts_it() -> None:
    more = (
        "    command: sh -c 'bin/zookeeper-server-start.sh /opt/config/zk.properties'\n"
        "    volumes: ['./zk.properties:/opt/config/zk.properties']\n"
    )
    found = service({"compose.yaml": compose("example.org/kafka:1", "", more), "zk.properties": BASE})
    assert found.has_open_port is True
    assert found.plain_at.path == "zk.properties"


def test_an_old_server_answers_every_word_and_has_no_admin_server() -> None:
    found = service({"compose.yaml": compose("zookeeper:3.4.9")})
    assert known(found.commands) == {"*"}
    found = service({"compose.yaml": compose("zookeeper:3.4.14", "ZOO_ADMINSERVER_ENABLED: 'false'")})
    assert known(found.commands) == {"all but wchc and wchp"}
    assert found.admin_address is None


def test_variables_of_a_file_that_is_not_scanned_may_set_anything() -> None:
    found = service({"compose.yaml": compose("zookeeper:3.9", "", "    env_file: secret.env\n")})
    assert isinstance(found.text("skipACL"), Unknown)
    assert isinstance(found.members, Unknown)


def test_lines_of_a_template() -> None:
    text = BASE + "{% if strict %}\nskipACL=no\n{% endif %}\n4lw.commands.whitelist={{ words }}\n"
    found = service({"zoo.cfg.j2": text})
    assert isinstance(found.text("skipACL"), Unknown)
    assert isinstance(found.commands, Unknown)
    assert found.plain_address == "0.0.0.0"
    found = service({"zoo.cfg.j2": "skipACL=yes\n{{ extra }}\n" + BASE})
    assert isinstance(found.text("skipACL"), Unknown)


def test_members_in_a_dynamic_file() -> None:
    files = {"zoo.cfg": BASE + "dynamicConfigFile=dyn\n", "dyn": "server.1=a:2888:3888;2181\nversion=1\n"}
    found = service(files)
    assert [member.host for member in found.members] == ["a"]  # type: ignore[union-attr]  # known here
    assert "dyn" in found.consumed


def test_a_member_that_is_not_filled_in() -> None:
    found = service({"zookeeper.properties": "tickTime=2000\ndataDir=./state\nserver.1=\n"})
    assert not found.refused
    assert isinstance(found.plain_address, Unknown)


def test_secrets_are_sealed() -> None:
    found = service({"zoo.cfg": BASE + "ssl.keyStore.password=sample-only\n"})
    assert isinstance(found.settings["ssl.keyStore.password"].value, Secret)
    with pytest.raises(TypeError):
        found.text("ssl.keyStore.password")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("zk1:2888:3888", ("zk1", False, None, "")),
        ("zk1:2888:3888:observer", ("zk1", True, None, "")),
        ("zk1:2888:3888:OBSERVER;2181", ("zk1", True, 2181, "")),
        ("zk1:2888:3888;127.0.0.1:2181", ("zk1", False, 2181, "127.0.0.1")),
        ("[2001:db8::1]:2888:3888", ("2001:db8::1", False, None, "")),
        ("a:2888:3888|b:2889:3889", ("a", False, None, "")),
        ("", None),
        ("zk1", None),
        ("zk1:2888", None),
    ],
)
def test_members(value: str, expected: tuple[str, bool, int | None, str] | None) -> None:
    found = parse_member(1, value, service({"zoo.cfg": BASE}).at)
    got = (found.host, found.is_observer, found.client_port, found.client_address) if found else None
    assert got == expected


def test_every_default_says_where_it_is_from() -> None:
    found = service({"zoo.cfg": BASE})
    assert all(found.settings[name].source or found.settings[name].at for name in PARAMETERS)
