"""Which objects an autoscaler sets the number of Pods of."""

import pytest

from auditor.model.unknown import Unknown
from auditor.technologies.kubernetes import PodGroup
from tests.technologies.kubernetes.estate import deployment, facts


def autoscaler(name: str, *, namespace: str = "", kind: str = "Deployment") -> str:
    where = f"  namespace: {namespace}\n" if namespace else ""
    return (
        f"apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: a\n{where}spec:\n"
        f"  scaleTargetRef:\n    kind: {kind}\n    name: {name}\n  maxReplicas: 5\n"
    )


def found(files: dict[str, str]) -> bool | Unknown:
    (group,) = facts(PodGroup, files)
    return group.autoscaler


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (autoscaler("app"), True),
        (autoscaler("app", namespace="clinic"), True),
        (autoscaler("application"), False),
        (autoscaler("app", kind="StatefulSet"), False),
        ("apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec:\n  scaleTargetRef:\n    name: app\n", True),
        ("apiVersion: example.org/v1\nkind: ScaledObject\nspec:\n  scaleTargetRef:\n    name: app\n", False),
    ],
)
def test_the_target_is_found_by_kind_and_name(text: str, expected: bool) -> None:
    """An object without a namespace may be put into the one of the autoscaler."""
    assert found({"k8s/a.yaml": deployment(""), "k8s/b.yaml": text}) is expected


def test_the_namespace_of_both_decides_where_both_are_written() -> None:
    app = deployment("").replace("  name: app\nspec", "  name: app\n  namespace: clinic\nspec", 1)
    assert found({"a.yaml": app, "b.yaml": autoscaler("app", namespace="clinic")}) is True
    assert found({"a.yaml": app, "b.yaml": autoscaler("app", namespace="laboratory")}) is False
    assert found({"a.yaml": app, "b.yaml": autoscaler("app")}) is True


CHART = {"chart/Chart.yaml": "apiVersion: v2\nname: portal\nversion: 1.0.0\n"}


def test_equal_template_expressions_are_one_name() -> None:
    app = deployment("", name='{{ include "portal.fullname" . }}')
    files = {"chart/templates/a.yaml": app, "chart/templates/b.yaml": autoscaler('{{ include "portal.fullname" . }}')}
    assert found(CHART | files) is True


@pytest.mark.parametrize(
    ("name", "target"),
    [("app", "{{ .Values.target }}"), ("{{ .Values.name }}", "app"), ("{{ .Values.name }}", "{{ .Values.target }}")],
)
def test_other_template_expressions_decide_nothing(name: str, target: str) -> None:
    files = {"chart/templates/a.yaml": deployment("", name=name), "chart/templates/b.yaml": autoscaler(target)}
    assert isinstance(found(CHART | files), Unknown)


def test_without_an_autoscaler_a_template_leaves_no_doubt() -> None:
    assert found(CHART | {"chart/templates/a.yaml": deployment("", name="{{ .Values.name }}")}) is False


def test_a_prefix_of_kustomize_goes_on_both_names() -> None:
    files = {
        "k/kustomization.yaml": "namePrefix: clinic-\nnamespace: clinic\nresources: [a.yaml, b.yaml]\n",
        "k/a.yaml": deployment(""),
        "k/b.yaml": autoscaler("app"),
    }
    assert found(files) is True
