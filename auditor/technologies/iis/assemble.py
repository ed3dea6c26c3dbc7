"""Which files make which server and application.

An application is a folder with a web.config. That of a folder below belongs to it, as IIS reads them, unless the folder
is an application of its own: it has a project file, runs ASP.NET Core, or sets what only an application may set.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.formats.xml import Element
from auditor.model.exposure import Exposure, Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.technologies.document import FileView

from .build import Loaded, Open, application, is_within, layers_of, load, server
from .document import IisFile, parse_file
from .scope import Layer, Scope
from .service import Iis

_ALONE = Exposure(reach=Reach.UNKNOWN, reason="the site's bindings are in no scanned file")
_LISTENING = Exposure(reach=Reach.HOST_NETWORK, reason="IIS listens on addresses of its host")
_OF_APPLICATIONS = ("authentication", "sessionState", "machineKey", "membership")
"""Sections with allowDefinition MachineToApplication (machine.config of .NET Framework 4)."""
_USUAL = frozenset({"wwwroot", "www", "web", "site", "app", "api", "public", "dist", "src"})
"""Names of folders that do not tell one site from another."""
_PROJECTS = ("*.csproj", "*.vbproj", "*.fsproj")
_PORTS = (80, 443)
_NAMES = ("web.config", "Web.config")


def services_of_files(files: Sequence[IisFile], views: Mapping[str, FileView]) -> Iterator[Iis]:
    """Yield the applications, then the servers."""
    machine = _machine(files, views)
    outer = [] if machine is None else [replace(layer, is_own=False) for layer in machine.top.layers]
    if machine is not None:
        yield machine
    hosts = [load(each, views[each.source.key].open) for each in files if _is_host(each)]
    read = frozenset[str]() if machine is None else machine.consumed
    applications = _applications([each for each in files if each.source.key not in read], views)
    contents: dict[str, dict[str, Scope]] = {each.file.source.key: {} for each in hosts}
    for folder, (own, below) in applications.items():
        linked = next(((host, site) for host in hosts if (site := _site_of(host.root, folder)) is not None), None)
        if linked is None:
            yield application(own, below, outer, None, _ALONE)
            continue
        host, site = linked
        found = application(own, below, [*outer, *_site_layers(host.root, site)], host.root, _LISTENING)
        if "/" not in site and found.scopes:
            contents[host.file.source.key][site.lower()] = found.top
        yield found
    for host in hosts:
        yield server(host, _LISTENING, contents[host.file.source.key])


def service_of_workload(workload: Workload, view: FileView) -> Iis | None:
    """Return the application that is copied into a container of Microsoft's images, as it is: nothing transforms it."""
    for mount in workload.mounts:
        target = mount.target.rstrip("/")
        is_file = target.lower().endswith(("/web.config", "\\web.config"))
        names = [target] if is_file else [f"{target}/{name}" for name in _NAMES]
        for name in names:
            source = view.open(name)
            if isinstance(source, Source):
                own = load(parse_file(source), _opener(view, posixpath.dirname(name)))
                return application(
                    own,
                    (),
                    (),
                    None,
                    workload.exposure(*_PORTS),
                    component=workload.component,
                    origin=workload.origin,
                    at=workload.image.at if workload.image is not None else workload.at,
                )
    return None


def _opener(view: FileView, folder: str) -> Open:
    return lambda path: view.open(posixpath.join(folder, path))


def _is_host(file: IisFile) -> bool:
    """Tell whether it configures a server; that of IIS Express is a developer's own and no site is deployed with it."""
    is_express = "/.vs/" in f"/{file.source.path}" or "%IIS_SITES_HOME%" in file.source.text
    return file.name == "applicationhost.config" and not is_express


def _machine(files: Sequence[IisFile], views: Mapping[str, FileView]) -> Iis | None:
    """Return what machine.config and the web.config beside it set for all applications; None without exactly one."""
    machines = [each for each in files if each.name == "machine.config"]
    if len(machines) != 1:
        return None
    beside = [each for each in files if each.name == "web.config" and _folder(each) == _folder(machines[0])]
    own, *below = [load(each, views[each.source.key].open) for each in (machines[0], *beside)]
    return application(own, [("", each) for each in below], (), None, _ALONE)


def _applications(
    files: Sequence[IisFile], views: Mapping[str, FileView]
) -> dict[str, tuple[Loaded, list[tuple[str, Loaded]]]]:
    """Return each application by its folder: its file, and the files below it by their folder in it."""
    found: dict[str, tuple[Loaded, list[tuple[str, Loaded]]]] = {}
    webs = {_folder(each): each for each in files if each.name == "web.config" and not _is_live(each)}
    webs |= {_folder(each): each for each in files if each.name == "web.config" and _is_live(each)}
    transforms: dict[str, list[IisFile]] = {}
    for each in files:
        if each.is_transform:
            transforms.setdefault(_folder(each), []).append(each)
    for folder in sorted(webs, key=lambda path: (path.count("/") + bool(path), path)):
        each = webs[folder]
        view = views[each.source.key]
        loaded = load(each, view.open, transforms.get(folder, ()))
        above = () if each.source.is_embedded else _above(folder)
        nearest = next((path for path in above if path in found), None)
        if nearest is None or loaded.problems or _is_application(loaded.root, view):
            found[folder] = (loaded, [])
        else:
            found[nearest][1].append((folder[len(nearest) :].strip("/"), loaded))
    return found


def _above(folder: str) -> Iterator[str]:
    """Yield the folders above one, the nearest first."""
    while folder:
        folder = posixpath.dirname(folder)
        yield folder


def _is_live(file: IisFile) -> bool:
    """Tell whether the file is read as it is: of `web.config` and `web.config.example` the first."""
    return file.source.file_name.lower() == file.name


def _is_application(root: Element, view: FileView) -> bool:
    if any(root.first("system.web", name) is not None for name in _OF_APPLICATIONS):
        return True
    if any(each.name == "aspNetCore" for each in root.walk()):
        return True
    return any(not isinstance(listed := view.glob(name), Unknown) and listed for name in _PROJECTS)


def _site_of(host: Element, folder: str) -> str | None:
    """Return the site, or site and application, whose folder on the server ends like `folder`; None if none does."""
    wanted = [part.lower() for part in folder.split("/") if part]
    if not wanted:
        return None
    for group in host.named("system.applicationHost"):
        for site in (each for sites in group.named("sites") for each in sites.named("site")):
            for app in site.named("application"):
                directory = next((each for each in app.named("virtualDirectory") if each.get("path") == "/"), None)
                physical = (directory.get("physicalPath") if directory is not None else None) or ""
                parts = [part.lower() for part in physical.replace("\\", "/").split("/") if part]
                if parts and parts[-1] == wanted[-1] and (parts[-1] not in _USUAL or parts[-2:] == wanted[-2:]):
                    return f"{site.get('name') or ''}/{(app.get('path') or '').strip('/')}".rstrip("/")
    return None


def _site_layers(host: Element, site: str) -> list[Layer]:
    """Return the layers of applicationHost.config as an application at `site` sees them."""
    found: list[Layer] = []
    for layer in layers_of(host, "", is_own=False):
        if is_within(site, layer.path):
            found.append(Layer(path="", element=layer.element, is_own=False))
        elif is_within(layer.path, site):
            found.append(Layer(path=layer.path[len(site) + 1 :], element=layer.element, is_own=False))
    return found


def _folder(file: IisFile) -> str:
    """Return the folder of a file; what stands inside another file (a ConfigMap) has one of its own."""
    return file.source.key if file.source.is_embedded else posixpath.dirname(file.source.path)
