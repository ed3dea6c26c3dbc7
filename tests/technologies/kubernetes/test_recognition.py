"""What is a manifest, and what only looks like one."""

import pytest

from auditor.discovery import recognise

MANIFEST = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("k8s/pod.yml", MANIFEST),
        ("deploy.yaml.j2", MANIFEST),
        ("pod", MANIFEST),
        ("a.yaml", "# note\n---\nfoo: bar\n---\n" + MANIFEST),
        ("a.yaml", "kind: List\napiVersion: v1\nitems: []\n"),
        ("a.json", '{"kind": "Pod", "apiVersion": "v1"}'),
        ("a.json", '{\n  "apiVersion": "apps/v1",\n  "kind": "Deployment"\n}'),
        ("chart/templates/a.yaml", '{{- if .Values.x }}\napiVersion: {{ include "v" . }}\nkind: Ingress\n{{- end }}'),
        ("a.yaml", '"apiVersion": "v1"\n"kind": "Pod"\n'),
        ("kustomization.yaml", "resources:\n- a.yaml\n"),
    ],
)
def test_manifests_are_recognised(path: str, text: str) -> None:
    found = recognise(path, text)
    assert found is not None
    assert found[0].id == "kubernetes"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("openapi.yaml", "openapi: 3.0.0\ninfo:\n  title: x\ncomponents:\n  kind: Pod\n  apiVersion: v1\n"),
        ("compose.yaml", "services:\n  a:\n    image: redis\n"),
        ("a.yaml", "kind: Pod\n"),
        ("a.yaml", "spec:\n  apiVersion: v1\n  kind: Pod\n"),
        ("a.yaml", "apiVersion: 1\nproviders:\n  - name: x\nkind: dashboards\n"),
        ("notes.md.yaml.rst", MANIFEST),
        ("schema.json", '{"apiVersion": {"type": "string"}, "kind": {"type": "string"}}'),
        ("METADATA", "Name: x\n\n" + MANIFEST),
        ("script.sh", "kubectl apply -f - <<EOF\n" + MANIFEST + "EOF\n"),
    ],
)
def test_others_are_not(path: str, text: str) -> None:
    found = recognise(path, text)
    assert found is None or found[0].id != "kubernetes"


@pytest.mark.parametrize(
    ("path", "text", "id_"),
    [
        ("chart/values.yaml", "image:\n  tag: 1\n", "helm"),
        ("chart/values-prod.yaml", "a: 1\n", "helm"),
        ("prod-values.yml", "a: 1\n", "helm"),
        ("chart/Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\n", "helm"),
    ],
)
def test_charts_are_recognised(path: str, text: str, id_: str) -> None:
    found = recognise(path, text)
    assert found is not None
    assert found[0].id == id_
