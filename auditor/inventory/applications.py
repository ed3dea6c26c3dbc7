"""Application settings: a workload's environment, or an env file that no workload loads."""

import re
from collections.abc import Iterable, Iterator

from auditor.model.application import ApplicationSettings
from auditor.model.workload import Workload
from auditor.technologies.document import Document

_TEMPLATE = re.compile(r"(^|[._-])(example|sample|template|dist|tpl|default|defaults)([._-]|$)", re.I)
_ENVIRONMENTS = (
    ("production", re.compile(r"(^|[/._-])(prod|production|live)([/._-]|$)", re.I)),
    ("test", re.compile(r"(^|[/._-])(test|tests|testing|ci|e2e|stage|staging|uat|qa)([/._-]|$)", re.I)),
    ("development", re.compile(r"(^|[/._-])(dev|develop|development|local|localhost)([/._-]|$)", re.I)),
)


def environment_of(path: str) -> str:
    """Return "production", "test", "development" or "" as the path's words tell."""
    return next((name for name, pattern in _ENVIRONMENTS if pattern.search(path)), "")


def is_template_file(path: str) -> bool:
    """Tell whether the file is a pattern to copy (`.env.example`), whose values nobody is meant to use."""
    return _TEMPLATE.search(path.rpartition("/")[2]) is not None


def settings_of_workload(workload: Workload) -> ApplicationSettings | None:
    """Return the workload's environment as settings, None if nothing sets one."""
    if not workload.environment:
        return None
    return ApplicationSettings(
        component=workload.component,
        technology=workload.technology,
        at=workload.at,
        variables=workload.environment,
        environment=environment_of(workload.at.path),
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
                environment=environment_of(source.path),
            )
