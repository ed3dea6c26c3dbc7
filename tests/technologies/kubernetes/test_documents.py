"""What a file of manifests holds besides workloads: named values, embedded configuration, problems."""

import base64
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.errors import FormatError
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.document import Assignment
from auditor.technologies.kubernetes import KUBERNETES
from tests.technologies.kubernetes.estate import deployment


def assignments(text: str, path: str = "a.yaml") -> list[Assignment]:
    return list(KUBERNETES.parse(Source(path=path, text=text)).assignments())


def written(text: str, assignment: Assignment) -> str:
    at = assignment.at
    return text.split("\n")[at.line - 1][at.column - 1 : at.end_column]


def test_secrets_are_decoded_and_placed() -> None:
    encoded = base64.b64encode(b"not-a-real-password").decode()
    text = f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: {encoded}\nstringData:\n  user: reports\n"
    password, user = assignments(text)
    assert (password.key, password.value, password.container) == (
        "password",
        "not-a-real-password",
        "kubernetes-secret",
    )
    assert password.server_secret
    assert written(text, password) == encoded
    assert (user.key, user.value) == ("user", "reports")


def test_public_parts_of_a_secret_are_no_secrets() -> None:
    encoded = base64.b64encode(b"certificate").decode()
    text = (
        f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: tls\ntype: kubernetes.io/tls\ndata:\n  tls.crt: {encoded}\n"
    )
    assert [a.server_secret for a in assignments(text)] == [False]


def test_broken_base64_is_a_problem_that_does_not_quote_it() -> None:
    text = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: canary-in-clear!\n"
    document = KUBERNETES.parse(Source(path="a.yaml", text=text))
    (problem,) = document.problems
    assert problem.at.line == 6
    assert "canary" not in problem.message
    assert isinstance(next(document.assignments()).value, Unknown)


@pytest.mark.parametrize(
    ("container", "found"),
    [
        ("          env:\n            - name: PW\n              value: 'fake'\n", [("PW", "fake", "'fake'")]),
        ('          args: ["--password=fake", "-v"]\n', [("password", "fake", "fake")]),
        ('          args: ["--password", "fake"]\n', [("password", "fake", '"fake"')]),
        ("          args:\n            - --key=$(PW)\n", [("key", "$(PW)", "$(PW)")]),
        ("          command: [sh, -c, 'redis-server --requirepass fake']\n", [("requirepass", "fake", "fake")]),
        ("          command: [sh, -c, 'echo sentinel auth-pass primary $(PW)']\n", []),
        ("          command: [sh, -c]\n", []),
    ],
)
def test_values_of_a_container(container: str, found: list[tuple[str, str, str]]) -> None:
    text = deployment(container)
    assert [(a.key, a.value, written(text, a)) for a in assignments(text)] == found


def test_values_of_custom_resources() -> None:
    text = "apiVersion: example.org/v1\nkind: Database\nmetadata:\n  name: a\nspec:\n  auth:\n    password: fake\n"
    (found,) = assignments(text)
    assert (found.key, found.path, found.value) == ("password", ("auth",), "fake")


def test_generated_secrets() -> None:
    text = "secretGenerator:\n  - name: db\n    literals:\n      - password=fake\n"
    (found,) = assignments(text, "kustomization.yaml")
    assert (found.key, found.value, found.server_secret, written(text, found)) == ("password", "fake", True, "fake")


def test_keys_of_encryption_at_rest_are_secrets() -> None:
    text = (
        "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n  - resources: [secrets]\n"
        "    providers:\n      - aescbc:\n          keys:\n            - name: one\n              secret: ZmFrZQ==\n"
    )
    assert [(a.key, a.server_secret) for a in assignments(text)] == [("secret", True)]


def test_custom_resource_definitions_say_nothing() -> None:
    text = (
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: a\nspec:\n  versions:\n"
        "    - schema:\n        openAPIV3Schema:\n          properties:\n            password:\n              type: string\n"
    )
    assert assignments(text) == []
    assert take_estate(MemoryTree({"crd.yaml": text})).facts == ()


def test_embedded_configuration_keeps_its_lines() -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  one: two\n  redis.conf: |\n    port 1\n    bind x\n"
    (source,) = KUBERNETES.parse(Source(path="a.yaml", text=text)).embedded()
    assert (source.name, source.at(2).line) == ("redis.conf", 9)


def test_one_broken_document_of_a_template_leaves_the_others() -> None:
    text = "a: {{ x }}\n b: [\n---\n" + deployment("") + "---\n{{ y }}\n"
    document = KUBERNETES.parse(Source(path="a.yaml", text=text))
    assert [m.kind for m in document.manifests] == ["Deployment"]
    assert document.manifests[0].at.line == 4
    assert document.partial
    assert len(document.problems) == 1


PIECES = st.sampled_from(
    [
        "apiVersion: v1\nkind: Pod\n",
        "kind: Deployment\napiVersion: apps/v1\n",
        "kind: Secret\napiVersion: v1\n",
        "metadata:\n  name: a\n",
        "spec:\n  containers:\n  - name: a\n    env: [{name: A}, {value: 1}, x]\n    args: {a: b}\n",
        "spec: [1, 2]\n",
        "spec:\n  template:\n    spec: x\n",
        "spec:\n  template:\n    metadata: []\n    spec:\n      containers: [{}, {name: [a]}, null, x]\n",
        "spec:\n  containers: [{volumeMounts: [{mountPath: /a, name: v}], envFrom: [{configMapRef: x}]}]\n  volumes: [{name: v, configMap: []}]\n",
        "data: {a: 1, b: [c], d: '==='}\n",
        "rules: [x, {verbs: y}]\nsubjects: z\nroleRef: []\n",
        "resources: [{resources: x, providers: [identity]}]\n",
        "---\n",
        "{{ if .x }}\n",
        "  {{ toYaml .y | nindent 2 }}\n",
    ]
)


@given(st.lists(PIECES, max_size=6).map("".join))
def test_nothing_of_the_shape_of_a_manifest_makes_the_inventory_fail(text: str) -> None:
    with contextlib.suppress(FormatError):
        list(KUBERNETES.parse(Source(path="a.yaml", text=text)).assignments())
    estate = take_estate(
        MemoryTree({"k/a.yaml": text, "k/kustomization.yaml": "resources: [a.yaml]\npatches: [a.yaml]\n"})
    )
    assert not [item for item in estate.examined if "this program failed" in item.reason]
