"""Make NiFi and NiFi Registry services of containers, of units and of files that stand alone."""

import posixpath
from collections.abc import Iterable, Sequence

from auditor.model.exposure import Exposure, Reach
from auditor.model.location import Location
from auditor.model.numbers import whole_number
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.versions import Range, range_of
from auditor.technologies.document import FileView

from .contradictions import contradictions
from .debugger import debugger_of
from .image_settings import Variables, apply_nifi, apply_registry, irreplaceable
from .loader import Loaded
from .parameters import (
    BEFORE,
    DEFAULTS,
    GUIDE,
    REGISTRY_DEFAULTS,
    REGISTRY_GUIDE,
    REGISTRY_SHIPPED,
    SHIPPED,
    SINCE,
    shipped,
)
from .selection import select
from .service import LdapConnection, NiFi, NiFiRegistry
from .starts import Start, start_of

_PORTS = ("nifi.web.http.port", "nifi.web.https.port")
_REGISTRY_PORTS = ("nifi.registry.web.http.port", "nifi.registry.web.https.port")
_LATEST = Range(least=(1, 14))
"""What an image without a version may be: releases before 1.14 are years out of support."""


@dataclass(frozen=True)
class Files:
    """The files of an installation. `home` is its folder, "" for a lone file: the others then lie beside it."""

    view: FileView
    home: str = ""
    ending: str = ""
    """What stands behind the lone file's own name (`.j2`), and may behind the others'."""

    def open(self, path: str) -> Source | Unknown | None:
        """Return a file by its path as the properties write it, relative to the installation's folder."""
        if self.home:
            return self.view.open(posixpath.join(self.home, path))
        beside = posixpath.normpath(path)
        beside = beside.removeprefix("conf/") if beside.startswith("conf/") else beside
        if beside.startswith("/"):
            return self.view.open(beside)
        found = self.view.open(beside)
        return self.view.open(beside + self.ending) if found is None and self.ending else found


def service_of_file(source: Source, view: FileView) -> NiFi:
    """Return the server that somebody starts with this nifi.properties and the files beside it."""
    loaded = Loaded()
    loaded.defaults(DEFAULTS, GUIDE)
    loaded.file(source, _PORTS)
    name = source.file_name
    ending = name[len("nifi.properties") :] if name.lower().startswith("nifi.properties") else ""
    version = range_of(None, loaded.keys, SINCE, BEFORE)
    return _nifi(loaded, Files(view, ending=ending), version, None, None, source.path, source.at())


def registry_of_file(source: Source) -> NiFiRegistry:
    """Return the registry that somebody starts with just this nifi-registry.properties."""
    loaded = Loaded()
    loaded.defaults(REGISTRY_DEFAULTS, REGISTRY_GUIDE)
    loaded.file(source, _REGISTRY_PORTS)
    return _registry(loaded, None, source.path, source.at())


def service_of_workload(workload: Workload, view: FileView) -> NiFi | NiFiRegistry | None:
    """Return the server that a container or a unit runs, None if it runs another program."""
    start = start_of(workload)
    if start is None:
        return None
    loaded = Loaded()
    at = workload.image.at if workload.image is not None else workload.at
    is_registry = start.is_registry
    name = "conf/nifi-registry.properties" if is_registry else "conf/nifi.properties"
    files = Files(view, home=start.home)
    found = files.open(name)
    if is_registry:
        loaded.defaults(REGISTRY_DEFAULTS, REGISTRY_GUIDE)
    else:
        loaded.defaults(DEFAULTS, GUIDE)
    tag_range = range_of(workload.image_version, (), SINCE, BEFORE)
    if isinstance(found, Source):
        loaded.file(found)
    elif workload.on_host:
        return None
    elif isinstance(found, Unknown):
        loaded.incomplete = found.reason
    else:
        own = REGISTRY_SHIPPED if is_registry else shipped(tag_range)
        loaded.defaults(own, SHIPPED, Origin.IMAGE)
        loaded.keys.update(REGISTRY_DEFAULTS if is_registry else DEFAULTS)
        loaded.keys.update(f"{each.removesuffix('port')}host" for each in (*_PORTS, *_REGISTRY_PORTS))
    if tag_range == Range():
        names = loaded.keys if isinstance(found, Source) else ()
        tag_range = range_of(None, names, SINCE, BEFORE) if names else _LATEST
    variables = Variables(workload) if start.by_script else None
    if variables is not None:
        loaded.problems.extend(irreplaceable(workload, posixpath.join(start.home, name)))
        if is_registry:
            apply_registry(loaded, variables)
        else:
            apply_nifi(loaded, variables, tag_range)
    if start.doubt:
        loaded.cloud(start.doubt)
    if is_registry:
        return _registry(loaded, workload, workload.component, at)
    return _nifi(loaded, files, tag_range, workload, start, workload.component, at)


def _nifi(  # noqa: PLR0917  # the parts of a service
    loaded: Loaded,
    files: Files,
    version: Range,
    workload: Workload | None,
    start: Start | None,
    component: str,
    at: Location,
) -> NiFi:
    variables = Variables(workload) if workload is not None and start is not None and start.by_script else None
    in_image = variables is not None or (workload is not None and not workload.on_host)
    opener = files.open
    chosen = select(loaded, opener, variables, at, in_image=in_image)
    _show(loaded, chosen.directories)
    _leave_out_zookeeper(loaded, files)
    bootstrap = files.open("conf/bootstrap.conf")
    if isinstance(bootstrap, Source):
        loaded.consumed.add(bootstrap.key)
    elif workload is None:
        bootstrap = None

    def reach(port: int) -> Exposure:
        outside = Exposure(reach=Reach.HOST_NETWORK, reason="it listens on addresses of its host")
        return outside if workload is None else workload.exposure(port)

    problems = [*loaded.problems, *chosen.problems]
    problems += contradictions(loaded, at, version, chosen.authorizer, chosen.login)
    return NiFi(
        component=component,
        technology="nifi",
        at=at,
        origin="file" if workload is None else workload.origin,
        version=workload.image_version if workload is not None else None,
        settings=loaded.settings,
        exposure=_exposure(loaded, _PORTS, workload, at),
        consumed=frozenset(loaded.consumed),
        refused=tuple(problems),
        incomplete=loaded.incomplete,
        in_container=workload is not None and not workload.on_host,
        versions=version,
        authorizer=chosen.authorizer,
        login_provider=chosen.login,
        directories=chosen.directories,
        directories_doubt=chosen.directories_doubt,
        cluster_state=chosen.cluster_state,
        debugger=debugger_of(bootstrap, variables, version, reach),
    )


def _registry(loaded: Loaded, workload: Workload | None, component: str, at: Location) -> NiFiRegistry:
    return NiFiRegistry(
        component=component,
        technology="nifi",
        at=at,
        origin="file" if workload is None else workload.origin,
        version=workload.image_version if workload is not None else None,
        settings=loaded.settings,
        exposure=_exposure(loaded, _REGISTRY_PORTS, workload, at),
        consumed=frozenset(loaded.consumed),
        refused=tuple(loaded.problems),
        incomplete=loaded.incomplete,
        in_container=workload is not None and not workload.on_host,
    )


def _show(loaded: Loaded, directories: Sequence[LdapConnection]) -> None:
    """Add what the report shows of connections to directories."""
    for each in directories:
        for name in ("Authentication Strategy", "Url", "TLS - Protocol"):
            found = each.provider.property(name)
            if found is not None and found.value != "":
                loaded.set(f"{each.provider.identifier} {name}", found.value, found.at, Origin.FILE)


def _leave_out_zookeeper(loaded: Loaded, files: Files) -> None:
    """Take the zookeeper.properties that comes with NiFi out of the scan where NiFi starts no ZooKeeper with it."""
    if loaded.plain("nifi.state.management.embedded.zookeeper.start") != "false":
        return
    found = files.open("conf/zookeeper.properties")
    if isinstance(found, Source):
        loaded.consumed.add(found.key)


def _exposure(loaded: Loaded, ports: tuple[str, str], workload: Workload | None, at: Location) -> Exposure:
    """Return from where the port of the interface is reached: of the two the one that is set."""
    plain, secure = (loaded.plain(name) for name in ports)
    if isinstance(plain, Unknown) or isinstance(secure, Unknown):
        doubt = plain if isinstance(plain, Unknown) else Unknown("the port is not known")
        numbers: Iterable[str] = [each for each in (plain, secure) if isinstance(each, str)]
        hosts: list[str] | Unknown = doubt
        name = ports[1]
    else:
        name = ports[1] if secure else ports[0]
        numbers, hosts = [secure or plain], _hosts(loaded, name.removesuffix("port"))
    found = [number for each in numbers if (number := whole_number(each)) is not None]
    setting = loaded.settings.get(f"{name.removesuffix('port')}host")
    return exposure_of(hosts, found or [8443, 8080], workload, setting.at if setting is not None else at)


def _hosts(loaded: Loaded, prefix: str) -> list[str] | Unknown:
    """Return the addresses it listens on; named network interfaces count before the host."""
    interfaces = [
        loaded.plain(name)
        for name in loaded.settings
        if name.startswith(f"{prefix}network.interface.") and loaded.plain(name) != ""
    ]
    if interfaces:
        return ["127.0.0.1" if each == "lo" else "" for each in interfaces]
    host = loaded.plain(f"{prefix}host")
    return host if isinstance(host, Unknown) else [host]
