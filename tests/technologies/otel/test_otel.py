"""What runs in a Collector, where it listens and what it sends."""

from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.formats import yaml
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.otel import OTEL, Collector
from auditor.technologies.otel.document import merged, resolved

MADE_UP = "example-token-0192"
RECEIVERS = "receivers:\n  otlp:\n    protocols:\n      grpc:\n      http: {endpoint: '0.0.0.0:9999'}\n"
EXPORTERS = "exporters:\n  otlp: {endpoint: 'traces.example:4317'}\n"
SERVICE = "service:\n  pipelines:\n    traces: {receivers: [otlp], exporters: [otlp]}\n"
PLAIN = RECEIVERS + EXPORTERS + SERVICE


def collectors(files: dict[str, str]) -> list[Collector]:
    estate = take_estate(MemoryTree(dict(files)))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Collector)]


def alone(text: str) -> Collector:
    (found,) = collectors({"otel.yaml": text})
    return found


def container(text: str, tag: str = "0.113.0", lines: str = "", **files: str) -> Collector:
    compose = (
        f"services:\n  t:\n    image: otel/opentelemetry-collector-contrib:{tag}\n{lines}"
        "    volumes: ['./otel.yaml:/etc/otelcol-contrib/config.yaml', './more.yaml:/more.yaml']\n"
    )
    named = {name.replace("_", "."): content for name, content in files.items()}
    (found,) = collectors({"compose.yaml": compose, "otel.yaml": text, **named})
    return found


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("otel-collector-config.yaml", PLAIN, 3),
        ("config.yaml", PLAIN, 2),
        ("relay", PLAIN, 3),
        ("config.yaml.tmpl", PLAIN.replace("traces.example:4317", "{{ where }}"), 2),
        ("alertmanager.yml", "route: {}\nreceivers: []\n", None),
        ("operator.yaml", "kind: OpenTelemetryCollector\nspec:\n  config:\n    receivers:\n    exporters:\n", None),
        ("values.yaml", "config:\n  receivers: {}\n  exporters: {}\n  service: {pipelines: {}}\n", None),
        ("tempo.yaml", "distributor:\n  receivers:\n    otlp:\nexporters: {}\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = OTEL.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


@pytest.mark.parametrize(
    ("tag", "lines", "reach"),
    [
        ("0.113.0", "", Reach.LOOPBACK),
        ("0.104.0", "", Reach.LOOPBACK),
        ("0.103.1", "", Reach.CONTAINER_NETWORK),
        ("0.98.0", "    command: [--config=/etc/otelcol-contrib/config.yaml, --feature-gates=component.UseLocalHostAsDefaultHost]\n",
         Reach.LOOPBACK),
        ("0.105.0", "    command: [--config, /etc/otelcol-contrib/config.yaml, --feature-gates=-component.UseLocalHostAsDefaultHost]\n",
         Reach.CONTAINER_NETWORK),
    ],
)  # fmt: skip
def test_where_it_listens_by_default(tag: str, lines: str, reach: Reach) -> None:
    grpc, http = container(PLAIN, tag, lines).receivers
    assert (grpc.port, grpc.exposure.reach) == (4317, reach)
    assert (http.port, http.exposure.reach) == (9999, Reach.CONTAINER_NETWORK)


def test_the_version_is_not_known() -> None:
    grpc, http = alone(PLAIN).receivers
    assert isinstance(grpc.host, Unknown)
    assert (http.host, http.exposure.reach) == ("0.0.0.0", Reach.HOST_NETWORK)


def test_only_what_a_pipeline_names_runs() -> None:
    text = (
        "receivers:\n  otlp: {protocols: {grpc: {endpoint: '0.0.0.0:1'}}}\n  zipkin: {endpoint: '0.0.0.0:2'}\n"
        "  redis: {endpoint: 'cache:6379'}\n"
        "exporters:\n  otlp: {endpoint: 'a.example:1', tls: {insecure: true}}\n  debug: {verbosity: detailed}\n"
        "  otlphttp: {endpoint: 'http://b.example'}\n"
        "extensions:\n  zpages: {endpoint: '0.0.0.0:3'}\n  pprof: {}\n"
        "service:\n  extensions: [pprof]\n  pipelines:\n    traces: {receivers: [otlp, redis], exporters: [otlp]}\n"
    )
    found = alone(text)
    assert [each.name for each in found.receivers] == ["otlp (grpc)"]
    assert [each.name for each in found.senders] == ["otlp"]
    assert [(each.name, each.exposure.is_loopback) for each in found.diagnostics] == [("pprof", True)]
    assert found.logged == ()


@pytest.mark.parametrize(
    ("exporter", "plaintext"),
    [
        ("otlp: {endpoint: 'a.example:4317'}", False),
        ("otlp: {endpoint: 'http://a.example:4317'}", False),
        ("otlp: {endpoint: 'a.example:4317', tls: {insecure: true}}", True),
        ("otlp: {endpoint: 'https://a.example:4317', tls: {insecure: true}}", False),
        ("otlp: {endpoint: 'a.example:4317', tls: {insecure: true, ca_file: ca.crt}}", False),
        ("otlphttp: {endpoint: 'https://a.example', tls: {insecure: true}}", False),
        ("otlphttp: {endpoint: 'http://a.example'}", True),
        ("otlphttp: {traces_endpoint: 'http://a.example/v1/traces'}", True),
        ("elasticsearch: {endpoints: ['http://a.example:9200']}", True),
    ],
)
def test_plaintext(exporter: str, plaintext: bool) -> None:
    name = exporter.partition(":")[0]
    found = alone(
        RECEIVERS + f"exporters:\n  {exporter}\n" + SERVICE.replace("exporters: [otlp]", f"exporters: [{name}]")
    )
    (sender,) = found.senders
    assert (sender.is_plaintext, sender.is_local) == (plaintext, False)


def test_variables() -> None:
    text = PLAIN.replace("traces.example:4317", "${env:WHERE}").replace("0.0.0.0:9999", "${env:MY_POD_IP}:4318")
    found = container(text, lines="    environment: {WHERE: 'far.example:4317'}\n")
    assert [each.host for each in found.senders] == ["far.example"]
    assert found.receivers[1].exposure.reach is Reach.CONTAINER_NETWORK
    (sender,) = alone(text).senders
    assert isinstance(sender.address, Unknown)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${env:A:-localhost:4317}", "localhost:4317"),
        ("${A:-x}", "x"),
        ("plain:1", "plain:1"),
        ("${env:POD_IP}:1", "0.0.0.0:1"),
    ],
)
def test_defaults_of_variables(text: str, expected: str) -> None:
    assert resolved(text, None) == expected
    assert isinstance(resolved("${file:/x}", None), Unknown)


def test_several_files() -> None:
    more = (
        "exporters:\n  otlp: {tls: {insecure: true}}\nservice:\n  pipelines:\n    traces: {exporters: [otlp, debug]}\n"
    )
    found = container(
        PLAIN + "",
        lines="    command: [--config=/etc/otelcol-contrib/config.yaml, --config=file:/more.yaml]\n",
        more_yaml=more,
    )
    assert [each.is_plaintext for each in found.senders] == [True]
    assert [problem.message for problem in found.refused] == ["expected a component that exporters has"]


def test_parts_that_are_not_files() -> None:
    found = container(PLAIN, lines="    command: [--config=/etc/otelcol-contrib/config.yaml, '--config=env:MORE']\n")
    assert found.incomplete
    assert not found.refused
    (elsewhere,) = collectors({"compose.yaml": "services:\n  t:\n    image: otel/opentelemetry-collector:0.113.0\n"})
    assert elsewhere.incomplete


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (PLAIN, 0),
        (PLAIN.replace("receivers: [otlp]", "receivers: [zipkin]"), 1),
        (PLAIN.replace("receivers: [otlp]", "receivers: []"), 1),
        (PLAIN.replace("service:\n", "service:\n  extensions: [zpages]\n"), 1),
        (PLAIN.replace("exporters: [otlp]", "exporters: [{{ exporter }}]"), 0),
    ],
)
def test_what_is_refused(text: str, refused: int) -> None:
    assert len(alone(text).refused) == refused


def test_an_exporter_that_is_gone() -> None:
    text = RECEIVERS + "exporters:\n  logging: {}\n" + SERVICE.replace("exporters: [otlp]", "exporters: [logging]")
    assert container(text, "0.111.0").refused
    assert not container(text, "0.110.0").refused
    assert not alone(text).refused


def test_units_and_config_maps() -> None:
    files = {
        "etc/systemd/system/otelcol.service": "[Service]\nExecStart=/usr/bin/otelcol --config=/etc/otelcol/config.yaml\n",
        "etc/otelcol/config.yaml": PLAIN,
    }
    (unit,) = collectors(files)
    assert (unit.origin, len(unit.receivers)) == ("systemd", 2)


def test_secrets() -> None:
    text = PLAIN.replace(
        "'traces.example:4317'}",
        "'traces.example:4317', headers: {Authorization: 'Bearer "
        + MADE_UP
        + "', x-scope: clinic, api-key: '${env:KEY}'}}",
    )
    document = OTEL.parse(Source(path="otel.yaml", text=text))
    assert [(each.key, each.server_secret) for each in document.assignments()] == [
        ("Authorization", True),
        ("x-scope", False),
    ]
    assert MADE_UP not in repr(alone(text))
    address = PLAIN.replace("traces.example:4317", f"https://u:{MADE_UP}@traces.example")
    assert MADE_UP not in repr(alone(address))


def plain(node: Node | None) -> object:
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node}
    return (
        [plain(item) for item in node]
        if isinstance(node, Sequence)
        else node.text
        if isinstance(node, Scalar)
        else None
    )


TREES = st.recursive(
    st.sampled_from(["a", "b"]),
    lambda children: (
        st.dictionaries(st.sampled_from("xyz"), children, min_size=1, max_size=3)
        | st.lists(children, min_size=1, max_size=2)
    ),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(st.sampled_from("xyz"), TREES, min_size=1, max_size=3)


def read(tree: dict[str, object]) -> Mapping:
    (node,) = yaml.parse(Source(path="a.yaml", text=str(tree)))
    assert isinstance(node, Mapping)
    return node


def expected(first: object, second: object) -> object:
    if not isinstance(first, dict) or not isinstance(second, dict):
        return second
    one, other = cast("dict[str, object]", first), cast("dict[str, object]", second)
    both = {key: expected(one[key], other[key]) for key in one.keys() & other.keys()}
    return {**one, **other, **both}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MAPPINGS, MAPPINGS)
def test_merging(first: dict[str, object], second: dict[str, object]) -> None:
    assert plain(merged(read(first), read(second))) == expected(first, second)


def test_a_flag_with_an_unknown_value_leaves_the_configuration_known() -> None:
    given = '    command: ["--config=/etc/otelcol-contrib/config.yaml", "--log-level=${LEVEL}"]\n'
    assert container(PLAIN, lines=given).incomplete == ""
    assert container(PLAIN, lines=given.replace("--log-level=", "")).incomplete


def test_a_file_of_comments_adds_nothing() -> None:
    compose = (
        "services:\n  t:\n    image: otel/opentelemetry-collector-contrib:0.113.0\n"
        "    command: ['--config=/otel.yaml', '--config=/extras.yaml']\n"
        "    volumes: ['./otel.yaml:/otel.yaml', './extras.yaml:/extras.yaml']\n"
    )
    (found,) = collectors({"compose.yaml": compose, "otel.yaml": PLAIN, "extras.yaml": "# exporters:\n"})
    assert not found.refused
    assert not found.incomplete
