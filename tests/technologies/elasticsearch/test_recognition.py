"""Which files are Elasticsearch's."""

import pytest

from auditor.technologies.recognition.elasticsearch import recognise

SETTINGS = "cluster.name: clinic\nnetwork.host: 10.0.0.1\nxpack.security.enabled: true\n"


@pytest.mark.parametrize(
    ("name", "head", "strength"),
    [
        ("elasticsearch.yml", SETTINGS, 3),
        ("elasticsearch.yml.j2", "cluster.name: {{ name }}\n", 3),
        ("my_elasticsearch.yml", "xpack:\n  security:\n    enabled: true\n", 2),
        ("elasticsearch.yml", "# cluster.name: my-application\n", 2),
        ("node-1.yml", SETTINGS, 2),
        ("elasticsearch.yml", "apiVersion: v1\nkind: ConfigMap\n", None),
        ("elasticsearch.yaml", "apiVersion: elasticsearch.k8s.elastic.co/v1\nkind: Elasticsearch\n", None),
        ("elasticsearch.yml", "- hosts: all\n  roles: [elasticsearch]\n", None),
        ("docker-compose-elasticsearch.yml", "services:\n  es:\n    image: elasticsearch:8\n", None),
        ("elasticsearch.yml", SETTINGS + "opendistro_security.ssl.http.enabled: true\n", None),
        (
            "kibana.yml",
            "elasticsearch.hosts: [http://es:9200]\nxpack.security.encryptionKey: x\nserver.port: 1\n",
            None,
        ),
        ("openapi.yaml", "openapi: 3.0.0\npaths: {}\n", None),
        ("values.yaml", "replicas: 3\nesConfig:\n  elasticsearch.yml: |\n    xpack.security.enabled: true\n", None),
    ],
)
def test_recognition(name: str, head: str, strength: int | None) -> None:
    found = recognise(name, name, head)
    assert (found.strength if found else None) == strength
