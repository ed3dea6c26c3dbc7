"""Docker Compose files: projects of services, merged and interpolated as Compose does it."""

import posixpath
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import replace

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.dotenv import parse as parse_env_file
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.compose import recognise

from .document import ComposeDocument, parse
from .grouping import projects
from .networks import networks_of
from .project import Declared, Project
from .service import ServiceReader, in_stack, jobs_of, labelled
from .volumes import Storage, config_name

__all__ = ["COMPOSE", "Compose", "ComposeDocument"]


@dataclass(frozen=True)
class Compose:
    """Recognises and reads compose files, and makes workloads of their services."""

    id: str = "compose"
    title: str = "Docker Compose"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> ComposeDocument:
        return parse(source)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield the workloads of every project."""
        own = [document for document in documents if isinstance(document, ComposeDocument)]
        found = list(projects([document for document in own if not document.source.is_embedded], files))
        loaded = [(project, project.services()) for project in found]
        for project, services in loaded:
            reader = _reader(project, files, services)
            consumed = _used_up(project, files)
            for name, declared in services.items():
                tree = declared.tree
                if project.only is not None and name not in project.only:
                    continue
                if not ("image" in tree or "build" in tree or declared.templated):
                    continue
                workload = reader.workload(
                    name, _component(project, name), tree, declared.at, templated=declared.templated
                )
                yield _consuming(workload, consumed)


def _component(project: Project, service: str) -> str:
    if project.qualifier:
        return f"{project.qualifier}:{service}"
    return posixpath.join(project.folder, service)


def _reader(project: Project, files: RepositoryFiles, declared: MappingOf[str, Declared]) -> ServiceReader:
    services = {name: each.tree for name, each in declared.items()}

    def content_name(path: str, config: str) -> str:
        document = project.library.document(path)
        return config_name(document.root, config) if document is not None else config

    storage = Storage(
        files=files,
        folder=project.folder_of,
        volumes=project.elements("volumes"),
        configs=project.elements("configs"),
        secrets=project.elements("secrets"),
        content_name=content_name,
        variable=project.environment.lookup,
    )
    return ServiceReader(
        storage,
        project.environment,
        project.library.places,
        project.folder,
        jobs_of(services.values()),
        networks_of(services, project.elements("networks"), project.identities),
        in_stack(services.values()),
        tuple(found for name, each in declared.items() if (found := labelled(name, each.tree, each.at)) is not None),
    )


def _used_up(project: Project, files: RepositoryFiles) -> frozenset[str]:
    """Return the keys of the project's env files all of whose variables compose files refer to."""
    found: set[str] = set()
    for path in project.environment.paths:
        source = files.source(path)
        if source is not None:
            names = [entry.name for entry in parse_env_file(source).entries]
            if project.environment.is_used_up(names):
                found.add(source.key)
    return frozenset(found)


def _consuming(workload: Workload, keys: frozenset[str]) -> Workload:
    if not keys:
        return workload
    return replace(workload, consumed=workload.consumed | keys)


COMPOSE = Compose()
