"""Make servers and configurations of files, containers and units.

Sources: `--help` of prometheus 2.42 and alertmanager 0.25 (defaults); Dockerfiles of prometheus/prometheus 2.53 and
prometheus/alertmanager 0.27 (ENTRYPOINT is the program, CMD names the configuration file).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping
from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem, Service
from auditor.model.numbers import whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import Program as ImageProgram
from auditor.technologies.common.program import Start, start_of
from auditor.technologies.document import FileView

from .clients import clients_of_alertmanager, clients_of_prometheus, mail_of
from .document import ALERTMANAGER_FILE, PROMETHEUS_FILE, MonitoringFile, read_document, read_web_document
from .flags import SWITCHES, Flags, read_flags
from .programs import ALERTMANAGER, ANY, PROGRAMS, PROMETHEUS, Program
from .service import AlertmanagerConfig, MonitoringServer, PrometheusConfig
from .webconfig import WebConfig

_HELP: Final = "prometheus 2.42, --help"
_BITNAMI: Final = {PROMETHEUS: "/opt/bitnami/prometheus/conf/prometheus.yml"} | {
    ALERTMANAGER: "/opt/bitnami/alertmanager/conf/config.yml"
}
_GOSSIP: Final = "0.0.0.0:9094"
_SHOWN: Final = ("client_auth_type", "min_version", "max_version", "cert_file", "client_ca_file")


def of_file(document: MonitoringFile) -> Service:
    """Return what a file that stands alone makes."""
    if document.web is None:
        return _configuration(document, document.source.path, "file")
    at = document.source.at()
    server = MonitoringServer(
        component=document.source.path,
        technology="prometheus",
        at=at,
        title=ANY.title,
        web=document.web,
        refused=document.problems,
        exposure=Exposure(reach=Reach.UNKNOWN, reason="the file does not say where the server listens"),
        consumed=frozenset([document.source.key]),
    )
    _show(server.settings, document.web)
    return server


def of_workload(workload: Workload, view: FileView) -> Iterator[Service]:
    """Yield the server that a container or a unit runs, and the configuration it is started with."""
    for program in PROGRAMS:
        start = _start(workload, program)
        if start is None:
            continue
        flags = read_flags(start.words)
        server = _server(workload, view, program, flags)
        yield server
        config = _config(workload, view, program, flags, by_image=start.by_image)
        if config is not None:
            yield config
        return


def _start(workload: Workload, program: Program) -> Start | None:
    names = program.names
    image = ImageProgram(entrypoints=(), takes=lambda word: word.startswith("-"))
    return start_of(workload, names, image if workload.image_name in names else None)


def _server(workload: Workload, view: FileView, program: Program, flags: Flags) -> MonitoringServer:
    settings = Settings(Setting(name, "false", Origin.DEFAULT, source=_HELP) for name in sorted(SWITCHES))
    settings.set(Setting("web.listen-address", program.address, Origin.DEFAULT, source=_HELP))
    if program is PROMETHEUS:
        settings.set(Setting("web.cors.origin", ".*", Origin.DEFAULT, source=_HELP))
    if program is ALERTMANAGER:
        settings.set(Setting("cluster.listen-address", _GOSSIP, Origin.DEFAULT, source="alertmanager 0.25, --help"))
    for name, given in flags.values.items():
        known = [each.value for each in given if isinstance(each.value, str)]
        value = given[-1].value if len(known) < len(given) else ",".join(known)
        if name.startswith(("web.", "cluster.", "storage.tsdb.retention", "config.file", "enable-feature")):
            settings.set(Setting(name, value, Origin.FLAG, given[-1].at))
    server = MonitoringServer(
        component=workload.component,
        technology="prometheus",
        at=workload.image.at if workload.image else workload.at,
        origin=workload.origin,
        version=workload.image_version if workload.image_name in program.names else None,
        settings=settings,
        incomplete=flags.incomplete,
        in_container=not workload.on_host,
        title=program.title,
        is_exporter=program.is_exporter,
        refused=tuple(flags.refused),
    )
    return _reached(_with_web(server, flags, view), workload)


def _with_web(server: MonitoringServer, flags: Flags, view: FileView) -> MonitoringServer:
    named = flags.last("web.config.file") or flags.last("web.config")
    if named is None or named.value == "":
        return replace(server, web=Unknown(flags.incomplete) if flags.incomplete and named is None else None)
    found = view.open(named.value) if isinstance(named.value, str) else named.value
    if not isinstance(found, Source):
        reason = found.reason if isinstance(found, Unknown) else "the web configuration is not in the scanned files"
        return replace(server, web=Unknown(reason))
    try:
        document = read_web_document(found)
    except FormatError as error:
        return replace(server, refused=(*server.refused, Problem(at=error.at, message=error.expected)))
    assert document.web is not None
    _show(server.settings, document.web)
    return replace(
        server,
        web=document.web,
        refused=(*server.refused, *document.problems),
        consumed=frozenset([document.source.key]),
    )


def _show(settings: Settings, web: WebConfig) -> None:
    """Put what the report shows of a web configuration among the settings."""
    for key in _SHOWN:
        value = web.text(key)
        if value is not None:
            settings.set(Setting(f"tls_server_config.{key}", value, Origin.FILE, web.where(key)))
    if web.users:
        at = web.headers.get("basic_auth_users", web.at)
        settings.set(Setting("basic_auth_users", str(len(web.users)), Origin.FILE, at))


def _reached(server: MonitoringServer, workload: Workload) -> MonitoringServer:
    gossip = server.text("cluster.listen-address")
    found = replace(server, exposure=_exposure(server.text("web.listen-address"), workload))
    if isinstance(gossip, str) and gossip:
        found = replace(found, gossip=_exposure(gossip, workload))
    return found


def _exposure(addresses: str | Unknown | None, workload: Workload) -> Exposure:
    if isinstance(addresses, Unknown):
        return exposure_of(addresses, (), workload, None)
    split = [address.rpartition(":") for address in (addresses or "").split(",")]
    hosts = [host.strip("[]") for host, _, _ in split]
    ports = [number for _, _, port in split if (number := whole_number(port)) is not None]
    return exposure_of(hosts, ports, workload, None)


def _config(
    workload: Workload, view: FileView, program: Program, flags: Flags, *, by_image: bool
) -> PrometheusConfig | AlertmanagerConfig | None:
    named = flags.last("config.file")
    path = named.value if named is not None else None
    if path is None and program.config and by_image:
        is_bitnami = (workload.image_repository or "").startswith("bitnami")
        path = _BITNAMI[program] if is_bitnami else program.config
    found = view.open(path) if isinstance(path, str) else None
    if not isinstance(found, Source) or program not in {PROMETHEUS, ALERTMANAGER}:
        return None
    try:
        document = read_document(found)
    except FormatError:
        return None  # discovery reports the file
    if document.kind not in {PROMETHEUS_FILE, ALERTMANAGER_FILE}:
        return None
    return _configuration(document, workload.component, workload.origin)


def _configuration(document: MonitoringFile, component: str, origin: str) -> PrometheusConfig | AlertmanagerConfig:
    root, at = document.root, document.source.at()
    assert root is not None
    consumed = frozenset([document.source.key])
    opened = "template expressions may add more" if _is_open(root) else ""
    if document.kind == ALERTMANAGER_FILE:
        mail, clients = tuple(mail_of(root)), tuple(clients_of_alertmanager(root))
        settings = Settings(
            Setting(
                "smtp_require_tls",
                each.requires_tls if isinstance(each.requires_tls, Unknown) else str(each.requires_tls).lower(),
                Origin.FILE,
                each.at,
            )
            for each in mail
        )
        return AlertmanagerConfig(
            component=component, technology="prometheus", at=at, origin=origin, settings=settings, consumed=consumed,
            clients=clients, opened=opened, mail=mail,
        )  # fmt: skip
    clients = tuple(clients_of_prometheus(root))
    settings = Settings(Setting(f"{each.what}: scheme", each.scheme, Origin.FILE, each.scheme_at) for each in clients)
    return PrometheusConfig(
        component=component, technology="prometheus", at=at, origin=origin, settings=settings, consumed=consumed,
        clients=clients,
        opened=opened,
        has_rules=_has(root, "rule_files"),
        has_alertmanager=_has(root, "alerting", "alertmanagers"),
        sends_elsewhere=_has(root, "remote_write"),
    )  # fmt: skip


def _is_open(root: Mapping) -> bool:
    """Tell whether a template may add jobs or receivers, or settings to one."""
    lists = [root.sequence(key) for key in ("scrape_configs", "remote_write", "remote_read", "receivers")]
    known = [listed for listed in lists if listed is not None]
    return root.open or any(listed.open or any(item.open for item in listed.mappings()) for listed in known)


def _has(root: Mapping, *path: str) -> bool | Unknown:
    listed = root.sequence(*path)
    if listed is not None and (len(listed) or listed.open):
        return True if len(listed) else Unknown("a template expression")
    return Unknown("a template expression") if root.is_open_at(*path) else False
