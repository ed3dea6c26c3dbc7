"""Make ProFTPD servers of files and containers."""

import posixpath
from collections.abc import Sequence

from auditor.model.exposure import Exposure, Reach
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import start_of
from auditor.technologies.document import FileView

from .document import Directive
from .loader import GAP, Loader
from .service import Anonymous, Block, Host, Proftpd

_MAIN = "/etc/proftpd/proftpd.conf"
_PATHS = (_MAIN, "/etc/proftpd.conf", "/usr/local/etc/proftpd.conf")
_PORT = 21
_SHOWN = {
    "tlsengine": ("TLSEngine", "off"),
    "tlsrequired": ("TLSRequired", "off"),
    "defaultroot": ("DefaultRoot", ""),
    "rootlogin": ("RootLogin", "off"),
    "transferlog": ("TransferLog", "/var/log/xferlog"),
    "allowforeignaddress": ("AllowForeignAddress", "off"),
    "port": ("Port", "21"),
    "timeoutidle": ("TimeoutIdle", "600"),
}


def file_server(source: Source, view: FileView) -> Proftpd:
    """Return the server that somebody starts with just this file."""
    loader = Loader(view)
    return _server(loader.load(source), loader, source, source.path, source.at(), None)


def workload_server(workload: Workload, view: FileView) -> Proftpd | None:
    """Return the server that a container or a unit runs, None if it runs another program or its file is not known."""
    start = start_of(workload, {"proftpd"}, None)
    if start is None:
        return None
    words = [word.value if isinstance(word.value, str) else "" for word in start.words]
    flags = [index for index, word in enumerate(words) if word in {"-c", "--config"} and index + 1 < len(words)]
    paths = (words[flags[-1] + 1],) if flags else _PATHS
    found = next((each for path in paths if isinstance(each := view.open(posixpath.normpath(path)), Source)), None)
    if found is None:
        return None
    loader = Loader(view)
    at = workload.image.at if workload.image else workload.at
    return _server(loader.load(found), loader, found, workload.component, at, workload)


def _server(  # noqa: PLR0917  # the parts of a service
    directives: Sequence[Directive],
    loader: Loader,
    source: Source,
    component: str,
    at: Location,
    workload: Workload | None,
) -> Proftpd:
    shared = tuple(each for section in directives if section.name == "global" for each in section.children or ())
    own = tuple(each for each in directives if each.name not in {"global", "virtualhost"})
    hosts = [_host("", source.at(), own, shared, loader)]
    hosts += [
        _host(each.text, each.at, each.children or (), shared, loader)
        for each in directives
        if each.name == "virtualhost" and not each.is_open
    ]
    settings = Settings()
    for key, (name, default) in _SHOWN.items():
        found = hosts[0].first(key)
        if found is None:
            settings.set(Setting(name, default, Origin.DEFAULT, source="ProFTPD 1.3.8 directives"))
        elif isinstance(found, Unknown):
            settings.set(Setting(name, found, Origin.FILE, at))
        else:
            settings.set(Setting(name, found.text, Origin.FILE, found.at))
    return Proftpd(
        component=component,
        technology="proftpd",
        at=at,
        origin=workload.origin if workload else "file",
        settings=settings,
        exposure=_exposure(hosts, workload),
        consumed=frozenset(loader.consumed),
        refused=tuple(loader.problems),
        hosts=tuple(host for host in hosts if not host.is_closed),
    )


def _host(label: str, at: Location, own: Sequence[Directive], shared: Sequence[Directive], loader: Loader) -> Host:
    # Lines that are not known stand before everything that follows them, and before <Global>.
    directives = (*own, *(each for each in shared if each.name != GAP))
    block = Block(directives=directives, gaps=loader.gaps)
    anonymous = tuple(
        Anonymous(directives=each.children or (), gaps=loader.gaps, at=each.at, host=block)
        for each in block.sections("anonymous")
        if not each.is_open
    )
    return Host(directives=directives, gaps=loader.gaps, label=label, at=at, anonymous=anonymous)


def _exposure(hosts: Sequence[Host], workload: Workload | None) -> Exposure:
    found = [host.text("Port", str(_PORT)) for host in hosts]
    ports = [int(port) if isinstance(port, str) and is_whole_number(port) else _PORT for port in found]
    if not any(ports):
        return Exposure(reach=Reach.LOOPBACK, reason="it listens on no port")
    address = hosts[0].text("DefaultAddress", "")
    listed: list[str] | Unknown = address if isinstance(address, Unknown) else [address.split(" ")[0]]
    only = hosts[0].flag("SocketBindTight", default=False)
    return exposure_of(listed if only is True else [""], [port for port in ports if port], workload, None)
