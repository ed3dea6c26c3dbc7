"""Variables that cloud resources give to the applications they run."""

import pytest

from auditor.model.application import ApplicationSettings
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

LISTED = 'env {\n name = "APP_DEBUG"\n value = "true"\n }\n env {\n name = "OTHER"\n value_source { x = 1 }\n }\n'
RESOURCES = {
    "aws_lambda_function": 'environment {\n variables = {\n APP_DEBUG = "true"\n }\n }',
    "azurerm_linux_web_app": 'app_settings = {\n "APP_DEBUG" = true\n }',
    "google_cloudfunctions_function": 'environment_variables = { APP_DEBUG = "true" }',
    "google_cloudfunctions2_function": 'service_config {\n environment_variables = { APP_DEBUG = "true" }\n }',
    "heroku_config": 'vars = { APP_DEBUG = "true" }',
    "azurerm_container_group": 'container {\n name = "portal"\n environment_variables = { APP_DEBUG = "true" }\n }',
    "azurerm_container_app": f"template {{\n container {{\n {LISTED} }}\n }}",
    "google_cloud_run_service": f"template {{\n spec {{\n containers {{\n {LISTED} }}\n }}\n }}",
    "google_cloud_run_v2_service": f"template {{\n containers {{\n {LISTED} }}\n }}",
    "aws_elastic_beanstalk_environment": (
        'setting {\n namespace = "aws:elasticbeanstalk:application:environment"\n name = "APP_DEBUG"\n value = "true"\n }\n'
        'setting {\n namespace = "aws:autoscaling:launchconfiguration"\n name = "OTHER"\n value = "true"\n }'
    ),
    "aws_ecs_task_definition": (
        'container_definitions = jsonencode([{ name = "a", environment = [{ name = "APP_DEBUG", value = "true" }] }])'
    ),
}


def settings(text: str) -> list[ApplicationSettings]:
    estate = take_estate(MemoryTree({"main.tf": text}))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, ApplicationSettings)]


@pytest.mark.parametrize("kind", RESOURCES)
def test_variables_are_settings_of_the_resource(kind: str) -> None:
    (found,) = settings(f'resource "{kind}" "portal" {{\n{RESOURCES[kind]}\n}}\n')
    assert found.component == f"{kind}.portal"
    assert [(entry.name, entry.is_true) for entry in found.entries] == [("APP_DEBUG", True)]


def test_the_place_is_the_line_of_the_variable() -> None:
    (found,) = settings(f'resource "aws_lambda_function" "a" {{\n{RESOURCES["aws_lambda_function"]}\n}}\n')
    assert found.entries[0].at.line == 4


def test_what_is_not_known_is_no_entry() -> None:
    text = 'variable "debug" {}\nresource "heroku_config" "a" {\n vars = { APP_DEBUG = var.debug }\n}\n'
    (found,) = settings(text)
    assert not found.entries
    assert found.unknown("APP_DEBUG") is not None


def test_the_environment_is_the_one_that_the_application_is_told() -> None:
    (found,) = settings('resource "heroku_config" "a" {\n vars = { NODE_ENV = "development", APP_DEBUG = "true" }\n}\n')
    assert found.environment == "development"


@pytest.mark.parametrize(
    "body",
    ["", "container_definitions = file(var.path)", 'container_definitions = "[1, {}, {\\"environment\\": 3}]"'],
)
def test_an_odd_definition_has_no_variables(body: str) -> None:
    assert settings(f'variable "path" {{}}\nresource "aws_ecs_task_definition" "a" {{\n{body}\n}}\n') == []
