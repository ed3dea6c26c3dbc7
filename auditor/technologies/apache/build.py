"""Make services of configurations."""

from collections.abc import Mapping

from auditor.model.exposure import Exposure, Reach
from auditor.model.location import Location
from auditor.model.numbers import whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .directives import BUILT_IN, DEBIAN_BUILT_IN
from .document import ApacheConfig
from .hosts import default_of, hosts_of
from .htaccess import HtaccessFiles
from .images import Start
from .loader import Loader, State
from .nodes import Nodes, either
from .refusals import refusals
from .service import Apache
from .site import Site

_SHOWN = ("servertokens", "traceenable", "proxyrequests", "serversignature")
_DEFAULTS: Mapping[str, str] = {
    "servertokens": "Full",
    "traceenable": "on",
    "proxyrequests": "Off",
    "serversignature": "Off",
}
_SOURCE = "Apache HTTP Server 2.4 manual"
_MODULES = Unknown("which modules are loaded is not in the scanned files")
_FRAGMENT = Unknown("the main configuration, which includes this file, is not in the scanned files")


@dataclass(frozen=True, kw_only=True)
class _Start:
    """What a service is made of besides its directives."""

    component: str
    at: Location
    origin: str
    version: str | None = None
    workload: Workload | None = None
    main_open: Unknown | None = None


def service_of_file(document: ApacheConfig, view: FileView) -> Apache:
    """Return the server that somebody starts with the file, or with a main file that includes it."""
    source = document.source
    main_open = None if document.is_main else _FRAGMENT
    is_debian = source.file_name.lower().startswith("apache2")
    state = State(
        view,
        root="",
        variables={},
        modules=set(DEBIAN_BUILT_IN),
        modules_open=None if document.is_main and document.loads_modules else _MODULES,
        folders=("",) if is_debian else ("", ".."),
        lists_files=False,
    )
    start = _Start(component=source.path, at=source.at(), origin="file", main_open=main_open)
    return _service(source, state, start)


def service_of_workload(workload: Workload, start: Start, view: FileView) -> Apache | None:
    """Return the server that a container or a host's unit runs; None if nothing of its configuration is known."""
    found = view.open(start.main)
    at = workload.image.at if workload.image is not None else workload.at
    if found is None and start.built_in is not None:
        found = Source(
            path=at.path, text=start.built_in, line=at.line, column=at.column, exact=False, name="httpd.conf"
        )
    if not isinstance(found, Source):
        return None
    state = State(view, start.root, dict.fromkeys(start.defines, ""), set(BUILT_IN), start.modules_open)
    return _service(
        found,
        state,
        _Start(component=workload.component, at=at, origin=workload.origin, version=start.version, workload=workload),
    )


def _service(source: Source, state: State, start: _Start) -> Apache:
    version = start.version
    if version is not None and version.count(".") == 2:
        state.version = tuple(whole_number(part) or 0 for part in version.split("."))
    loader = Loader(state)
    nodes = loader.load(source)
    loader.missing_modules(nodes)
    hosts = hosts_of(nodes, start.at, start.main_open)
    htaccess = HtaccessFiles(state.view, loader)
    sites = tuple(Site(host=host, htaccess=htaccess, default=default_of(host, hosts)) for host in hosts)
    outside = Exposure(reach=Reach.HOST_NETWORK, reason="it listens on addresses of its host")
    exposures: dict[int, Exposure] = {}
    if start.workload is not None:
        listened = {each.port for host in hosts for each in host.endpoints if each.port is not None}
        outside = start.workload.exposure(*(listened or {80, 443}))
        exposures = {port: start.workload.exposure(port) for port in listened}
    return Apache(
        component=start.component,
        technology="apache",
        at=start.at,
        origin=start.origin,
        version=version,
        settings=_settings(nodes, start.main_open),
        exposure=_exposure(sites, outside),
        consumed=frozenset(loader.consumed),
        refused=(*loader.problems, *refusals(nodes)),
        sites=sites,
        exposures=exposures,
        main=nodes,
        main_open=start.main_open,
    )


def _exposure(sites: tuple[Site, ...], outside: Exposure) -> Exposure:
    if sites and all(site.is_reachable is False for site in sites) and any(site.host.endpoints for site in sites):
        return Exposure(reach=Reach.LOOPBACK, reason="it listens on loopback addresses only", at=outside.at)
    return outside


def _settings(nodes: Nodes, main_open: Unknown | None) -> Settings:
    settings = Settings()
    if main_open is None:
        for name in _SHOWN:
            settings.set(Setting(name=name, value=_DEFAULTS[name], origin=Origin.DEFAULT, source=_SOURCE))
    for node in nodes:
        if node.name in _SHOWN or node.name in {"listen", "sslprotocol", "sslciphersuite", "documentroot"}:
            value = either(node.doubt(), " ".join(str(word) for word in node.words))
            settings.set(Setting(name=node.name, value=value, origin=Origin.FILE, at=node.at))
    return settings
