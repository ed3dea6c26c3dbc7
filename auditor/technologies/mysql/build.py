"""Make services: defaults of product and version, the image, option files, environment, flags, persisted variables."""

import posixpath
from collections.abc import Sequence
from dataclasses import replace

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.technologies.document import FileView

from . import command_line, persisted
from .command import Invocation
from .image_files import apply_image
from .images import Image, RootLogin, parse_version, refuses_to_start, root_login
from .loader import Loaded
from .service import Mysql, is_loopback
from .variables import VARIABLES, Version

_AUTO = "mysqld-auto.cnf"
_NAMES = {"mysql": "MySQL", "mariadb": "MariaDB"}


def defaults(product: str, version: Version | None, *, open_reason: str = "") -> Settings:
    """Return the variables of a server before any configuration; those that no such server has are left out."""
    settings = Settings()
    label = _NAMES.get(product, "MySQL and MariaDB")
    source = f"{label} {version[0]}.{version[1]} manual" if version else f"{label} manual, all supported versions"
    for variable in VARIABLES.values():
        values = {value for value in variable.defaults(product, version) if value is not None}
        if not values:
            continue
        value: str | Unknown
        if open_reason:
            value = Unknown(open_reason)
        elif len(values) == 1:
            value = next(iter(values))
        else:
            value = Unknown(f"the default of {variable.name} depends on the product and version, which are not known")
        settings.set(Setting(name=variable.name, value=value, origin=Origin.DEFAULT, source=source))
    return settings


def service_of_workload(workload: Workload, invocation: Invocation, view: FileView) -> Mysql:
    """Return the server that a container runs."""
    image = invocation.image
    version = parse_version(image.version, image.product)
    words = command_line.defaults_of(list(invocation.arguments))
    loaded = Loaded(defaults(image.product, version), view, image.product, version, words.suffix, folder="/")
    apply_image(loaded, workload, invocation, words)
    problems = len(loaded.problems)
    command_line.apply(loaded, words.rest)
    if invocation.is_wrapped:
        del loaded.problems[problems:]
    if workload.templated and workload.command is None and workload.entrypoint is None:
        loaded.cloud(Unknown("a template may set the command"), invocation.at, Origin.FLAG)
    _persisted(loaded, view)
    _contradictions(loaded)
    refused = refuses_to_start(workload, image) if invocation.through_script else None
    if refused is not None:
        loaded.problems.append(refused)
    at = workload.image.at if workload.image else workload.at
    service = _service(
        loaded,
        component=workload.component,
        at=at,
        origin=workload.origin,
        image=image,
        outside=workload.exposure(*_ports(loaded)),
        root=root_login(workload, image) if invocation.through_script else None,
    )
    exposure = service.exposure.or_by_loopback(workload.by_loopback(*_ports(loaded)))
    return service if exposure is service.exposure else replace(service, exposure=exposure)


def service_of_files(
    sources: Sequence[Source], view: FileView, product: str, version: Version | None, *, is_part: bool
) -> Mysql:
    """Return the server that somebody starts with these files.

    `is_part`: they belong to a configuration whose other files are not there, so that nothing is known of what they do
    not say.
    """
    reason = "the files are a part of a configuration, and the rest of it is not in the scanned files"
    settings = defaults(product, version, open_reason=reason if is_part else "")
    loaded = Loaded(settings, view, product, version)
    if is_part:
        loaded.plugins.unknown = Unknown(reason)
    for source in sources:
        loaded.file(source)
    _persisted(loaded, view)
    _contradictions(loaded)
    first = sources[0]
    outside = Exposure(reach=Reach.HOST_NETWORK, reason="it listens on addresses of its host")
    if first.is_embedded:
        outside = Exposure(reach=Reach.UNKNOWN, reason="which container loads it is not known", at=first.at())
    folder = posixpath.dirname(first.path)
    return _service(
        loaded,
        component=first.path if len(sources) == 1 else folder or first.path,
        at=_first_group(loaded, sources),
        origin="file",
        image=Image(product=product, version=None if version is None else f"{version[0]}.{version[1]}"),
        outside=outside,
        root=None,
    )


def _first_group(loaded: Loaded, sources: Sequence[Source]) -> Location:
    """Return the place of the first group that the server reads, else of the first file."""
    for source in sources:
        for number, line in enumerate(source.text.split("\n"), 1):
            name, bracket, _ = line.strip().partition("]")
            if bracket and name.startswith("[") and loaded.reads(name[1:].rstrip()) is not False:
                return source.at(number)
    return sources[0].at()


def service_of_persisted(document: persisted.PersistedVariables) -> Mysql:
    """Return a MySQL server of which only the persisted variables are known."""
    reason = "no option file of the server is in the scanned files"
    source = document.source
    loaded = Loaded(defaults("mysql", None, open_reason=reason), _Nothing(), "mysql")
    loaded.plugins.unknown = Unknown(reason)
    loaded.consumed.add(source.key)
    _put_persisted(loaded, document)
    outside = Exposure(reach=Reach.UNKNOWN, reason=reason)
    return _service(
        loaded,
        component=source.path,
        at=source.at(),
        origin="file",
        image=Image(product="mysql"),
        outside=outside,
        root=None,
    )


class _Nothing:
    def open(self, path: str) -> None:
        del path

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


def _persisted(loaded: Loaded, view: FileView) -> None:
    """Apply mysqld-auto.cnf of the data directory where it is among the scanned files."""
    folder = loaded.settings["datadir"].value if "datadir" in loaded.settings else ""
    if loaded.product == "mariadb" or not isinstance(folder, str):
        return
    found = view.open(posixpath.join(folder, _AUTO))
    if isinstance(found, Source):
        loaded.consumed.add(found.key)
        _put_persisted(loaded, persisted.parse(found))


def _put_persisted(loaded: Loaded, document: persisted.PersistedVariables) -> None:
    for name, value, at in document.variables:
        loaded.put(f"loose-{name}", value, at, Origin.INCLUDE)


def _contradictions(loaded: Loaded) -> None:
    """Add what each line allows and the server refuses once all are read (seen on MariaDB 10.11.19)."""
    if loaded.product != "mariadb" or loaded.version is None or loaded.version >= (11, 4):
        return
    ssl = loaded.settings["ssl"]
    files = [loaded.settings[name].value for name in ("ssl_cert", "ssl_key")]
    if ssl.value == "ON" and ssl.at is not None and not any(isinstance(each, Unknown) or each for each in files):
        message = "expected ssl_cert and ssl_key, because TLS is switched on"
        loaded.problems.append(Problem(at=ssl.at, message=message))


def _ports(loaded: Loaded) -> tuple[int, ...]:
    """Return the ports of both protocols, the usual ones where they are not known."""
    found: list[int] = []
    for name, usual in (("port", 3306), ("mysqlx_port", 33060)):
        if name in loaded.settings:
            value = loaded.settings[name].value
            found.append(int(value) if isinstance(value, str) and is_whole_number(value) else usual)
    return tuple(found)


def _service(
    loaded: Loaded,
    *,
    component: str,
    at: Location,
    origin: str,
    image: Image,
    outside: Exposure,
    root: RootLogin | None,
) -> Mysql:
    return Mysql(
        component=component,
        technology="mysql",
        at=at,
        origin=origin,
        version=image.version if loaded.version else None,
        settings=loaded.settings,
        exposure=_exposure(loaded, outside),
        consumed=frozenset(loaded.consumed),
        refused=(*loaded.problems, *loaded.plugins.refused),
        product=loaded.product,
        edition=image.edition,
        parsed_version=loaded.version,
        plugins=tuple(loaded.plugins.names) if loaded.plugins.unknown is None else loaded.plugins.unknown,
        dropped_plugins=tuple(loaded.plugins.dropped),
        orphan_options=tuple(loaded.plugins.orphans),
        unrecognised=tuple(loaded.plugins.unrecognised),
        root=root,
        in_container=origin not in {"file", "systemd"},
    )


def _exposure(loaded: Loaded, outside: Exposure) -> Exposure:
    """Narrow what is reachable from outside by what the server listens on."""
    bind, off = loaded.settings["bind_address"], loaded.settings["skip_networking"]
    if off.value == "ON":
        return Exposure(reach=Reach.LOOPBACK, reason="it listens on no TCP port", at=off.at)
    if isinstance(bind.value, Unknown):
        if outside.reach is Reach.HOST_NETWORK and outside.at is None:
            return Exposure(
                reach=Reach.UNKNOWN, reason=f"where it listens is not known ({bind.value.reason})", at=bind.at
            )
        return outside
    addresses = [part.strip() for part in str(bind.value).split(",")]
    if all(is_loopback(address) for address in addresses):
        return Exposure(reach=Reach.LOOPBACK, reason="it listens on loopback addresses only", at=bind.at)
    if outside.at is None and outside.reach is Reach.HOST_NETWORK:
        shown = ", ".join(address or "*" for address in addresses)
        return Exposure(reach=Reach.HOST_NETWORK, reason=f"it listens on {shown}", at=bind.at)
    return outside
