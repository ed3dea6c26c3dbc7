"""From documents to facts: platforms first, then servers through their workloads, then files that stand alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from auditor.discovery import Examined
from auditor.model.application import ApplicationSettings
from auditor.model.cloud import CloudResource
from auditor.model.code import SecretsDiffer
from auditor.model.credential import Credential
from auditor.model.errors import describe_error
from auditor.model.fact import Fact, Service
from auditor.model.linking import Upstream
from auditor.model.workload import Role, Workload
from auditor.records import dataclass
from auditor.sharing import uses_of_secrets
from auditor.technologies.common.host import HostProgram
from auditor.technologies.document import Document, FileView, Server
from auditor.technologies.registry import frameworks, platforms, servers, servers_in

from .applications import set_in_files, settings_of_files, settings_of_workload
from .cloud_applications import settings_of_cloud
from .credentials import find_credentials
from .files import Files
from .tokens import facts_of_inscriptions
from .views import HostView, view_of


@dataclass(frozen=True)
class Fault:
    """A technology's code raised an exception: whose, where it was looking, and the exception's type."""

    technology: str
    path: str
    error: str


@dataclass(frozen=True)
class Inventory:
    """All facts of the tree in a stable order, and the paths read only because something refers to them."""

    facts: tuple[Fact, ...]
    opened: frozenset[str]
    faults: tuple[Fault, ...]


def take_inventory(examined: Sequence[Examined], files: Files) -> Inventory:
    """Build the facts that checks are given. A technology that fails costs its own facts only."""
    documents: dict[str, list[Document]] = defaultdict(list)
    for item in examined:
        for technology, document in item.documents:
            documents[technology].append(document)
    facts: list[Fact] = []
    faults: list[Fault] = []
    for platform, given in platforms(frozenset(documents)):
        read = [document for technology in given for document in documents[technology]]
        facts += _guarded(platform.facts(read, files), platform.id, "", faults)
    facts = _without_consumed_images(_built(facts, documents["dockerfile"], files))
    workloads = [fact for fact in facts if isinstance(fact, Workload)]
    workloads += [fact.runs for fact in facts if isinstance(fact, HostProgram)]
    consumed: set[str] = {path for workload in workloads for path in workload.consumed}
    served = [_services(workload, files, consumed, faults) for workload in workloads]
    alone = list(_services_of_files(documents, files, consumed, faults))
    if any(type(service).hands_on is not Service.hands_on for group in (*served, alone) for service in group):
        facts, workloads, served, alone = _linked(facts, workloads, served, alone, files, faults=faults)
    facts += [service for group in (*served, alone) for service in group]
    facts = _with_ssh_servers(facts)
    facts += _applications(workloads, {fact.component for fact in facts if isinstance(fact, Service)})
    facts += settings_of_cloud([fact for fact in facts if isinstance(fact, CloudResource)])
    facts += settings_of_files(documents["dotenv"], consumed)
    for framework in frameworks(frozenset(documents), workloads):
        applied = framework.applications(documents[framework.id], workloads, set_in_files(documents["dotenv"]))
        facts += _guarded(applied, framework.id, "", faults)
    credentials = list(find_credentials(documents, facts))
    inscribed = list(facts_of_inscriptions(examined, documents, credentials))
    facts += credentials
    facts += inscribed
    kept_apart = [fact.symbols for fact in facts if isinstance(fact, SecretsDiffer)]
    secrets = [*credentials, *(fact for fact in inscribed if isinstance(fact, Credential))]
    facts += uses_of_secrets(secrets, kept_apart)
    return Inventory(tuple(facts), frozenset(files.opened), tuple(faults))


def _built(facts: list[Fact], documents: Sequence[Document], files: Files) -> list[Fact]:
    """Complete the workloads that are built from Dockerfiles of the tree."""
    if not any(isinstance(fact, Workload) and fact.built_from is not None for fact in facts):
        return facts
    from .images import with_images  # noqa: PLC0415  # reading Dockerfiles is loaded where there is one

    return with_images(facts, documents, files)


def _with_ssh_servers(facts: list[Fact]) -> list[Fact]:
    """Complete the services of PAM that SSH servers of the tree ask."""
    if not {"pam", "sshd"} <= {fact.technology for fact in facts}:
        return facts
    from .log_ins import with_ssh_servers  # noqa: PLC0415  # both packages are loaded where there are facts of them

    return with_ssh_servers(facts)


_T = TypeVar("_T")


def _guarded(found: Iterable[_T], technology: str, path: str, faults: list[Fault]) -> list[_T]:
    """Return what `found` yields, up to an exception, which becomes a fault without its text."""
    facts: list[_T] = []
    try:
        facts.extend(found)
    except Exception as error:  # noqa: BLE001  # reported with exit code 4; the rest of the estate is still judged
        faults.append(Fault(technology, path, describe_error(error)))
    return facts


def _without_consumed_images(facts: Iterable[Fact]) -> list[Fact]:
    """Leave out Dockerfiles that a workload is built from: they are judged through it."""
    found = list(facts)
    built = {fact.built_from for fact in found if isinstance(fact, Workload) and fact.role is not Role.IMAGE}
    return [
        fact
        for fact in found
        if not (isinstance(fact, Workload) and fact.role is Role.IMAGE and fact.built_from in built)
    ]


def _applications(workloads: Iterable[Workload], served: set[str]) -> list[ApplicationSettings]:
    """Return the settings of workloads, those of known servers (`served`) last.

    Of an env file that an application and its database share, the application is told about.
    """
    found = [settings_of_workload(workload) for workload in workloads if workload.role is not Role.INIT]
    return sorted((each for each in found if each is not None), key=lambda each: each.component in served)


def _services(workload: Workload, files: Files, consumed: set[str], faults: list[Fault]) -> list[Service]:
    view = view_of(workload, files)
    services: list[Service] = []
    for server in servers_in(workload):
        services += _guarded(_of_workload(server, workload, view), server.id, workload.at.path, faults)
    for service in services:
        consumed |= service.consumed
    return services


def _linked(
    facts: list[Fact],
    workloads: list[Workload],
    served: list[list[Service]],
    alone: list[Service],
    files: Files,
    *,
    faults: list[Fault],
) -> tuple[list[Fact], list[Workload], list[list[Service]], list[Service]]:
    """Return the same with what proxies hand on to reached through them, and known to them."""
    from .links import Served, linked, upstreams_of  # noqa: PLC0415  # loaded where there is a proxy

    new: list[Fault] = []

    def serve(workload: Workload) -> list[Service]:
        return _services(workload, files, set(), new)

    def ask(service: Service) -> list[Upstream]:
        return _guarded(upstreams_of(service), service.technology, service.at.path, new)

    given = [Served(workload, tuple(services)) for workload, services in zip(workloads, served, strict=True)]
    *found, lone = linked([*given, Served(None, tuple(alone))], serve, ask)
    faults += [fault for fault in dict.fromkeys(new) if fault not in faults]
    changed = {
        id(before): after.workload
        for before, after in zip(workloads, found, strict=True)
        if after.workload is not None and after.workload is not before
    }
    return (
        [_changed(fact, changed) for fact in facts] if changed else facts,
        [changed.get(id(workload), workload) for workload in workloads],
        [list(each.services) for each in found],
        list(lone.services),
    )


def _changed(fact: Fact, changed: Mapping[int, Workload]) -> Fact:
    if isinstance(fact, HostProgram):
        return replace(fact, runs=changed[id(fact.runs)]) if id(fact.runs) in changed else fact
    return changed.get(id(fact), fact)


def _of_workload(server: Server, workload: Workload, view: FileView) -> Iterator[Service]:
    yield from server.from_workload(workload, view)


def _services_of_files(
    documents: dict[str, list[Document]], files: Files, consumed: set[str], faults: list[Fault]
) -> Iterator[Service]:
    for server in servers(frozenset(documents)):
        alone = [document for document in documents[server.id] if document.source.key not in consumed]
        views = {document.source.key: HostView(document.source.path, files) for document in alone}
        found = _guarded(server.from_files(alone, views), server.id, "", faults)
        consumed |= {key for service in found for key in service.consumed}  # PgBouncer loads a pg_hba.conf
        yield from found
