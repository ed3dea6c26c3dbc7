"""What Cassandra does with its settings, by version, file, image and variables."""

import pytest

from auditor.model.exposure import Reach
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.cassandra import Cassandra
from auditor.technologies.recognition.cassandra import recognise

BASE = """\
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.0.0.1"
commitlog_sync: batch
listen_address: 10.0.0.1
# broadcast_rpc_address: 1.2.3.4
"""
MOUNT = "    volumes: ['./c.yaml:/etc/cassandra/cassandra.yaml']\n"


def servers(files: dict[str, str]) -> list[Cassandra]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Cassandra)]


def file(text: str, **more: str) -> Cassandra:
    (server,) = servers({"cassandra.yaml": BASE + text, **more})
    return server


def container(
    image: str, environment: dict[str, str] | None = None, more: str = "", files: dict[str, str] | None = None
) -> Cassandra:
    lines = "".join(f'      {name}: "{value}"\n' for name, value in (environment or {}).items())
    compose = f"services:\n  db:\n    image: {image}\n" + (f"    environment:\n{lines}" if lines else "") + more
    (server,) = servers({"compose.yaml": compose, **(files or {})})
    return server


def truth(value: bool | Unknown) -> bool | None:
    return None if isinstance(value, Unknown) else value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False),
        ("authenticator: PasswordAuthenticator\n", True),
        ("authenticator:\n  class_name: org.apache.cassandra.auth.MutualTlsAuthenticator\n", True),
        ("authenticator: org.apache.cassandra.auth.AllowAllAuthenticator\n", False),
        ("authenticator:\n", False),
        ("authenticator: {{ kind }}\n", None),
    ],
)
def test_log_in(text: str, expected: bool | None) -> None:
    assert truth(file(text).authenticates) == expected


@pytest.mark.parametrize(
    ("options", "tls", "plaintext"),
    [
        ("", False, None),
        ("  enabled: true\n", True, None),
        ("  enabled: yes\n", True, None),
        ("  enabled: true\n  optional: true\n", True, "client_encryption_options.optional"),
        ("  enabled: false\n  optional: true\n", True, "client_encryption_options.optional"),
        ("  enabled: true\nnative_transport_port_ssl: 9142\n", True, "native_transport_port_ssl"),
        ("  enabled: true\nnative_transport_port_ssl: 9042\n", True, None),
    ],
)
def test_tls_for_clients(options: str, tls: bool, plaintext: str | None) -> None:
    server = file(f"client_encryption_options:\n{options}" if options else "")
    assert (server.client_tls, server.plaintext_setting) == (tls, plaintext)


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("rpc_address: localhost\n", Reach.LOOPBACK),
        ("rpc_address: 10.0.0.1\n", Reach.HOST_NETWORK),
        ("", Reach.HOST_NETWORK),
        ("rpc_interface: eth0\n", Reach.UNKNOWN),
        ("rpc_address: 0.0.0.0\nbroadcast_rpc_address: 10.0.0.1\n", Reach.HOST_NETWORK),
    ],
)
def test_exposure(text: str, reach: Reach) -> None:
    assert file(text).exposure.reach is reach


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("authorizer: CassandraAuthorizer\n", "asks for a log-in"),
        ("network_authorizer: CassandraNetworkAuthorizer\n", "asks for a log-in"),
        ("rpc_address: 0.0.0.0\n", "broadcast_rpc_address"),
        ("rpc_address: '::'\n", "broadcast_rpc_address"),
        ("listen_address: 0.0.0.0\n", "one address"),
        ("listen_interface: eth0\n", "not both"),
        ("commitlog_sync: periodic\n", "commitlog_sync_period"),
        ("commitlog_sync: group\n", "group_window"),
        ("commitlog_sync_period: 10s\n", "no commitlog_sync_period"),
        ("commitlog_sync: periodic\ncommitlog_sync_period: 1s\ncommitlog_sync_period_in_ms: 1000\n", "both names"),
        ("audit_logging_options:\n  enabled: true\nstart_rpc: true\n", "4.0 removed"),
    ],
)
def test_refused(text: str, phrase: str) -> None:
    assert any(phrase in problem.message for problem in file(text).refused)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "authenticator: PasswordAuthenticator\nauthorizer: CassandraAuthorizer\n",
        "authorizer: AllowAllAuthorizer\nnum_tokens: 1\nnum_tokens: 16\n",
        "start_rpc: false\nrpc_port: 9160\n",
        "commitlog_sync: batch\ncommitlog_sync_period: 0ms\n",
        "commitlog_sync: {{ sync }}\n",
    ],
)
def test_not_refused(text: str) -> None:
    assert file(text).refused == ()


def test_a_fragment_under_another_name_need_not_be_whole() -> None:
    text = "authenticator: PasswordAuthenticator\nauthorizer: CassandraAuthorizer\nendpoint_snitch: SimpleSnitch\n"
    (whole,) = servers({"cassandra.yaml": text})
    (part,) = servers({"10-cassandra.yaml": text})
    assert [problem.message.split()[1] for problem in whole.refused] == [
        "partitioner;",
        "seed_provider;",
        "commitlog_sync;",
    ]
    assert part.refused == ()


def test_the_official_image_is_open_and_listens_everywhere() -> None:
    server = container("cassandra:5.0", more='    ports: ["9042:9042"]\n')
    assert (server.authenticates, server.listens_everywhere, server.refused) == (False, True, ())
    assert server.exposure.reach is Reach.PUBLISHED
    assert server.class_of("endpoint_snitch") == "SimpleSnitch"


@pytest.mark.parametrize(
    ("text", "environment", "address"),
    [
        ("rpc_address: 10.0.0.1\n", {}, "0.0.0.0"),
        ("rpc_address: 10.0.0.1\n", {"CASSANDRA_RPC_ADDRESS": "10.0.0.2"}, "10.0.0.2"),
        ("", {"CASSANDRA_RPC_ADDRESS": "10.0.0.2"}, None),
        ("# rpc_address: 10.0.0.1\n", {}, "0.0.0.0"),
    ],
)
def test_the_entrypoint_edits_the_lines_that_a_mounted_file_has(
    text: str, environment: dict[str, str], address: str | None
) -> None:
    server = container("cassandra:5.0", environment, MOUNT, {"c.yaml": BASE + text})
    assert server.text("rpc_address") == address
    assert server.consumed == {"c.yaml"}


def test_a_variable_that_the_image_does_not_read_changes_nothing() -> None:
    assert container("cassandra:5.0", {"CASSANDRA_AUTHENTICATOR": "PasswordAuthenticator"}).authenticates is False


@pytest.mark.parametrize(
    ("environment", "authenticates", "default_password"),
    [
        ({}, True, True),
        ({"CASSANDRA_PASSWORD": "not-a-real-one"}, True, False),
        ({"CASSANDRA_PASSWORD_FILE": "/run/secrets/c"}, True, False),
        ({"ALLOW_EMPTY_PASSWORD": "yes"}, False, False),
        (
            {"CASSANDRA_AUTHENTICATOR": "AllowAllAuthenticator", "CASSANDRA_AUTHORIZER": "AllowAllAuthorizer"},
            False,
            True,
        ),
    ],
)
def test_bitnami(environment: dict[str, str], authenticates: bool, default_password: bool) -> None:
    server = container("bitnami/cassandra:4.1", environment)
    assert (server.authenticates, server.default_password, server.refused) == (authenticates, default_password, ())


def test_a_script_beside_the_file_decides_about_jmx() -> None:
    script = 'LOCAL_JMX=no\nif [ "$LOCAL_JMX" = "yes" ]; then\n  :\nelse\n  JVM_OPTS="$JVM_OPTS -Dcassandra.jmx.remote.port=1"\nfi\n'
    found = servers({"conf/cassandra.yaml": BASE, "conf/cassandra-env.sh": script})
    assert [server.jmx.remote for server in found] == [True]
    alone = servers({"conf/cassandra-env.sh": script})
    assert alone[0].jmx.authenticated is True
    assert isinstance(alone[0].authenticates, Unknown)


@pytest.mark.parametrize(
    ("port", "clients", "nodes", "jmx"),
    [
        (9042, Reach.PUBLISHED, Reach.CONTAINER_NETWORK, Reach.CONTAINER_NETWORK),
        (7000, Reach.CONTAINER_NETWORK, Reach.PUBLISHED, Reach.CONTAINER_NETWORK),
        (7199, Reach.CONTAINER_NETWORK, Reach.CONTAINER_NETWORK, Reach.PUBLISHED),
    ],
)
def test_each_port_is_reached_by_itself(port: int, clients: Reach, nodes: Reach, jmx: Reach) -> None:
    found = container("cassandra:4.1", more=f'    ports: ["{port}:{port}"]\n')
    assert (found.exposure.reach, found.node_exposure.reach, found.jmx_exposure.reach) == (clients, nodes, jmx)


def test_nodes_are_reached_where_the_file_listens_for_them() -> None:
    found = file("rpc_address: localhost\n")
    assert (found.exposure.reach, found.node_exposure.reach) == (Reach.LOOPBACK, Reach.HOST_NETWORK)


def test_versions_before_4_cannot_audit() -> None:
    text = BASE + "audit_logging_options:\n  enabled: true\n"
    assert container("cassandra:3.11", more=MOUNT, files={"c.yaml": text}).audits is False
    assert container("cassandra:4.1", more=MOUNT, files={"c.yaml": text}).audits is True


def test_a_container_that_runs_something_else_is_no_server() -> None:
    assert servers({"compose.yaml": "services:\n  a:\n    image: cassandra:5.0\n    command: cqlsh db\n"}) == []


@pytest.mark.parametrize(
    ("name", "head", "strength"),
    [
        ("cassandra.yaml", "cluster_name: a\nnum_tokens: 16\n", 3),
        ("cassandra_latest.yaml", "# nothing\n", 2),
        ("cassandra.yaml.j2", "cluster_name: {{ name }}\n", 3),
        ("settings.yaml", "cluster_name: a\npartitioner: b\nseed_provider: []\ncommitlog_sync: batch\n", 2),
        ("cassandra-env.sh", 'JVM_OPTS="$JVM_OPTS -Xmx1G"\n', 3),
        ("cqlshrc", "[authentication]\n", 2),
        ("cassandra.yaml", "apiVersion: apps/v1\nkind: StatefulSet\n", None),
        ("cassandra.yml", "- hosts: all\n  roles: [cassandra]\n", None),
        ("docker-compose-cassandra.yml", "services:\n  c:\n    image: cassandra\n", None),
        (
            "scylla.yaml",
            "cluster_name: a\ncommitlog_sync: batch\npartitioner: a\nseed_provider: a\napi_address: b\n",
            None,
        ),
        ("setup.sh", "export JVM_OPTS=-Xmx1G\n", None),
    ],
)
def test_recognition(name: str, head: str, strength: int | None) -> None:
    found = recognise(name, name, head)
    assert (found.strength if found else None) == strength
