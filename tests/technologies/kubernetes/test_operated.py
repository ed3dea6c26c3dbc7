"""Configuration in custom resources, read as the files of the programs that their operators start."""

import json

import pytest

from auditor.model.credential import Credential
from auditor.model.exposure import Reach
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.otel import Collector

CONFIG = {
    "receivers": {"otlp": {"protocols": {"grpc": {"endpoint": "0.0.0.0:4317"}}}},
    "exporters": {"otlp": {"endpoint": "traces.clinic.example:4317", "tls": {"insecure": True}}},
    "service": {"pipelines": {"traces": {"receivers": ["otlp"], "exporters": ["otlp"]}}},
}
BLOCK = """\
    receivers:
      otlp:
        protocols:
          grpc:
            endpoint: 0.0.0.0:4317
    exporters:
      otlp:
        endpoint: traces.clinic.example:4317
        tls:
          insecure: true
    service:
      pipelines:
        traces:
          receivers: [otlp]
          exporters: [otlp]
"""
HEAD = """\
apiVersion: opentelemetry.io/{version}
kind: OpenTelemetryCollector
metadata:
  name: traces
spec:
"""


def collectors(text: str, path: str = "collector.yaml") -> list[Collector]:
    estate = take_estate(MemoryTree({path: text}))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Collector)]


@pytest.mark.parametrize(
    ("config", "line"),
    [
        ("  config: |\n" + BLOCK, 11),
        ("  config:\n" + BLOCK, 11),
        ("  config:\n" + BLOCK + "  replicas: 2\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n", 11),
        ("  config:\n" + BLOCK.replace("        protocols", "# shorter comment\n        protocols"), 12),
        (f"  config: {json.dumps(CONFIG)}\n  replicas: 2\n", 6),
        (f"  config: {json.dumps(CONFIG, indent=1)}\n", 11),
    ],
    ids=["text", "mapping", "more behind it", "comment left of it", "flow", "flow over lines"],
)
def test_configuration_of_a_collector(config: str, line: int) -> None:
    (found,) = collectors(HEAD.format(version="v1beta1") + config)
    (receiver,) = found.receivers
    assert (receiver.host, receiver.port, receiver.at.line) == ("0.0.0.0", 4317, line)
    assert receiver.exposure.reach is found.exposure.reach is Reach.CONTAINER_NETWORK
    assert found.origin == "kubernetes"
    assert [sender.is_plaintext for sender in found.senders] == [True]


def test_a_manifest_in_json() -> None:
    manifest = {
        "apiVersion": "opentelemetry.io/v1beta1",
        "kind": "OpenTelemetryCollector",
        "metadata": {"name": "traces"},
        "spec": {"config": CONFIG, "replicas": 1},
    }
    (found,) = collectors(json.dumps(manifest, indent=2), "collector.json")
    assert [receiver.port for receiver in found.receivers] == [4317]


@pytest.mark.parametrize("before", ["", "apiVersion: v1\nkind: List\nitems:\n  - "], ids=["alone", "in a list"])
@pytest.mark.parametrize("indent", [None, 1, 8])
def test_a_secret_in_the_flow_style_has_its_place(before: str, indent: int | None) -> None:
    secret = "Kj3h4kjh5k3jhZZ9qq"
    spec: dict[str, object] = {
        "traefik.io/v1alpha1 Middleware": {"headers": {"customRequestHeaders": {"Authorization": secret}}},
        "opentelemetry.io/v1beta1 OpenTelemetryCollector": {
            "config": {**CONFIG, "exporters": {"otlphttp": {"headers": {"authorization": secret}}}}
        },
    }
    for title, body in spec.items():
        version, kind = title.split()
        written = json.dumps(
            {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}, "spec": body}, indent=indent
        )
        text = before + written.replace("\n", "\n    ") + "\n"
        facts = take_estate(MemoryTree({"a.yaml": text})).facts
        places = [fact.at for fact in facts if isinstance(fact, Credential)]
        assert places
        assert {text.split("\n")[at.line - 1][at.column - 1 : at.end_column].strip('"') for at in places} == {secret}


def test_the_network_of_the_host() -> None:
    (found,) = collectors(HEAD.format(version="v1alpha1") + "  hostNetwork: true\n  config: |\n" + BLOCK)
    assert [receiver.exposure.reach for receiver in found.receivers] == [Reach.HOST_NETWORK]


@pytest.mark.parametrize(
    "config", ["  config: {}\n", "  config: text\n", "  config: []\n", "  mode: sidecar\n", "  {}\n"]
)
def test_what_is_no_configuration(config: str) -> None:
    assert collectors(HEAD.format(version="v1beta1") + config) == []


def test_another_kind_of_the_same_name() -> None:
    text = HEAD.format(version="v1beta1").replace("opentelemetry.io", "example.com") + "  config:\n" + BLOCK
    assert collectors(text) == []
