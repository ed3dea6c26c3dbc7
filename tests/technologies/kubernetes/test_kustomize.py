"""Bases, patches and generators are judged together."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats import yaml
from auditor.formats.tree import Mapping, Scalar, Sequence
from auditor.model.source import Source
from auditor.technologies.kubernetes.merge import json_patch, strategic_merge
from tests.technologies.kubernetes.estate import deployment, workloads

BASE = {
    "base/app.yaml": deployment("          env:\n            - name: A\n              value: base\n"),
    "base/kustomization.yaml": "resources: [app.yaml]\n",
}
PATCH = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  template:\n    spec:\n      containers:\n"
    "        - name: main\n          securityContext:\n            readOnlyRootFilesystem: true\n"
    "          env:\n            - name: A\n              value: patched\n            - name: B\n              value: new\n"
)


@pytest.mark.parametrize(
    "kustomization",
    [
        "resources: [../../base]\npatches:\n  - path: patch.yaml\n",
        "bases: [../../base]\npatchesStrategicMerge: [patch.yaml]\n",
        "resources: [../../base]\npatches:\n  - path: patch.yaml\n    target:\n      kind: Deployment\n      name: a.*\n",
    ],
)
def test_a_patch_is_judged_merged_with_its_base(kustomization: str) -> None:
    found = workloads({**BASE, "overlays/prod/kustomization.yaml": kustomization, "overlays/prod/patch.yaml": PATCH})
    (container,) = found.values()
    assert {name: v.value for name, v in container.environment.items()} == {"A": "patched", "B": "new"}
    assert container.environment["A"].at.path == "overlays/prod/patch.yaml"
    assert container.read_only_root is not None
    assert container.image is not None
    assert container.image.value == "nginx:1.27"


def test_a_patch_for_another_object_changes_nothing() -> None:
    kustomization = "resources: [../base]\npatches:\n  - path: patch.yaml\n"
    other = PATCH.replace("name: app", "name: other")
    found = workloads({**BASE, "prod/kustomization.yaml": kustomization, "prod/patch.yaml": other})
    (container,) = found.values()
    assert container.environment["A"].value == "base"


def test_json_patches_are_applied() -> None:
    kustomization = (
        "resources: [../base]\npatches:\n  - target:\n      kind: Deployment\n    patch: |-\n"
        "      - op: replace\n        path: /spec/template/spec/containers/0/image\n        value: nginx:1.28\n"
        "      - op: add\n        path: /spec/template/spec/hostNetwork\n        value: true\n"
        "      - op: remove\n        path: /spec/template/spec/containers/0/env\n"
    )
    (container,) = workloads({**BASE, "prod/kustomization.yaml": kustomization}).values()
    assert container.image is not None
    assert container.image.value == "nginx:1.28"
    assert container.image.at.path == "prod/kustomization.yaml"
    assert container.image.at.line == 8
    assert container.host_network is not None
    assert container.environment == {}


def test_images_replicas_and_namespace() -> None:
    kustomization = (
        "resources: [../base]\nnamespace: clinic\nimages:\n  - name: nginx\n    newTag: 1.28.1\n"
        "replicas:\n  - name: app\n    count: 4\n"
    )
    found = workloads({**BASE, "prod/kustomization.yaml": kustomization})
    container = found["deployment/clinic/app/main"]
    assert container.image is not None
    assert container.image.value == "nginx:1.28.1"
    assert container.replicas is not None
    assert container.replicas.value == 4


def test_generated_config_maps_are_found() -> None:
    files = {
        "app.yaml": deployment(
            "          envFrom:\n            - configMapRef:\n                name: env\n"
            "          volumeMounts:\n            - name: c\n              mountPath: /etc/redis\n",
            "      volumes:\n        - name: c\n          configMap:\n            name: conf\n",
        ),
        "kustomization.yaml": (
            "resources: [app.yaml]\nconfigMapGenerator:\n  - name: env\n    literals:\n      - MODE=strict\n"
            "    envs: [app.env]\n  - name: conf\n    files:\n      - redis.conf=files/my.conf\n"
        ),
        "app.env": "LEVEL=info\n",
        "files/my.conf": "port 6379\n",
    }
    (container,) = workloads(files).values()
    assert {name: v.value for name, v in container.environment.items()} == {"MODE": "strict", "LEVEL": "info"}
    assert container.environment["MODE"].at.column == 14
    (mount,) = container.mounts
    assert mount.target == "/etc/redis/redis.conf"
    assert mount.content is not None
    assert mount.content.key == "files/my.conf"


def test_overlays_that_differ_are_two_components() -> None:
    files = {
        **BASE,
        "dev/kustomization.yaml": "resources: [../base]\n",
        "prod/kustomization.yaml": "resources: [../base]\nimages:\n  - name: nginx\n    newTag: '2'\n",
    }
    assert list(workloads(files)) == ["deployment/default/app/main", "deployment/default/app/main@prod"]


def test_a_circle_of_kustomizations_ends() -> None:
    files = {"a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n"}
    assert workloads(files) == {}


def tree(text: str) -> Mapping:
    (node,) = yaml.parse(Source(path="t.yaml", text=text))
    assert isinstance(node, Mapping)
    return node


def plain(node: object) -> object:
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node}
    if isinstance(node, Sequence):
        return [plain(item) for item in node]
    assert isinstance(node, Scalar)
    return node.text


@pytest.mark.parametrize(
    ("base", "patch", "result"),
    [
        ("{a: 1, b: 2}", "{b: 3, c: 4}", {"a": "1", "b": "3", "c": "4"}),
        ("{a: {b: 1}}", "{a: {c: 2}}", {"a": {"b": "1", "c": "2"}}),
        ("{a: 1, b: 2}", "{a: null}", {"b": "2"}),
        ("{a: {b: 1}}", "{a: {$patch: delete}}", {}),
        ("{a: {b: 1}}", "{a: {$patch: replace, c: 2}}", {"a": {"c": "2"}}),
        ("{args: [a, b]}", "{args: [c]}", {"args": ["c"]}),
        ("{env: [{name: A, value: 1}]}", "{env: [{name: A, $patch: delete}]}", {"env": []}),
        ("{ports: [{port: 1}]}", "{ports: [{port: 2}]}", {"ports": [{"port": "1"}, {"port": "2"}]}),
        (
            "{volumeMounts: [{name: a, mountPath: /x}]}",
            "{volumeMounts: [{name: b, mountPath: /x}]}",
            {"volumeMounts": [{"name": "b", "mountPath": "/x"}]},
        ),
    ],
)
def test_strategic_merge(base: str, patch: str, result: object) -> None:
    assert plain(strategic_merge(tree(base), tree(patch))) == result


def test_lists_of_custom_resources_are_replaced() -> None:
    merged = strategic_merge(tree("{containers: [{name: a}]}"), tree("{containers: [{name: b}]}"), by_item=False)
    assert plain(merged) == {"containers": [{"name": "b"}]}


WORDS = st.sampled_from(["a", "b", "env", "name", "0", "1", "-", "~1", ""])
TREES: st.SearchStrategy[object] = st.recursive(
    st.sampled_from(["x", "y", "null"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "env", "name"]), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["a", "b", "env"]), TREES, min_size=1), st.lists(WORDS, min_size=1), TREES)
def test_json_patches_of_anything_never_raise(base: dict[str, object], path: list[str], value: object) -> None:
    operations = [
        {"op": op, "path": "/" + "/".join(path), "value": value} for op in ("add", "replace", "remove", "move")
    ]
    node = tree(json.dumps({"operations": operations})).sequence("operations")
    assert node is not None
    json_patch(tree(json.dumps(base)), node)


@given(st.dictionaries(st.sampled_from(["a", "b", "env"]), TREES, min_size=1))
def test_merging_an_object_into_itself_adds_no_keys(base: dict[str, object]) -> None:
    node = tree(json.dumps(base))
    assert set(strategic_merge(node, node).keys()) <= set(node.keys())
