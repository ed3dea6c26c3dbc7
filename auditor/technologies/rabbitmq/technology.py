"""RabbitMQ: its files, and the brokers that files and containers make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.rabbitmq import FileKind, recognise, recognise_kind

from .conf import RabbitConf, read_conf
from .definitions import RabbitDefinitions, definitions_of
from .effective import Build
from .images import container_services, finished
from .other_files import (
    DefinitionsFile,
    ErlangConfig,
    RabbitEnv,
    read_cookie,
    read_definitions,
    read_env,
    read_erlang,
    read_plugins,
)
from .service import MANAGEMENT, RabbitMq


class RabbitMqTechnology:
    """The technology `rabbitmq`."""

    id = "rabbitmq"
    title = "RabbitMQ"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        found = recognise_kind(source.file_name, source.path, source.text[:16384])
        kind = found[0] if found else FileKind.CONF
        readers = {
            FileKind.CONF: read_conf,
            FileKind.TERMS: read_erlang,
            FileKind.DEFINITIONS: read_definitions,
            FileKind.PLUGINS: read_plugins,
            FileKind.ENVIRONMENT: read_env,
            FileKind.COOKIE: read_cookie,
        }
        return readers[kind](source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        return () if workload.role is Role.INIT else container_services(workload, view)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield a broker for every main file, with the parts beside it, and what is left over."""
        used: set[str] = set()
        mains = [each for each in documents if isinstance(each, RabbitConf) and _is_main(each)]
        for main in mains:
            for service in _broker(main, views[main.source.key]):
                used |= service.consumed
                yield service
        for document in documents:
            if document.source.key in used:
                continue
            view = views[document.source.key]
            if isinstance(document, (RabbitConf, ErlangConfig)) or (
                isinstance(document, RabbitEnv) and document.variables
            ):
                for service in _broker(document, view):
                    used |= service.consumed
                    yield service
        for document in documents:
            if isinstance(document, DefinitionsFile) and document.source.key not in used:
                yield definitions_of(document, document.source.path, "file")


def _is_main(document: RabbitConf) -> bool:
    return "conf.d/" not in document.source.path and document.source.file_name.lower().startswith("rabbitmq.conf")


def _broker(document: Document, view: FileView) -> Iterator[RabbitMq | RabbitDefinitions]:
    """Yield the broker that somebody starts on a host with just this file and what lies beside it."""
    build = Build(view)
    build.defaults()
    if isinstance(document, RabbitConf):
        build.conf(document)
        if _is_main(document) and not document.source.is_embedded:
            build.folder("conf.d/*.conf")
            build.terms(view.open("advanced.config"))
            environment = view.open("rabbitmq-env.conf")
            if isinstance(environment, Source):
                build.consumed.add(environment.key)
                build.environment(read_env(environment).variables)
    elif isinstance(document, RabbitEnv):
        build.consumed.add(document.source.key)
        build.environment(document.variables)
    else:
        build.terms(document.source)
    told = any(name.startswith("management.") for name in build.settings)
    build.enabled_plugins(
        None if document.source.is_embedded else view.open("enabled_plugins"),
        frozenset({MANAGEMENT}) if told else Unknown("which plugins are switched on is not in the scanned files"),
    )
    build.load_definitions()
    base = RabbitMq(
        component=document.source.key if document.source.is_embedded else document.source.path,
        technology="rabbitmq",
        at=document.source.at(),
    )
    yield from finished(base, build)


RABBITMQ = RabbitMqTechnology()
