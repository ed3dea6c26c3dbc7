"""What a node of Elasticsearch does with its settings, by version, file, image and variables."""

from typing import Any

import pytest

from auditor.model.exposure import Reach
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.elasticsearch import Elasticsearch

IMAGE = "docker.elastic.co/elasticsearch/elasticsearch"
SINGLE = {"discovery.type": "single-node"}


def nodes(files: dict[str, str]) -> list[Elasticsearch]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Elasticsearch)]


def container(
    tag: str, environment: dict[str, str], *, image: str = IMAGE, more: str = "", **files: str
) -> Elasticsearch:
    lines = "".join(f'      {name}: "{value}"\n' for name, value in environment.items())
    compose = f"services:\n  es:\n    image: {image}:{tag}\n    environment:\n{lines}{more}"
    (node,) = nodes({"compose.yaml": compose, **files})
    return node


def file(text: str) -> Elasticsearch:
    (node,) = nodes({"elasticsearch.yml": text})
    return node


def truth(value: bool | Unknown) -> bool | None:
    return None if isinstance(value, Unknown) else value


@pytest.mark.parametrize(
    ("tag", "environment", "security", "http_tls"),
    [
        ("9.0.0", SINGLE, True, True),
        ("8.13.0", SINGLE, True, True),
        ("8.13.0", SINGLE | {"xpack.security.enabled": "true"}, True, False),
        ("8.13.0", SINGLE | {"xpack.security.enabled": "false"}, False, False),
        ("8.13.0", SINGLE | {"xpack.security.autoconfiguration.enabled": "false"}, True, False),
        ("8.13.0", {"discovery.seed_hosts": "a,b", "cluster.initial_master_nodes": "a,b"}, True, False),
        ("7.17.9", SINGLE, False, False),
        ("7.17.9", SINGLE | {"xpack.security.http.ssl.enabled": "true"}, False, False),
        ("7.17.9", SINGLE | {"xpack.security.enabled": "true"}, True, False),
        ("6.8.0", SINGLE, False, False),
        ("6.2.0", SINGLE, None, None),
        ("7", SINGLE, False, False),
        ("latest", SINGLE, None, None),
        ("latest", SINGLE | {"xpack.security.enabled": "false"}, False, False),
    ],
)
def test_log_in_and_tls_by_version(
    tag: str, environment: dict[str, str], security: bool | None, http_tls: bool | None
) -> None:
    node = container(tag, environment)
    assert (truth(node.security), truth(node.http_tls)) == (security, http_tls)


def test_images_without_xpack_have_no_log_in() -> None:
    assert container("7.10.2", SINGLE, image=f"{IMAGE}-oss").security is False
    assert container("5.6", SINGLE, image="elasticsearch").security is False
    refused = container("7.10.2", SINGLE | {"xpack.security.enabled": "false"}, image=f"{IMAGE}-oss").refused
    assert "X-Pack" in refused[0].message


@pytest.mark.parametrize(
    ("text", "security"),
    [
        ("network.host: 10.0.0.1\n", None),
        ("discovery.zen.minimum_master_nodes: 1\n", None),
        ("discovery.zen.minimum_master_nodes: 1\ndiscovery.seed_hosts: [a]\n", False),
        ("node.master: true\nnode.roles: [master]\n", False),
        ("xpack.security.enrollment.enabled: true\n", True),
        ("xpack.security.enabled: {{ secure }}\n", None),
        ("searchguard.ssl.http.enabled: true\nxpack.security.enabled: false\n", None),
    ],
)
def test_settings_tell_the_version_of_a_file(text: str, security: bool | None) -> None:
    assert truth(file(text).security) == security


def test_tls_that_a_restart_loses_is_not_known() -> None:
    node = container("8.13.0", SINGLE, more="    volumes: [data:/usr/share/elasticsearch/data]\nvolumes: {data: {}}\n")
    assert isinstance(node.http_tls, Unknown)


def test_a_mounted_file_replaces_the_image_s_and_a_variable_beats_it() -> None:
    more = "    volumes: ['./es.yml:/usr/share/elasticsearch/config/elasticsearch.yml']\n"
    node = container("7.17.9", SINGLE, more=more, **{"es.yml": "xpack.security.enabled: true\nhttp.port: 9201\n"})
    assert node.security is True
    assert node.http_hosts == ("_local_",)
    assert node.exposure.reach is Reach.LOOPBACK
    assert node.consumed == {"es.yml"}
    other = container("7.17.9", SINGLE | {"http.port": "9300"}, more=more, **{"es.yml": "http.port: 9201\n"})
    assert other.settings["http.port"].value == "9300"
    assert other.settings["http.port"].origin is Origin.ENVIRONMENT


def test_an_unscanned_env_file_leaves_the_rest_open() -> None:
    node = container("8.13.0", SINGLE, more="    env_file: [secret.env]\n")
    assert isinstance(node.security, Unknown)
    assert node.is_single_node is True


@pytest.mark.parametrize(
    ("tag", "environment", "phrase"),
    [
        ("8.13.0", {"xpack.security.enabled": "false"}, "discovery.type"),
        ("7.17.9", {}, "discovery.type"),
        ("7.17.9", {"discovery.seed_hosts": "a", "xpack.security.enabled": "true"}, "transport.ssl"),
        ("8.13.0", SINGLE | {"discovery.zen.ping.unicast.hosts": "a"}, "8.0 removed"),
        ("8.13.0", SINGLE | {"xpack.security.http.ssl.key": "k"}, "http.ssl.enabled"),
        ("8.13.0", SINGLE | {"xpack.security.http.ssl.enabled": "true"}, "keystore.path"),
        ("8.13.0", SINGLE | {"xpack.security.enabeld": "true"}, "resembles"),
        ("8.13.0", SINGLE | {"xpack.security.enabled": "no"}, "true or false"),
        ("7.17.9", SINGLE | {"cluster.initial_master_nodes": "a"}, "beside discovery.type"),
        ("7.17.9", SINGLE | {"ES_SETTING_DISCOVERY_TYPE": "single-node"}, "once"),
        ("7.17.9", SINGLE | {"index.refresh_interval": "1s"}, "index"),
    ],
)
def test_refused(tag: str, environment: dict[str, str], phrase: str) -> None:
    assert any(phrase in problem.message for problem in container(tag, environment).refused)


@pytest.mark.parametrize(
    ("tag", "environment"),
    [
        ("8.13.0", {}),
        ("6.8.0", {}),
        ("7.17.9", {"transport.host": "127.0.0.1"}),
        ("7.17.9", {"discovery.seed_hosts": "a", "cluster.initial_master_nodes": "a,b"}),
        (
            "7.17.9",
            {
                "discovery.seed_hosts": "a",
                "xpack.security.enabled": "true",
                "xpack.license.self_generated.type": "trial",
            },
        ),
        ("7.17.9", SINGLE | {"xpack.security.enabled": "true"}),
        ("8.13.0", SINGLE | {"xpack.security.authc.realms.file.file1.order": "0"}),
    ],
)
def test_not_refused(tag: str, environment: dict[str, str]) -> None:
    assert container(tag, environment).refused == ()


@pytest.mark.parametrize(
    ("text", "hosts", "outside"),
    [
        ("cluster.name: a\n", ("_local_",), ()),
        ("network.host: [_local_, 10.0.0.1]\n", ("_local_", "10.0.0.1"), ("10.0.0.1",)),
        ("network.host: 10.0.0.1\nhttp.host: 127.0.0.1\n", ("127.0.0.1",), ()),
        ("network.host: _local:ipv4_\n", ("_local:ipv4_",), ()),
        ("network.host: _site_\n", ("_site_",), ("_site_",)),
        ("http.bind_host: 0.0.0.0\nhttp.host: 127.0.0.1\n", ("0.0.0.0",), ("0.0.0.0",)),
    ],
)
def test_addresses(text: str, hosts: tuple[str, ...], outside: tuple[str, ...]) -> None:
    assert file(text).http_hosts == hosts
    assert file(text).http_outside == outside


@pytest.mark.parametrize(
    ("environment", "security", "http_tls"),
    [
        ({}, False, False),
        ({"ELASTICSEARCH_ENABLE_SECURITY": "true"}, True, True),
        ({"ELASTICSEARCH_ENABLE_SECURITY": "true", "ELASTICSEARCH_ENABLE_REST_TLS": "false"}, True, False),
        ({"xpack.security.enabled": "true"}, False, False),
    ],
)
def test_bitnami(environment: dict[str, str], security: bool, http_tls: bool) -> None:
    node = container("8.13.0", environment, image="bitnami/elasticsearch")
    assert (node.security, node.http_tls) == (security, http_tls)
    assert node.refused == ()


@pytest.mark.parametrize(
    "more",
    [
        "    command: ['bash', '-c', 'elasticsearch-certutil ca --silent']\n",
        "    entrypoint: ['sleep', 'infinity']\n",
    ],
)
def test_a_container_that_runs_something_else_is_no_node(more: str) -> None:
    compose = f"services:\n  setup:\n    image: {IMAGE}:8.13.0\n{more}"
    assert nodes({"compose.yaml": compose}) == []


def test_a_shell_that_starts_the_server_is_followed() -> None:
    more = "    command: ['bash', '-c', 'bin/elasticsearch-plugin install x && exec elasticsearch -Ehttp.port=9201']\n"
    assert container("8.13.0", SINGLE, more=more).text("http.port") == "9201"


def test_a_config_map_and_the_environment_of_a_pod() -> None:
    manifest = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: search}
data:
  elasticsearch.yml: |
    network.host: 0.0.0.0
    xpack.security.enabled: false
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: search}
spec:
  serviceName: search
  selector: {matchLabels: {app: search}}
  template:
    metadata: {labels: {app: search}}
    spec:
      containers:
      - name: es
        image: docker.elastic.co/elasticsearch/elasticsearch:8.13.0
        env:
        - {name: discovery.type, value: single-node}
        ports: [{containerPort: 9200}]
        volumeMounts:
        - {name: conf, mountPath: /usr/share/elasticsearch/config/elasticsearch.yml, subPath: elasticsearch.yml}
      volumes:
      - name: conf
        configMap: {name: search}
"""
    (node,) = nodes({"search.yaml": manifest})
    assert (node.security, node.is_single_node, node.origin) == (False, True, "kubernetes")
    assert node.where("xpack.security.enabled").line == 7


def test_no_password_is_in_the_settings() -> None:
    node: Any = file("xpack.http.ssl.keystore.password: not-a-real-one\n")
    assert "not-a-real-one" not in repr(dict(node.settings))
    assert node.settings["xpack.http.ssl.keystore.password"].shown() == "14 characters, mixed characters"


@pytest.mark.parametrize(
    ("port", "clients", "others"),
    [(9200, Reach.PUBLISHED, Reach.CONTAINER_NETWORK), (9300, Reach.PUBLISHED, Reach.PUBLISHED)],
)
def test_the_port_for_other_nodes_is_reached_by_itself(port: int, clients: Reach, others: Reach) -> None:
    found = container("8.18.0", SINGLE, more=f'    ports: ["{port}:{port}"]\n')
    assert (found.exposure.reach, found.transport_exposure.reach) == (clients, others)


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("network.host: 10.0.0.1\n", Reach.HOST_NETWORK),
        ("network.host: 10.0.0.1\ntransport.host: _local_\n", Reach.LOOPBACK),
        ("cluster.name: a\n", Reach.LOOPBACK),
    ],
)
def test_where_a_file_listens_for_other_nodes(text: str, reach: Reach) -> None:
    assert file(text).transport_exposure.reach is reach


@pytest.mark.parametrize(
    ("origin", "is_any"),
    [
        ('"*"', True),
        ('"/.*/"', True),
        ('"/^https?:\\\\/\\\\/.*$/"', True),
        ('"/https?:\\\\/\\\\/localhost(:[0-9]+)?/"', False),
        ('"https://a.example"', False),
    ],
)
def test_any_origin(origin: str, is_any: bool) -> None:
    assert file(f"http.cors.enabled: true\nhttp.cors.allow-origin: {origin}\n").any_origin is is_any
