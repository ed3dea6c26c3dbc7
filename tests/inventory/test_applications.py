"""Which environment settings are for, and whether they are a template."""

import pytest

from auditor.inventory.applications import declared_environment, settings_of_workload
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable, Workload
from auditor.technologies.common.environments import environment_of, is_template_file

AT = Location("compose.yaml", 2)


def variables(**values: str | Unknown) -> dict[str, Variable]:
    return {name: Variable(name=name, value=value, at=AT) for name, value in values.items()}


def workload(path: str = "compose.yaml", **values: str | Unknown) -> Workload:
    at = Location(path, 2)
    return Workload(
        component="app", technology="compose", at=at, name="app", origin="compose", environment=variables(**values)
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".env.production", "production"),
        ("prod.env", "production"),
        ("deploy/live/.env", "production"),
        (".env.local", "development"),
        ("docker-compose.dev.yml", "development"),
        (".env.staging", "test"),
        ("tests/.env", "test"),
        (".env", ""),
        ("products/.env", ""),
        ("contest/devices.env", ""),
    ],
)
def test_environment_by_path(path: str, expected: str) -> None:
    assert environment_of(path) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [(".env.example", True), ("env.sample", True), (".env.dist", True), (".env", False), ("examples.env", False)],
)
def test_templates(name: str, expected: bool) -> None:
    assert is_template_file(f"deploy/{name}") is expected


def test_environment_that_the_application_is_told() -> None:
    assert declared_environment(variables(NODE_ENV="development")) == "development"
    assert declared_environment(variables(PORT="80", APP_ENV="production")) == "production"
    assert declared_environment(variables(NODE_ENV=Unknown("not set"))) == ""
    assert declared_environment(variables(DESCRIPTION="development")) == ""


def test_the_path_says_more_than_the_variables() -> None:
    found = settings_of_workload(workload("compose.prod.yaml", NODE_ENV="development"))
    assert found is not None
    assert found.environment == "production"


def test_no_environment_no_settings() -> None:
    assert settings_of_workload(workload()) is None
