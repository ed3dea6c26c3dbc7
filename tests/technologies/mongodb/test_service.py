"""The accessors of a server started with one file."""

import pytest

from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.mongodb import MONGODB, Mongod
from auditor.technologies.mongodb.effective import file_server
from auditor.technologies.mongodb.reader import read


def server(text: str, name: str = "mongod.conf") -> Mongod:
    return file_server(read(Source(path=name, text=text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False),
        ("security:\n  authorization: enabled\n", True),
        ("security:\n  authorization: disabled\n", False),
        ("security:\n  keyFile: /k\n", True),
        ("security:\n  clusterAuthMode: x509\n", True),
        ("security:\n  keyFile: /k\n  authorization: enabled\n", True),
    ],
)
def test_authorization(text: str, expected: bool) -> None:
    assert server(text).authorization is expected


def test_disabled_beside_a_key_file_is_not_decided_without_a_version() -> None:
    found = server("security:\n  keyFile: /k\n  authorization: disabled\n")
    assert found.is_disabled_beside_key is True
    assert isinstance(found.authorization, Unknown)


def test_a_templated_section_decides_nothing_about_what_is_absent() -> None:
    found = server("net:\n  port: 27017\nsecurity:\n  {{ security }}\n")
    assert isinstance(found.authorization, Unknown)
    assert found.tls_mode == "disabled"


@pytest.mark.parametrize(
    ("text", "addresses", "reach"),
    [
        ("", ("localhost",), Reach.LOOPBACK),
        ("net:\n  bindIp: 127.0.0.1, /tmp/mongod.sock\n", ("127.0.0.1", "/tmp/mongod.sock"), Reach.LOOPBACK),
        ("net:\n  bindIp: '*'\n", ("0.0.0.0",), Reach.HOST_NETWORK),
        ("net:\n  bindIp: 127.0.0.1\n  bindIpAll: true\n", ("0.0.0.0",), Reach.HOST_NETWORK),
        ("net:\n  bindIp: 127.0.0.1\n  bindIpAll: false\n", ("127.0.0.1",), Reach.LOOPBACK),
        ("bind_ip = 10.0.0.4\n", ("10.0.0.4",), Reach.HOST_NETWORK),
    ],
)
def test_addresses(text: str, addresses: tuple[str, ...], reach: Reach) -> None:
    found = server(text)
    assert found.bind_addresses == addresses
    assert found.exposure.reach is reach


def test_an_absent_setting_is_shown_at_its_section() -> None:
    found = server("storage:\n  dbPath: /data\nnet:\n  port: 1\nsecurity:\n  keyFile: /k\n")
    assert found.where("security.authorization").line == 5
    assert found.where("net.tls.mode").line == 3
    assert found.where("auditLog.destination").line == 1


def test_a_router_stores_no_data() -> None:
    text = "sharding:\n  configDB: cfg/10.0.0.1:27019\n"
    assert not server(text).is_data_node
    assert not server("net:\n  port: 1\n", "mongos.conf").is_data_node
    assert server(text).is_member is True


@pytest.mark.parametrize(
    ("name", "head", "strength"),
    [
        ("mongod.conf", "storage:\n  dbPath: /data\n", 3),
        ("mongod.conf", "# nothing set\n", 2),
        ("mongod.conf.j2", "net:\n  port: {{ port }}\n", 3),
        ("my-mongo.conf", "dbpath=/data\nauth=true\n", 3),
        ("mongos.yaml", "sharding:\n  configDB: a/b:1\n", 3),
        ("db.conf", "systemLog:\n  destination: file\nnet:\n  port: 1\n", 2),
        ("mongodb.yaml", "apiVersion: v1\nkind: Service\n", 0),
        ("docker-compose.mongodb.yml", "services:\n  mongo:\n    image: mongo\n", 0),
        ("values-mongodb.yaml", "architecture: replicaset\n", 0),
        ("playbook.yml", "- hosts: db\n  roles: [mongod]\n", 0),
        ("app.yaml", "storage:\n  path: /x\nsecurity:\n  level: 1\n", 0),
    ],
)
def test_recognition(name: str, head: str, strength: int) -> None:
    found = MONGODB.recognise(name, f"deploy/{name}", head)
    assert (found.strength if found else 0) == strength


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("sharding:\n  configDB: c/a:1\n", 0),
        ("net:\n  port: 1\n", 1),
        ("{{ sharding }}\nnet:\n  port: 1\n", 0),
        ("sharding:\n  configDB: c/a:1\n  clusterRole: shardsvr\nstorage:\n  dbPath: /d\n", 2),
        ("sharding:\n  configDB: c/a:1\nsecurity:\n  keyFile: /k\n  transitionToAuth: true\n", 0),
    ],
)
def test_a_router_refuses_options_of_a_data_node_and_needs_its_configuration_servers(text: str, count: int) -> None:
    assert len(server(text, "mongos.conf").refused) == count
