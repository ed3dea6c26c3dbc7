"""Charts: values are read, templates as far as they are literal."""

from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import MountKind
from auditor.technologies.helm import HELM
from tests.technologies.kubernetes.estate import workloads

CHART = "apiVersion: v2\nname: cache\nversion: 1.0.0\n"
NAME = '{{ include "cache.fullname" . }}'
DEPLOYMENT = f"""{{{{- if .Values.enabled }}}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {NAME}
  labels: {{{{- include "cache.labels" . | nindent 4 }}}}
spec:
  replicas: {{{{ .Values.replicas }}}}
  template:
    metadata:
      labels:
        {{{{- include "cache.labels" . | nindent 8 }}}}
    spec:
      containers:
        - name: {{{{ .Chart.Name }}}}
          image: "{{{{ .Values.image }}}}:{{{{ .Values.tag }}}}"
          args: ["--port", "6379"]
          resources:
            {{{{- toYaml .Values.resources | nindent 12 }}}}
          env:
            - name: MODE
              value: strict
            - name: PASSWORD
              value: {{{{ .Values.password | quote }}}}
          volumeMounts:
            - name: conf
              mountPath: /etc/redis
      volumes:
        - name: conf
          configMap:
            name: {NAME}-conf
{{{{- end }}}}
"""
CONFIG = f"""apiVersion: v1
kind: ConfigMap
metadata:
  name: {NAME}-conf
data:
  redis.conf: |
    port 6379
    requirepass {{{{ .Values.password }}}}
"""
SERVICE = f"""apiVersion: v1
kind: Service
metadata:
  name: {NAME}
spec:
  type: {{{{ .Values.service.type }}}}
  selector:
    {{{{- include "cache.labels" . | nindent 4 }}}}
  ports:
    - port: 6379
"""
FILES = {
    "charts/cache/Chart.yaml": CHART,
    "charts/cache/values.yaml": "replicas: 1\npassword: fake\nextraEnv:\n  - name: TOKEN\n    value: fake2\n",
    "charts/cache/templates/deployment.yaml": DEPLOYMENT,
    "charts/cache/templates/config.yaml": CONFIG,
    "charts/cache/templates/service.yaml": SERVICE,
}


def test_a_template_is_read_as_far_as_it_is_literal() -> None:
    (found,) = workloads(FILES).values()
    assert found.component == "deployment/default/cache/cache"
    assert found.templated
    assert found.image is not None
    assert isinstance(found.image.value, Unknown)
    assert found.replicas is not None
    assert isinstance(found.replicas.value, Unknown)
    assert found.memory_limit is not None
    assert isinstance(found.memory_limit.value, Unknown)
    assert [word.value for word in found.arguments] == ["--port", "6379"]
    assert found.environment["MODE"].value == "strict"
    assert isinstance(found.environment["PASSWORD"].value, Unknown)
    assert found.privileged is None


def test_templated_names_that_are_written_alike_refer_to_each_other() -> None:
    (found,) = workloads(FILES).values()
    (mount,) = found.mounts
    assert (mount.kind, mount.target) == (MountKind.CONFIG, "/etc/redis/redis.conf")
    assert mount.content is not None
    assert mount.content.at(1).line == 7


def test_a_service_whose_type_a_value_decides_leaves_the_reach_unknown() -> None:
    (found,) = workloads(FILES).values()
    assert found.exposure(6379).reach is Reach.UNKNOWN


def test_values_are_assignments() -> None:
    document = HELM.parse(Source(path="values.yaml", text=FILES["charts/cache/values.yaml"]))
    found = [(a.key, a.value, a.at.line, a.container) for a in document.assignments() if a.value != "TOKEN"]
    assert found == [
        ("replicas", "1", 1, "helm-values"),
        ("password", "fake", 2, "helm-values"),
        ("TOKEN", "fake2", 5, "helm-values"),
    ]


def test_files_written_in_values_are_embedded() -> None:
    text = "config:\n  redis.conf: |\n    port 1\n    bind x\n"
    (source,) = HELM.parse(Source(path="values.yaml", text=text)).embedded()
    assert (source.name, source.at(2).line) == ("redis.conf", 4)
