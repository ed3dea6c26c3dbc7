"""Recognition of files, and the named values of a document with their exact places."""

import pytest

from auditor.model.unknown import Unknown
from auditor.technologies.document import Assignment
from auditor.technologies.terraform import TERRAFORM, TerraformDocument
from tests.technologies.terraform.modules import document


def strength(path: str, head: str = "") -> int:
    found = TERRAFORM.recognise(path.rpartition("/")[2].lower(), path, head)
    return found.strength if found is not None else 0


def test_recognition() -> None:
    assert strength("main.tf", 'resource "a_b" "c" {\n') == 3
    assert strength("main.tf", "") == 2
    assert strength("live/main.tofu", "locals {\n") == 3
    assert strength("main.tf.json", "{}") == 3
    assert strength("prod.tfvars", "a = 1\n") == 3
    assert strength("a.auto.tfvars.json", '{"a": 1}') == 3
    assert strength("terraform.tfvars.example", "a = 1\n") == 3
    assert strength("main.tf.j2", 'resource "a_b" "c" {\n') == 3
    for other in ("terraform.tfstate", "main.tfrc", "x.hcl", "tf.py", "main.json", "stf", ".terraform.lock.hcl"):
        assert strength(other, 'resource "a" "b" {\n') == 0


def written(found: Assignment, doc: TerraformDocument) -> str:
    at = found.at
    assert at.end_line == at.line
    return doc.source.text.split("\n")[at.line - 1][at.column - 1 : at.end_column]


def values(doc: TerraformDocument) -> dict[str, str]:
    """Known values by key; each place covers exactly the value as written."""
    result: dict[str, str] = {}
    for assignment in doc.assignments():
        assert assignment.container == "terraform"
        if isinstance(assignment.value, str):
            if "\n" not in assignment.value:
                assert written(assignment, doc) == assignment.value
            result[assignment.key] = assignment.value
    return result


def test_values() -> None:
    doc = document("""
        variable "db_password" {
          default = "hunter2"
        }
        locals {
          api_key = "abc"
        }
        resource "aws_db_instance" "a" {
          password = "s3cret"
          username = var.user
          port     = 5432
          list     = ["one"]
          environment {
            variables = {
              TOKEN = "t0ken"
            }
          }
        }
        module "m" {
          secret = "in-module"
        }
        terraform {
          required_version = "1.5"
        }
        """)
    found = values(doc)
    assert found == {
        "db_password": "hunter2",
        "api_key": "abc",
        "password": "s3cret",
        "port": "5432",
        "list": "one",
        "TOKEN": "t0ken",
        "secret": "in-module",
    }
    paths = {assignment.key: assignment.path for assignment in doc.assignments()}
    assert paths["db_password"] == ("variable",)
    assert paths["password"] == ("resource", "aws_db_instance", "a")
    assert paths["TOKEN"] == ("resource", "aws_db_instance", "a", "environment", "variables")
    unknown = {assignment.key for assignment in doc.assignments() if isinstance(assignment.value, Unknown)}
    assert unknown == {"username"}
    assert "hunter2" not in repr(doc) + repr(list(doc.assignments()))


def test_value_file() -> None:
    assert values(document('password = "x1"\nports = { db = "y2" }\n', "prod.tfvars")) == {"password": "x1", "db": "y2"}


def test_container_definitions() -> None:
    encoded = document("""
        resource "aws_ecs_task_definition" "a" {
          container_definitions = jsonencode([{
            image       = "app"
            environment = [{ name = "DB_PASSWORD", value = "s3cret" }]
          }])
        }
        """)
    assert values(encoded)["DB_PASSWORD"] == "s3cret"
    heredoc = document("""
        resource "aws_ecs_task_definition" "a" {
          container_definitions = <<EOT
        [{"environment": [{"name": "DB_PASSWORD", "value": "s3cret"}, {"name": "HOST", "value": "${var.h}"}]}]
        EOT
        }
        """)
    assert values(heredoc)["DB_PASSWORD"] == "s3cret"
    assert "HOST" not in values(heredoc)


def test_app_settings_as_blocks() -> None:
    doc = document('resource "a_b" "c" {\n  setting {\n    name  = "API_KEY"\n    value = "k3y"\n  }\n}\n')
    assert values(doc)["API_KEY"] == "k3y"


def test_scripts() -> None:
    doc = document("""
        resource "aws_instance" "a" {
          user_data = <<-EOT
            #!/bin/bash
            export DB_PASSWORD="s3cret"
            TOKEN=abc other
            HOST=${aws_db_instance.x.address}
            echo NOT=this
          EOT
        }
        """)
    found = values(doc)
    assert found["DB_PASSWORD"] == "s3cret"
    assert found["TOKEN"] == "abc"
    assert "HOST" not in found
    assert "NOT" not in found


@pytest.mark.parametrize("text", ['resource "a_b" "c" {\n  x = \n}\n', "x = [\n"])
def test_problems_are_kept(text: str) -> None:
    assert document(text).problems


def test_units_of_lifetimes_are_no_secrets() -> None:
    text = 'resource "aws_cognito_user_pool_client" "c" {\n token_validity_units {\n access_token = "minutes"\n }\n}\n'
    assert "access_token" not in values(document(text))
