"""Which files are OpenSearch's."""

import pytest

from auditor.technologies.recognition.opensearch import recognise

META = '---\n_meta:\n  type: "{}"\n  config_version: 2\n'


@pytest.mark.parametrize(
    ("name", "head", "strength"),
    [
        ("opensearch.yml", "cluster.name: a\n", 3),
        ("opensearch.yml", "# nothing\n", 2),
        ("opensearch.yml.example", "plugins.security.nodes_dn: [a]\n", 3),
        ("elasticsearch.yml", "opendistro_security.ssl.http.enabled: true\n", 3),
        ("custom.yml", "plugins:\n  security:\n    disabled: true\n", 2),
        ("internal_users.yml", META.format("internalusers"), 3),
        ("config.yml", META.format("config"), 3),
        ("config.yml", "_meta:\n  type: page\n  config_version: 2\n", None),
        ("config.yml", "_meta:\n  type: config\n", None),
        ("opensearch_dashboards.yml", "opensearch.hosts: [a]\nserver.port: 1\n", None),
        ("opensearch.yaml", "apiVersion: apps/v1\nkind: StatefulSet\n", None),
        ("opensearch.yml", "- hosts: all\n", None),
        ("elasticsearch.yml", "cluster.name: a\n", None),
        ("docker-compose-opensearch.yml", "services:\n  a:\n    image: opensearch\n", None),
    ],
)
def test_recognition(name: str, head: str, strength: int | None) -> None:
    found = recognise(name, name, head)
    assert (found.strength if found else None) == strength
