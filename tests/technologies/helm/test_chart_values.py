"""A chart's values in its templates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats import yaml
from auditor.formats.tree import Mapping
from auditor.model.exposure import Reach
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.kubernetes.chart_values import ChartValues
from auditor.technologies.redis import Redis

CHART = "apiVersion: v2\nname: cache\nversion: 1.0.0\nappVersion: 7.4.1\n"
VALUES = """\
image: {repository: redis, tag: ""}
replicas: 3
port: 6379
service:
  type: LoadBalancer
limits: {memory: 512Mi}
flags: [--protected-mode, "no"]
off: false
zero: 0
quoted: "0"
nothing:
"""
TEMPLATE = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    metadata:
      labels: {app: "{{ .Release.Name }}"}
    spec:
      containers:
        - name: cache
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          args: [redis-server, --port, {{ .Values.port | quote }}]
          ports: [{containerPort: {{ .Values.port }}}]
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  type: {{ .Values.service.type }}
  selector: {app: "{{ .Release.Name }}"}
  ports: [{port: {{ .Values.port }}}]
"""
FILES = {"cache/Chart.yaml": CHART, "cache/values.yaml": VALUES, "cache/templates/all.yaml": TEMPLATE}


def estate(files: dict[str, str]) -> tuple[Workload, Redis | None]:
    found = take_estate(MemoryTree(files))
    assert not found.faults
    (workload,) = [fact for fact in found.facts if isinstance(fact, Workload)]
    return workload, next((fact for fact in found.facts if isinstance(fact, Redis)), None)


def test_a_chart_is_judged_with_its_own_values() -> None:
    workload, redis = estate(FILES)
    assert workload.image is not None
    assert (workload.image.value, workload.image_version) == ("redis:7.4.1", "7.4.1")
    assert workload.replicas is not None
    assert (workload.replicas.value, workload.replicas.at.path, workload.replicas.at.line) == (
        3,
        "cache/values.yaml",
        2,
    )
    assert redis is not None
    assert (redis.version, redis.number("port")) == ("7.4.1", 6379)
    assert redis.exposure.reach is Reach.PUBLISHED
    assert redis.exposure.at == Location("cache/values.yaml", 5, 9, 5, 20)


@pytest.mark.parametrize("path", ["cache/values-prod.yaml", "deploy/prod.values.yaml", "deploy/values.yaml"])
def test_where_another_values_file_disagrees_the_value_is_not_known(path: str) -> None:
    workload, redis = estate({**FILES, path: "service: {type: ClusterIP}\nreplicas: 3\n"})
    assert workload.replicas is not None
    assert workload.replicas.value == 3
    assert redis is not None
    assert redis.exposure.reach is Reach.UNKNOWN


def test_values_of_another_chart_are_its_own() -> None:
    other = {"web/Chart.yaml": CHART.replace("cache", "web"), "web/values.yaml": "service: {type: ClusterIP}\n"}
    _, redis = estate({**FILES, **other})
    assert redis is not None
    assert redis.exposure.reach is Reach.PUBLISHED


def test_a_chart_inside_another_gets_its_values_from_there() -> None:
    files = {"app/Chart.yaml": CHART.replace("cache", "app")}
    files |= {f"app/charts/{path}": text for path, text in FILES.items()}
    workload, _ = estate(files)
    assert workload.image is not None
    assert isinstance(workload.image.value, Unknown)


@pytest.mark.parametrize(
    ("around", "is_there"),
    [
        ("if .Values.off", False),
        ("if .Values.port", True),
        ("if .Values.quoted", True),
        ("if .Values.missing.too", False),
        ("if .Values.global.missing", True),
        ("if and .Values.port .Values.off", False),
        ("if or .Values.port .Values.off", True),
        ("if or .Values.zero .Values.off", False),
        ("if not .Values.port", True),
        ("if eq .Values.port 1", True),
        ("with .Values.nothing", False),
        ("range .Values.flags", True),
    ],
)
def test_an_object_in_a_condition_that_the_values_make_false_is_left_out(around: str, is_there: bool) -> None:
    first, second = TEMPLATE.split("---\n")
    text = f"{first}---\n{{{{- {around} }}}}\n{second}{{{{- end }}}}\n"
    _, redis = estate({**FILES, "cache/templates/all.yaml": text})
    assert redis is not None
    assert (redis.exposure.reach is Reach.PUBLISHED) is is_there
    over = f"{first}---\n{{{{- {around} }}}}\n{{{{- end }}}}\n{second}"
    _, redis = estate({**FILES, "cache/templates/all.yaml": over})
    assert redis is not None
    assert redis.exposure.reach is Reach.PUBLISHED
    other = f"{first}---\n{{{{- {around} }}}}\n{{{{- else }}}}\n{second}{{{{- end }}}}\n"
    _, redis = estate({**FILES, "cache/templates/all.yaml": other})
    assert redis is not None
    assert redis.exposure.reach is Reach.PUBLISHED


def test_where_another_values_file_says_that_it_is_there_it_stays() -> None:
    first, second = TEMPLATE.split("---\n")
    text = f"{first}---\n{{{{- if .Values.off }}}}\n{second}{{{{- end }}}}\n"
    _, redis = estate({**FILES, "cache/templates/all.yaml": text, "cache/values-prod.yaml": "off: true\n"})
    assert redis is not None
    assert redis.exposure.reach is Reach.PUBLISHED


def test_a_configuration_with_values_in_its_lines() -> None:
    config = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  redis.conf: |\n    port {{ .Values.port }}\n"
        '    maxclients {{ include "clients" . }}\n    timeout {{ .Values.zero }}\n'
    )
    template = TEMPLATE.replace("args: [redis-server, --port, {{ .Values.port | quote }}]", "args: [/conf/redis.conf]")
    template = template.replace(
        "          ports:", "          volumeMounts: [{name: c, mountPath: /conf}]\n          ports:"
    ).replace("---\n", "      volumes: [{name: c, configMap: {name: conf}}]\n---\n", 1)
    _, redis = estate({**FILES, "cache/templates/all.yaml": template, "cache/templates/config.yaml": config})
    assert redis is not None
    assert (redis.number("port"), redis.number("timeout")) == (6379, 0)
    assert redis.where("timeout").line == 9
    assert isinstance(redis.number("maxclients"), Unknown)


def values() -> ChartValues:
    def tree(text: str) -> Mapping:
        node = next(iter(yaml.parse(Source(path="x", text=text))))
        assert isinstance(node, Mapping)
        return node

    return ChartValues(tree(CHART), tree(VALUES), [])


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("{{ .Values.port }}", "6379"),
        ("{{- $.Values.port -}}", "6379"),
        ("{{ .Values.service.type | quote }}", "LoadBalancer"),
        ("{{ quote .Values.service.type }}", "LoadBalancer"),
        ("{{ .Values.none | default 5 }}", "5"),
        ("{{ default 5 .Values.none }}", "5"),
        ('{{ .Values.nothing | default "a b" }}', "a b"),
        ("{{ .Values.zero | default 5 }}", "5"),
        ("{{ .Values.off | default true }}", "true"),
        ("{{ .Values.quoted | default 5 }}", "0"),
        ("{{ .Values.port | default 5 | toString }}", "6379"),
        ('{{ required "set it" .Values.port }}', "6379"),
        ("x{{ .Values.port }}y{{ .Chart.Name }}", "x6379ycache"),
        ("{{ .Values.none }}", None),
        ("{{ .Values.limits }}", None),
        ("{{ .Values.flags }}", None),
        ("{{ toYaml .Values.limits | nindent 8 }}", None),
        ("{{ .Values.port | add 1 }}", None),
        ('{{ include "cache.name" . }}', None),
        ("{{ .Release.Name }}", None),
        ("{{ .Values.port }}{{ .Release.Name }}", None),
        ("plain", None),
    ],
)
def test_expressions(written: str, text: str | None) -> None:
    found = values().rendered(written)
    assert (found.text if found is not None else None) == text


@given(st.text('{}-.| "`Valuesportdefaultquote5\\', max_size=60))
def test_any_expression_is_a_value_or_nothing(text: str) -> None:
    found = values().rendered("{{" + text + "}}")
    assert found is None or isinstance(found.text, str)
