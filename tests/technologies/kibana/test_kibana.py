"""Kibana's settings files and the servers they configure."""

import pytest

from auditor.model.exposure import Reach
from auditor.model.unknown import Unknown, known
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.kibana import KIBANA, Kibana


def servers(files: dict[str, str]) -> list[Kibana]:
    estate = take_estate(MemoryTree(dict(files)))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Kibana)]


def server(files: dict[str, str]) -> Kibana:
    (found,) = servers(files)
    return found


def compose(image: str, environment: str = "{}", more: str = "") -> dict[str, str]:
    text = f'services:\n  k:\n    image: {image}\n    ports: ["5601:5601"]\n    environment: {environment}\n{more}'
    return {"compose.yaml": text}


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("etc/kibana/kibana.yml", "server.host: x\n", 3),
        ("kibana.yml.j2", "elasticsearch.hosts: {{ hosts }}\n", 3),
        ("config/opensearch_dashboards.yml", "opensearch:\n  hosts: [a]\n", 3),
        ("k8s/kibana.yaml", "apiVersion: v1\nkind: Service\n", None),
        ("dashboards/grafana.yml", "apiVersion: 1\nproviders: []\n", None),
        ("dashboards.yml", "server.host: x\n", None),
        ("kibana.yml", "- hosts: all\n  roles: [kibana]\n", None),
        ("roles/kibana.yml", "kibana_version: 8\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = KIBANA.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('["http://a:9200", "https://b.example:9200"]', [(False, "a"), (True, "b.example")]),
        ("'[\"https://[2001:db8::1]:9200\"]'", [(True, "2001:db8::1")]),
        ("https://user:sample-only@b.example", [(True, "b.example")]),
        ('["http://localhost:9200", "http://127.0.0.1:9200"]', []),
    ],
)
def test_addresses_of_the_cluster(value: str, expected: list[tuple[bool, str]]) -> None:
    found = known(server({"kibana.yml": f"elasticsearch.hosts: {value}\n"}).remote_clusters)
    assert [(each.is_tls, each.host) for each in found] == expected


def test_a_file_listens_on_loopback_unless_it_says_otherwise() -> None:
    assert server({"kibana.yml": "server.port: 5601\n"}).exposure.reach is Reach.LOOPBACK
    for everywhere in ("0.0.0.0", '"0"', "0"):
        found = server({"kibana.yml": f"server.host: {everywhere}\n"}).exposure
        assert (found.reach, found.reason) == (Reach.HOST_NETWORK, "it listens on all addresses of its host")


def test_the_older_name_of_the_cluster() -> None:
    assert known(server({"kibana.yml": "elasticsearch.url: http://es1.example:9200\n"}).remote_clusters)


def test_the_image_of_dashboards_verifies_nothing_until_it_is_told() -> None:
    image = "opensearchproject/opensearch-dashboards:2.19.1"
    name = "opensearch.ssl.verificationMode"
    assert server(compose(image)).text(name) == "none"
    assert server(compose(image, "{OPENSEARCH_SSL_VERIFICATIONMODE: full}")).text(name) == "full"
    mounted = '    volumes: ["./d.yml:/usr/share/opensearch-dashboards/config/opensearch_dashboards.yml:ro"]\n'
    own = {**compose(image, more=mounted), "d.yml": "opensearch.hosts: [https://a:9200]\n"}
    assert server(own).text(name) is None


def test_a_variable_wins_over_the_mounted_file() -> None:
    mounted = '    volumes: ["./kibana.yml:/usr/share/kibana/config/kibana.yml:ro"]\n'
    files = compose("docker.elastic.co/kibana/kibana:8.18.0", "{SERVER_SSL_ENABLED: 'true'}", mounted)
    found = server({**files, "kibana.yml": "server.host: 0.0.0.0\nserver.ssl.enabled: false\n"})
    assert found.is_on("server.ssl.enabled") is True
    assert found.exposure.reach is Reach.PUBLISHED


def test_values_of_templates_are_not_known() -> None:
    found = server({"kibana.yml.j2": "server.host: {{ host }}\nelasticsearch.hosts: {{ hosts }}\n"})
    assert isinstance(found.host, Unknown)
    assert isinstance(found.clusters, Unknown)


def test_another_image_is_not_judged() -> None:
    assert not servers(compose("clinic/kibana-export:1"))
