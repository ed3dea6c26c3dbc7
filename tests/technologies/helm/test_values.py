"""Values as Helm merges and reads them, and any values that the charts may be given."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.formats import yaml
from auditor.formats.tree import Mapping
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.helm.release import Release, major_of
from auditor.technologies.helm.values import Values, layered, parameter
from auditor.technologies.redis import Redis

from .releases import BITNAMI, GRAFANA, PROMETHEUS, facts, umbrella

AT = Location("values.yaml", 1)


def tree(text: str) -> Mapping:
    node = next(iter(yaml.parse(Source(path="values.yaml", text=text))))
    assert isinstance(node, Mapping)
    return node


def values(*texts: str) -> Values:
    return Values(layered([tree(text) for text in texts], AT), AT)


def test_maps_are_merged_and_the_rest_is_replaced() -> None:
    found = values("a: {b: 1, c: [1, 2]}", "a: {c: [3]}")
    assert found.text("a", "b", default="").value == "1"
    assert [word.value for word in found.words("a", "c")] == ["3"]


def test_null_takes_a_value_and_its_default_away() -> None:
    found = values("a: {b: true}", "a: {b: null}")
    assert found.boolean("a", "b", default=True).value is False
    assert values("a: null").text("a", "b", default="x").value == ""


@pytest.mark.parametrize("text", ["a: {b: 'true'}", "a: {b: 1}", "a: {b: {c: 1}}", "a: text", "a: {b: '{{ x }}'}"])
def test_what_is_no_boolean_is_not_known(text: str) -> None:
    assert isinstance(values(text).boolean("a", "b", default=True).value, Unknown)


def test_lines_that_a_template_adds_hide_what_stands_below() -> None:
    found = values("a: {b: 1}\nd: 1", "a:\n  b: 2\n{{ toYaml .Values.x }}\n")
    assert isinstance(found.text("d", default="").value, Unknown)


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [("a.b", ("a", "b"), "x"), ("a.b\\.c", ("a", "b.c"), "x"), ("a.b[0].c", ("a", "b"), None)],
)
def test_parameters(name: str, path: tuple[str, ...], value: str | None) -> None:
    given_value = tree("x: x").scalar("x")
    assert given_value is not None
    found = Values(parameter(name, given_value), AT).text(*path, default="").value
    assert found == value if value is not None else isinstance(found, Unknown)


@pytest.mark.parametrize(
    ("constraint", "major"),
    [
        ("19.6.4", 19), ("v19.6.4", 19), ("19", 19), ("19.x", 19), ("19.x.x", 19), ("19.*", 19), ("^19.1.0", 19),
        ("~19.1", 19), ("~19", 19), (">=19.0.0 <20.0.0", 19), (">= 19.0.0, < 20.0.0", 19), ("19.1.0 - 19.9.0", 19),
        ("", None), ("*", None), ("x", None), (">=19.0.0", None), (">19", None), ("19.0.0 || 20.0.0", None),
        (">=18.0.0 <20.0.0", None), ("18.0.0 - 20.0.0", None), ("!=19.0.0", None), ("<20", None), ("latest", None),
    ],
)  # fmt: skip
def test_the_major_version_that_a_range_lets_in(constraint: str, major: int | None) -> None:
    assert major_of(constraint) == major


CHARTS = [
    ("redis", "19.6.4", BITNAMI), ("postgresql", "15.5.38", BITNAMI), ("mysql", "9.23.0", BITNAMI),
    ("mariadb", "20.5.9", BITNAMI), ("mongodb", "16.5.45", BITNAMI), ("rabbitmq", "14.7.0", BITNAMI),
    ("kafka", "14.8.1", BITNAMI), ("kafka", "28.3.0", BITNAMI), ("grafana", "8.5.9", GRAFANA),
    ("prometheus", "25.1.0", PROMETHEUS), ("kube-prometheus-stack", "65.0.0", PROMETHEUS),
]  # fmt: skip
PATHS = """architecture auth.enabled auth.existingSecret auth.usePasswordFiles auth.acl.enabled auth.tls.enabled
auth.clientProtocol auth.username auth.enablePostgresUser tls.enabled tls.mode tls.authClients tls.mTLS.enabled
commonConfiguration configuration extraConfiguration existingConfigmap config extraConfig primary.configuration
primary.extendedConfiguration primary.pgHbaConfiguration primary.service.type primary.extraFlags primary.initdb.scripts
master.service.type master.count master.disableCommands master.extraFlags replica.replicaCount sentinel.enabled
networkPolicy.enabled networkPolicy.allowExternal externalAccess.enabled externalAccess.service.type service.type
service.annotations service.targetPort metrics.enabled image.tag image.repository image.registry image.digest
global.imageRegistry resources resources.limits.memory resourcesPreset livenessProbe.enabled command args
diagnosticMode.enabled extraEnvVars extraEnvVarsSecret extraVolumeMounts containerSecurityContext
containerSecurityContext.enabled containerSecurityContext.runAsUser listeners listeners.client.protocol
listeners.extraListeners listeners.overrideListeners broker.replicaCount controller.controllerOnly kraft.enabled
grafana\\.ini grafana\\.ini.security.cookie_secure grafana.enabled env envFromSecret adminPassword ingress.enabled
ldap.enabled ldap.config server.extraFlags server.extraArgs server.service.type prometheus.prometheusSpec
prometheus.prometheusSpec.web.tlsConfig alertmanager.alertmanagerSpec.replicas plugins fullnameOverride""".split()
LEAVES: st.SearchStrategy[object] = st.sampled_from(
    [
        True, False, None, 0, 1, 70000, "", "text", "{{ .Values.x }}", "ENC[AES256_GCM,data:x,type:str]", [], {}, ["a"], [{}],
        [{"name": "A", "value": "b"}], {"a": "b"}, {"a": {"b": True}}, "a = b\nc = d\n", "LoadBalancer", "replication", "replicaset",
    ]
)  # fmt: skip


def nested(chosen: dict[str, object]) -> dict[str, object]:
    """Return values with `chosen` at its paths; a path below one that holds something else is left out."""
    result: dict[str, object] = {}
    blocks: dict[tuple[str, ...], dict[str, object]] = {(): result}
    for path, leaf in sorted(chosen.items()):
        parts = tuple(part.replace("\0", ".") for part in path.replace("\\.", "\0").split("."))
        for depth in range(1, len(parts)):
            above, name = blocks.get(parts[: depth - 1]), parts[depth - 1]
            if above is not None and name not in above:
                above[name] = blocks[parts[:depth]] = {}
        around = blocks.get(parts[:-1])
        if around is not None:
            around[parts[-1]] = leaf
    return result


@pytest.mark.parametrize(("chart", "version", "repository"), CHARTS)
@given(chosen=st.dictionaries(st.sampled_from(PATHS), LEAVES, max_size=6))
@settings(max_examples=40, deadline=None)
def test_no_values_break_a_chart(chart: str, version: str, repository: str, chosen: dict[str, object]) -> None:
    text = json.dumps({chart: nested(chosen)}, indent=1)
    estate = take_estate(MemoryTree(umbrella(chart, version, text, repository=repository)))
    assert not estate.faults


@given(
    chosen=st.dictionaries(st.sampled_from(PATHS), LEAVES, max_size=5),
    unknown=st.sampled_from(["auth.enabled", "auth", "."]),
)
@settings(max_examples=60, deadline=None)
def test_a_password_that_is_not_known_is_never_decided(chosen: dict[str, object], unknown: str) -> None:
    tree_of_values = nested({path: leaf for path, leaf in chosen.items() if not path.startswith("auth")})
    if unknown == ".":
        written: object = "{{ .Values.x }}"
    else:
        written = tree_of_values | {"auth": {"enabled": "{{ .Values.x }}"} if "." in unknown else "{{ .Values.x }}"}
    files = umbrella("redis", "19.6.4", json.dumps({"redis": written}, indent=1))
    for redis in facts(Redis, files):
        assert isinstance(redis.users, Unknown), chosen


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("18.11.0", True),
        ("18.10.3", False),
        ("18.x", None),
        ("^18.12", None),
        ("19.x", True),
        ("17.x", False),
        ("", None),
    ],
)
def test_defaults_that_changed_within_a_major_version(version: str, expected: bool | None) -> None:
    release = Release(
        chart="redis",
        repository=BITNAMI,
        called="redis",
        name="clinic",
        version=version,
        namespace="",
        at=AT,
        folder="",
        tree=tree("{}"),
    )
    found = release.since((18, 11), then=True, before=False)
    assert isinstance(found, Unknown) if expected is None else found is expected
