"""From documents to facts: platforms first, then servers through their workloads, then files that stand alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.discovery import Examined
from auditor.model.fact import Fact, Service
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document
from auditor.technologies.registry import platforms, servers

from .applications import settings_of_files, settings_of_workload
from .credentials import find_credentials
from .files import Files
from .views import ContainerView, HostView


@dataclass(frozen=True)
class Inventory:
    """All facts of the tree in a stable order, and the paths read only because something refers to them."""

    facts: tuple[Fact, ...]
    opened: frozenset[str]


def take_inventory(examined: Sequence[Examined], files: Files) -> Inventory:
    """Build the facts that checks are given."""
    documents: dict[str, list[Document]] = defaultdict(list)
    for item in examined:
        for technology, document in item.documents:
            documents[technology].append(document)
    facts: list[Fact] = []
    for platform in platforms():
        facts.extend(platform.facts(documents[platform.id], files))
    facts = _without_consumed_images(facts)
    workloads = [fact for fact in facts if isinstance(fact, Workload)]
    consumed: set[str] = {path for workload in workloads for path in workload.consumed}
    facts.extend(_services(workloads, documents, files, consumed))
    applications = [settings_of_workload(workload) for workload in workloads if workload.role is not Role.INIT]
    facts.extend(application for application in applications if application is not None)
    facts.extend(settings_of_files(documents["dotenv"], consumed))
    facts.extend(find_credentials(documents, facts))
    return Inventory(tuple(facts), frozenset(files.opened))


def _without_consumed_images(facts: Iterable[Fact]) -> list[Fact]:
    """Leave out Dockerfiles that a workload is built from: they are judged through it."""
    found = list(facts)
    built = {fact.built_from for fact in found if isinstance(fact, Workload) and fact.role is not Role.IMAGE}
    return [
        fact
        for fact in found
        if not (isinstance(fact, Workload) and fact.role is Role.IMAGE and fact.built_from in built)
    ]


def _services(
    workloads: Iterable[Workload], documents: dict[str, list[Document]], files: Files, consumed: set[str]
) -> Iterable[Service]:
    for workload in workloads:
        view = ContainerView(workload, files)
        for server in servers():
            found = server.from_workload(workload, view)
            for service in found:
                consumed |= service.consumed
            yield from found
    for server in servers():
        alone = [document for document in documents[server.id] if document.source.key not in consumed]
        views = {document.source.key: HostView(document.source.path, files) for document in alone}
        yield from server.from_files(alone, views)
