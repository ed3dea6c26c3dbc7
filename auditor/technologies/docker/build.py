"""Make daemons of daemon.json, of flags in units and containers, and of /etc/default/docker.

A key that stands in daemon.json and among the flags keeps dockerd from starting (`findConfigurationConflicts` of moby,
dockerd 20.10 tried).
"""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from auditor.credentials.keys import names_secret
from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import whole_number
from auditor.model.secret import Secret, seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Workload
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of

from .document import DaemonJson
from .flags import CommandLine
from .given import Given
from .hosts import TLS_PORT, BadHostError, tcp_address
from .service import Docker, TcpHost
from .settings import DEFAULTS, LEVELS, LISTS, PAIRS, PROXIES

_MANUAL = "dockerd 29, daemon/config"
_ROOTLESS = lazy(r"(?:^|/)(?:\.config/docker/|docker/rootless/|rootless/)")


@dataclass(frozen=True)
class Sources:
    """What a daemon is made of.

    `gap` is why there may be options besides, `file_gap` why its daemon.json is not known; "" if nothing is missing.
    `sockets` are TCP addresses that systemd opens for it.
    """

    file: DaemonJson | None
    flags: CommandLine
    gap: str = ""
    file_gap: str = ""
    sockets: tuple[Located[str], ...] = ()


def daemon(sources: Sources, component: str, at: Location, workload: Workload | None) -> Docker:
    """Return the daemon that these sources start."""
    file, flags = sources.file, sources.flags
    given = [*(file.given if file is not None else ()), *flags.given]
    lists = {
        name: tuple(Located(value=each.value, at=each.at) for each in given if each.name == name)
        for name in dict.fromkeys(each.name for each in given)
        if name in LISTS
    }
    settings = Settings(Setting(name, value, Origin.DEFAULT, source=_MANUAL) for name, value in DEFAULTS.items())
    for each in given:
        if each.name in LISTS or each.value == "":
            continue  # an empty text leaves the default in force
        name = f"{each.name}/{each.key}" if each.name in PAIRS and each.key else each.name
        settings.set(Setting(name, _shown(each), each.origin, each.at))
    for name, values in lists.items():
        texts = [value.value for value in values if isinstance(value.value, str)]
        unknown = next((value.value for value in values if isinstance(value.value, Unknown)), None)
        shown = ", ".join(texts) if unknown is None else unknown
        settings.set(Setting(name, shown, Origin.FILE, values[0].at))
    gap = sources.gap or flags.gap or (file.gap if file is not None else "")
    consumed = frozenset({file.source.key}) if file is not None else frozenset[str]()
    partial = Docker(
        component=component,
        technology="docker",
        at=at,
        origin=workload.origin if workload is not None else "file",
        version=workload.image_version if workload is not None else None,
        settings=settings,
        consumed=consumed,
        incomplete=gap or sources.file_gap,
        file_missing=not gap and bool(sources.file_gap),
        in_container=workload is not None and not workload.on_host,
        lists=lists,
        ignored=file.ignored if file is not None else (),
        is_rootless=_is_rootless(file, workload),
    )
    partial = replace(partial, metrics=_metrics(partial, workload))
    return _listening(partial, [*_refusals(file, flags), *_invalid(partial)], workload, sources.sockets)


def _shown(given: Given) -> str | Secret | Unknown:
    if isinstance(given.value, Unknown):
        return given.value
    if given.name in PROXIES and _has_login(given.value):
        return seal(given.value)
    return seal(given.value) if given.key and names_secret(given.key) else given.value


def _has_login(url: str) -> bool:
    try:
        return urlsplit(url).username is not None
    except ValueError:
        return "@" in url


def _is_rootless(file: DaemonJson | None, workload: Workload | None) -> bool:
    """Tell whether the daemon runs as a user: by the folder of its daemon.json, its start script, or its image."""
    if file is not None and _ROOTLESS.search(file.source.path):
        return True
    if workload is None:
        return False
    words = [word.value for word in workload.arguments if isinstance(word.value, str)]
    return any("rootless" in word for word in words) or "rootless" in (workload.image_tag or "")


def _refusals(file: DaemonJson | None, flags: CommandLine) -> list[Problem]:
    found = list(flags.problems)
    if file is None:
        return found
    found += file.problems
    in_flags = {each.name for each in flags.given}
    for name, at in file.present:
        if name in in_flags and name != "runtimes":
            expected = f"expected {name} either in daemon.json or as a flag, not both"
            found.append(Problem(at=at, message=expected))
    return found


def _invalid(docker: Docker) -> list[Problem]:
    """Return values that `config.Validate` refuses."""
    found: list[Problem] = []
    level = docker.text("log-level")
    if isinstance(level, str) and level.lower() not in LEVELS:
        found.append(Problem(at=docker.where("log-level"), message="expected debug, info, warn, error or fatal"))
    mode = docker.text("default-ipc-mode")
    if isinstance(mode, str) and mode not in {"private", "shareable"}:
        place = docker.where("default-ipc-mode")
        found.append(Problem(at=place, message="expected private or shareable as default-ipc-mode"))
    for mirror, at in docker.values("registry-mirrors"):
        if not mirror.startswith(("http://", "https://")):
            found.append(Problem(at=at, message="expected a mirror that begins with https://"))
    return found


def _listening(
    docker: Docker, refused: Sequence[Problem], workload: Workload | None, sockets: Sequence[Located[str]]
) -> Docker:
    """Return the daemon with the addresses that it listens on."""
    problems = list(refused)
    hosts: list[TcpHost] = []
    unknown: Unknown | None = docker.is_open("hosts")
    listed = docker.lists.get("hosts", ())
    takes_sockets = any(isinstance(item.value, str) and item.value.startswith("fd://") for item in listed)
    for item in (*listed, *(sockets if takes_sockets else ())):
        if isinstance(item.value, Unknown):
            unknown = item.value if unknown is None else unknown
            continue
        if not item.value.strip():
            continue
        try:
            tcp = tcp_address(item.value)
        except BadHostError as error:
            problems.append(Problem(at=item.at, message=str(error)))
            continue
        if tcp is not None:
            exposure = exposure_of([tcp.host], [tcp.port], workload, item.at)
            hosts.append(TcpHost(host=tcp.host, port=tcp.port, exposure=exposure, at=item.at))
    named = any(isinstance(item.value, Unknown) or item.value.strip() for item in listed)
    if not named and docker.uses_tls is True:
        exposure = exposure_of(["localhost"], [TLS_PORT], workload, None)
        hosts.append(TcpHost(host="localhost", port=TLS_PORT, exposure=exposure, at=docker.where("tls")))
    return _with(docker, tuple(hosts), unknown, tuple(problems))


def _with(docker: Docker, hosts: tuple[TcpHost, ...], unknown: Unknown | None, refused: tuple[Problem, ...]) -> Docker:
    widest = next((host.exposure for host in hosts if not host.exposure.is_loopback), None)
    if widest is None:
        nowhere = Exposure(reach=Reach.LOOPBACK, reason="it listens on no TCP port but loopback's")
        widest = nowhere if unknown is None else Exposure(reach=Reach.UNKNOWN, reason=unknown.reason)
    known = hosts if hosts or unknown is None else unknown
    return replace(docker, tcp_hosts=known, exposure=widest, refused=refused)


def _metrics(docker: Docker, workload: Workload | None) -> TcpHost | Unknown | None:
    """Return where `metrics-addr` serves metrics; Go listens on all addresses where the host is empty."""
    address = docker.text("metrics-addr")
    if isinstance(address, Unknown) or not address:
        return address if isinstance(address, Unknown) else None
    host, _, port = address.rpartition(":")
    at = docker.where("metrics-addr")
    number = whole_number(port) or 0
    return TcpHost(
        host=host.strip("[]") or "0.0.0.0",  # noqa: S104  # read, not bound
        port=number,
        exposure=exposure_of([host], [number], workload, at),
        at=at,
    )
