"""Folders as modules: which value a variable has, what is overridden, what callers decide."""

import pytest

from auditor.model.unknown import Unknown
from auditor.model.value import Value
from tests.technologies.terraform.modules import resources

MAIN = """
variable "size" {
  default = "default"
}
resource "test_thing" "a" {
  size = var.size
}
"""


def size(files: dict[str, str], component: str = "test_thing.a") -> Value:
    return resources({"main.tf": MAIN, **files})[component].value("size")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, "default"),
        ({"terraform.tfvars": 'size = "tfvars"'}, "tfvars"),
        ({"prod.tfvars": 'size = "prod"'}, "default"),
        ({"terraform.tfvars.example": 'size = "example"'}, "default"),
        ({"terraform.tfvars.json": '{"size": "json"}', "terraform.tfvars": 'size = "tfvars"'}, "json"),
        ({"a.auto.tfvars": 'size = "a"', "terraform.tfvars.json": '{"size": "json"}'}, "a"),
        ({"a.auto.tfvars": 'size = "a"', "b.auto.tfvars": 'size = "b"'}, "b"),
        ({"b.auto.tfvars": 'size = "b"', "a.auto.tfvars.json": '{"size": "a"}'}, "b"),
        ({"other/terraform.tfvars": 'size = "other"'}, "default"),
    ],
)
def test_value_files(files: dict[str, str], expected: str) -> None:
    assert size(files) == expected


def test_a_variable_without_a_value() -> None:
    found = resources('variable "x" {}\nresource "a_b" "c" {\n  v = var.x\n}\n')["a_b.c"].value("v")
    assert isinstance(found, Unknown)
    assert "var.x has no value" in found.reason


@pytest.mark.parametrize(
    ("kind", "default", "expected"),
    [("bool", '"true"', True), ("number", '"5"', 5), ("string", "5", "5"), ('"string"', "true", "true"), ("any", '"5"', "5")],
)  # fmt: skip
def test_conversion_to_the_declared_type(kind: str, default: str, expected: object) -> None:
    text = f'variable "x" {{\n  type = {kind}\n  default = {default}\n}}\nresource "a_b" "c" {{\n  v = var.x\n}}\n'
    found = resources(text)["a_b.c"].value("v")
    assert found == expected
    assert type(found) is type(expected)


def test_what_a_caller_sets_is_not_the_default() -> None:
    files = {
        "live/main.tf": 'module "m" {\n  source = "../lib"\n  size   = "big"\n}\n',
        "lib/main.tf": MAIN
        + 'variable "zone" {\n  default = "z"\n}\nresource "test_thing" "b" {\n  size = var.zone\n}\n',
        "lib/terraform.tfvars": 'zone = "not loaded in a child module"\n',
    }
    found = resources(files)
    value = found["lib/test_thing.a"].value("size")
    assert isinstance(value, Unknown)
    assert "caller" in value.reason
    assert found["lib/test_thing.b"].value("size") == "z"


def test_override_files() -> None:
    files = {
        "main.tf": 'resource "a_b" "c" {\n  x = 1\n  y = 2\n  rule {\n    n = 1\n  }\n  rule {\n    n = 2\n  }\n  other {}\n}\n',
        "override.tf": 'resource "a_b" "c" {\n  x = 10\n  rule {\n    n = 3\n  }\n}\n',
        "z_override.tf": 'resource "a_b" "c" {\n  x = 11\n}\nlocals {\n  l = 5\n}\nresource "a_b" "unknown" {}\n',
        "use.tf": 'resource "a_b" "d" {\n  x = local.l\n}\nlocals {\n  l = 4\n}\n',
    }
    found = resources(files)
    assert set(found) == {"a_b.c", "a_b.d"}
    assert (found["a_b.c"].value("x"), found["a_b.c"].value("y")) == (11, 2)
    assert [block.value("n") for block in found["a_b.c"].blocks("rule")] == [3]
    assert found["a_b.c"].blocks("other")
    assert found["a_b.d"].value("x") == 5


def test_folders_are_separate() -> None:
    files = {
        "a/main.tf": 'locals {\n  v = "a"\n}\nresource "a_b" "c" {\n  v = local.v\n}\n',
        "b/main.tf": 'locals {\n  v = "b"\n}\nresource "a_b" "c" {\n  v = local.v\n}\n',
    }
    found = resources(files)
    assert found["a/a_b.c"].value("v") == "a"
    assert found["b/a_b.c"].value("v") == "b"


def test_templates_and_samples_are_no_part_of_the_module_beside_them() -> None:
    found = resources({"main.tf": MAIN, "extra.tf.j2": 'resource "test_thing" "t" {\n  size = "{{ size }}"\n}\n'})
    assert set(found) == {"test_thing.a", "extra.tf.j2/test_thing.t"}
    assert isinstance(found["extra.tf.j2/test_thing.t"].value("size"), Unknown)


def test_json_form() -> None:
    text = '{"resource": {"a_b": {"c": {"x": "${local.v}", "rule": [{"n": 1}, {"n": 2}]}}}, "locals": {"v": 7}}'
    found = resources({"main.tf.json": text})["a_b.c"]
    assert found.value("x") == 7
    assert [block.value("n") for block in found.blocks("rule")] == [1, 2]
