"""Application settings: a workload's environment, or an env file that no workload loads."""

from collections.abc import Iterable, Iterator, Mapping

from auditor.model.application import ApplicationSettings, key_of
from auditor.model.workload import Variable, Workload
from auditor.technologies.common.environments import environment_of, is_template_file
from auditor.technologies.document import Document

_DECLARING = frozenset(
    [
        "APP_ENV",
        "APP_ENVIRONMENT",
        "ASPNETCORE_ENVIRONMENT",
        "DJANGO_ENV",
        "DOTNET_ENVIRONMENT",
        "ENVIRONMENT",
        "FLASK_ENV",
        "NODE_ENV",
        "RACK_ENV",
        "RAILS_ENV",
        "SPRING_PROFILES_ACTIVE",
    ]
)
"""Variables by which frameworks are told the environment they run in."""


def declared_environment(variables: Mapping[str, Variable]) -> str:
    """Return the environment that the application itself is told, "" if none."""
    for name, variable in variables.items():
        if key_of(name) in _DECLARING and isinstance(variable.value, str):
            found = environment_of(variable.value.strip())
            if found:
                return found
    return ""


def settings_of_workload(workload: Workload) -> ApplicationSettings | None:
    """Return the workload's environment as settings, None if nothing sets one."""
    if not workload.environment:
        return None
    return ApplicationSettings(
        component=workload.component,
        technology=workload.technology,
        at=workload.at,
        variables=workload.environment,
        is_template=is_template_file(workload.at.path),
        environment=environment_of(workload.at.path) or declared_environment(workload.environment),
    )


def settings_of_files(documents: Iterable[Document], consumed: set[str]) -> Iterator[ApplicationSettings]:
    """Yield the settings of every env file whose source key is not in `consumed`."""
    for document in documents:
        source = document.source
        if source.key in consumed:
            continue
        variables = getattr(document, "variables", {})
        if variables:
            yield ApplicationSettings(
                component=source.path,
                technology="dotenv",
                at=source.at(),
                variables=variables,
                is_template=is_template_file(source.path),
                environment=environment_of(source.path) or declared_environment(variables),
            )


def set_in_files(documents: Iterable[Document]) -> dict[str, str]:
    """Return the variables that env files set, templates to copy among them, with the path of one that does."""
    return {name: document.source.path for document in documents for name in getattr(document, "variables", {})}
