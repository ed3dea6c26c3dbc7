"""The variables that cloud resources give to the applications they run.

Terraform providers: hashicorp/aws 6 (Lambda, ECS, App Runner, Elastic Beanstalk), hashicorp/azurerm 4 (App Service,
Functions, Container Apps and Instances), hashicorp/google 7 (Cloud Run, Cloud Functions, App Engine), heroku 5.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from auditor.model.application import ApplicationSettings
from auditor.model.cloud import CloudBlock, CloudResource
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable
from auditor.technologies.common.environments import environment_of

from .applications import declared_environment

_MAPS: Final[Mapping[str, str]] = {
    "aws_amplify_app": "environment_variables",
    "aws_apprunner_service": "source_configuration.image_repository.image_configuration.runtime_environment_variables",
    "aws_lambda_function": "environment.variables",
    "azurerm_app_service": "app_settings",
    "azurerm_container_group": "container.environment_variables",
    "azurerm_function_app": "app_settings",
    "azurerm_linux_function_app": "app_settings",
    "azurerm_linux_web_app": "app_settings",
    "azurerm_windows_function_app": "app_settings",
    "azurerm_windows_web_app": "app_settings",
    "google_app_engine_flexible_app_version": "env_variables",
    "google_app_engine_standard_app_version": "env_variables",
    "google_cloudfunctions2_function": "service_config.environment_variables",
    "google_cloudfunctions_function": "environment_variables",
    "heroku_app_config_association": "vars",
    "heroku_config": "vars",
}
"""Arguments that map names to values, by the resource's type."""
_LISTS: Final[Mapping[str, tuple[str, str]]] = {
    "aws_elastic_beanstalk_environment": ("", "setting"),
    "azurerm_container_app": ("template.container", "env"),
    "google_cloud_run_service": ("template.spec.containers", "env"),
    "google_cloud_run_v2_job": ("template.template.containers", "env"),
    "google_cloud_run_v2_service": ("template.containers", "env"),
}
"""Blocks of containers, and the blocks of a name and a value in them."""
_BEANSTALK: Final = "aws:elasticbeanstalk:application:environment"


def settings_of_cloud(resources: Iterable[CloudResource]) -> Iterator[ApplicationSettings]:
    """Yield the variables of every resource that runs an application."""
    for resource in resources:
        variables = {variable.name: variable for variable in _variables(resource)}
        if variables:
            yield ApplicationSettings(
                component=resource.component,
                technology=resource.technology,
                at=resource.at,
                variables=variables,
                environment=environment_of(resource.at.path) or declared_environment(variables),
            )


def _variables(resource: CloudResource) -> Iterator[Variable]:
    if resource.type in _MAPS:
        path, _, name = _MAPS[resource.type].rpartition(".")
        for block in resource.blocks(path) if path else (resource,):
            yield from _of_map(block, name)
    elif resource.type in _LISTS:
        path, name = _LISTS[resource.type]
        for block in resource.blocks(path) if path else (resource,):
            for item in block.blocks(name):
                if path or item.value("namespace") == _BEANSTALK:
                    yield from _of_block(item)
    elif resource.type == "aws_ecs_task_definition":
        yield from _of_definitions(resource)


def _of_map(block: CloudBlock, name: str) -> Iterator[Variable]:
    attribute = block.attributes.get(name)
    written = attribute.blocks if attribute is not None else ()
    for item in (*written, *(child for child in block.children if child.type == name)):
        for variable, given in item.attributes.items():
            value = item.text(variable)
            yield Variable(name=variable, value=value, at=given.at)


def _of_block(item: CloudBlock) -> Iterator[Variable]:
    name = item.value("name")
    if isinstance(name, str) and item.value("value") is not None:
        yield Variable(name=name, value=item.text("value"), at=item.where("value"))


def _of_definitions(resource: CloudResource) -> Iterator[Variable]:
    """Yield the variables in the JSON of an ECS task's containers."""
    at = resource.where("container_definitions")
    for container in _items(resource.document("container_definitions")):
        for item in _items(_entries(container).get("environment")):
            entries = _entries(item)
            name, value = entries.get("name"), entries.get("value")
            if isinstance(name, str) and isinstance(value, str | int | bool | Unknown):
                text = value if isinstance(value, str | Unknown) else str(value).lower()
                yield Variable(name=name, value=text, at=at)


def _items(value: Any) -> Iterable[Any]:
    return cast("Iterable[Any]", value) if isinstance(value, list | tuple) else ()


def _entries(value: Any) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}
