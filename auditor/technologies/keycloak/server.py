"""The server: how it is started, and the options in force.

Sources: Keycloak 26, server guides "Configuring Keycloak" (command line before variables before keycloak.conf;
development mode serves HTTP and takes any host name), "Configuring the hostname"; `HttpPropertyMappers` of 17 to 25
(`proxy=edge` switches HTTP on) and of 26 (which has no `proxy` any more).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured, exposure_of, major_of
from auditor.technologies.common.program import Program, start_of
from auditor.technologies.document import FileView

from .documents import ServerConf, read_document, value_of

_SOURCE: Final = "Keycloak 26, All configuration"
_DEFAULTS: Final = {
    "http-enabled": "false",
    "http-host": "0.0.0.0",  # noqa: S104  # read, not bound
    "http-port": "8080",
    "https-port": "8443",
    "hostname": "",
    "hostname-url": "",
    "hostname-strict": "true",
    "proxy": "none",
    "proxy-headers": "",
}
_REPOSITORIES: Final = ("keycloak/keycloak",)
_FIRST_MAJOR: Final = 17
"""Before it the image ran WildFly, with other variables."""
_WITHOUT_PROXY: Final = 26
_FOLDER: Final = "/opt/keycloak/conf"
_CONF: Final = f"{_FOLDER}/keycloak.conf"
_NAMES: Final = ("hostname", "hostname-url")
_CERTIFICATES: Final = ("https-certificate-file", "https-key-store-file")
_COMMANDS: Final = frozenset({"start", "start-dev"})
_SECRET_ENDING: Final = ("-password", "-secret")


@dataclass(frozen=True, kw_only=True)
class Keycloak(Configured):
    """A Keycloak server. Settings are named like the options of the command line, without dashes before them.

    `is_development` tells whether `start-dev` starts it. `clear_exposure` is from where its port without TLS would be
    reached. `imports` tells whether it imports the realms of its folder when it starts.
    """

    is_development: bool = False
    imports: bool = False
    clear_exposure: Exposure = Exposure(reach=Reach.UNKNOWN, reason="the files do not tell")
    start_at: Location | None = None
    """Where the command stands that starts it."""

    @property
    def takes_http(self) -> bool | Unknown:
        """Whether it serves clients without TLS."""
        if self.is_development:
            return True
        enabled, proxy = self.text("http-enabled"), self.text("proxy")
        if enabled == "true":
            return True
        major = major_of(self.version)
        if proxy == "edge" and (major is None or major < _WITHOUT_PROXY):
            return True
        return next((value for value in (enabled, proxy) if isinstance(value, Unknown)), False)

    @property
    def is_behind_proxy(self) -> bool:
        """Whether it is told of a proxy in front of it that speaks TLS."""
        hostname = self.text("hostname")
        told = self.text("proxy-headers") in {"forwarded", "xforwarded"} or self.text("proxy") in {"edge", "reencrypt"}
        return told or (isinstance(hostname, str) and hostname.startswith("https://"))

    @property
    def takes_any_host(self) -> bool | Unknown:
        """Whether links are made with the host name that the client sends; a name that is set ends that."""
        for name in _NAMES:
            value = self.text(name)
            if isinstance(value, Unknown) or value:
                return value if isinstance(value, Unknown) else False
        strict = self.text("hostname-strict")
        if isinstance(strict, Unknown):
            return strict
        return strict == "false" or (self.is_development and not self.settings.is_explicit("hostname-strict"))


def server_of_file(file: ServerConf) -> Keycloak:
    """Return the server that `kc.sh start` makes of just this file."""
    return _server(
        Keycloak(component=file.source.path, technology="keycloak", at=file.source.at()), [file], [], None, ""
    )


def server_of_workload(workload: Workload, view: FileView) -> Keycloak | None:
    """Return the server that a container or a unit starts, None if it runs another program."""
    is_image = _is_image(workload)
    version = workload.image_version if is_image else None
    if (major := major_of(version)) is not None and major < _FIRST_MAJOR:
        return None
    image = Program(("kc.sh",), takes=lambda word: not word.startswith("/")) if is_image else None
    start = start_of(workload, {"kc.sh"}, image)
    if start is None:
        return None
    command = next((word for word in start.words if word.value in _COMMANDS), None)
    if command is None:
        return None
    incomplete = f"its environment is also read from {workload.environment_open}" if workload.environment_open else ""
    if any(isinstance(word.value, Unknown) for word in start.words):
        incomplete = "a word of its command is not known"
    flags = list(_flags(start.words))
    path = next((flag.value for flag in flags if flag.name == "config-file"), _CONF)
    found = view.open(path) if isinstance(path, str) and (is_image or path != _CONF or workload.on_host) else None
    if isinstance(found, Unknown):
        incomplete = incomplete or found.reason
    document = read_document(found) if isinstance(found, Source) else None
    server = Keycloak(
        component=workload.component,
        technology="keycloak",
        at=workload.image.at if workload.image is not None else workload.at,
        origin=workload.origin,
        version=version,
        in_container=not workload.on_host,
        is_development=command.value == "start-dev",
        imports=any(word.value == "--import-realm" for word in start.words),
        start_at=command.at,
    )
    files = [document] if isinstance(document, ServerConf) else []
    return _server(server, files, flags, workload, incomplete)


def _server(
    server: Keycloak, files: Sequence[ServerConf], flags: Sequence[Setting], workload: Workload | None, incomplete: str
) -> Keycloak:
    settings = Settings(Setting(name, value, Origin.DEFAULT, None, _SOURCE) for name, value in _DEFAULTS.items())
    for file in files:
        for option in file.options:
            settings.set(_setting(option.key.removeprefix("kc."), value_of(option), Origin.FILE, option.at))
    for variable in workload.environment.values() if workload is not None else ():
        if variable.name.startswith("KC_"):
            name = variable.name[3:].lower().replace("_", "-")
            settings.set(_setting(name, variable.value, Origin.ENVIRONMENT, variable.at))
    for flag in flags:
        settings.set(flag)
    server = replace(
        server,
        settings=settings,
        consumed=frozenset(file.source.key for file in files),
        incomplete=incomplete or next((file.partial for file in files if file.partial), ""),
    )
    if workload is not None and _is_image(workload):
        server = replace(server, refused=tuple(_refusals(server, workload)))
    host = server.text("http-host")
    hosts = host if isinstance(host, Unknown) else [host or ""]
    at = server.where("http-host") if workload is None else None
    ports = [_port(server, "http-port", 8080), _port(server, "https-port", 8443)]
    return replace(
        server,
        exposure=exposure_of(hosts, ports, workload, at),
        clear_exposure=exposure_of(hosts, ports[:1], workload, at),
    )


def _is_image(workload: Workload) -> bool:
    return workload.image_repository in _REPOSITORIES


def _refusals(server: Keycloak, workload: Workload) -> Iterator[Problem]:
    """Yield why `start` would stop: `HttpPropertyMappers.validateConfig`, `HostnameV2ProviderFactory` of 26.

    Versions since 17 stop for the same reasons. What `build` was told about addresses and TLS does not count.
    """
    if server.is_development or server.incomplete or server.start_at is None:
        return
    elsewhere = any(name in server.settings for name in ("config-keystore", "config-file"))
    stored = any(mount.target.startswith(_FOLDER) and mount.target != _CONF for mount in workload.mounts)
    certificates = any(server.settings.is_explicit(name) for name in _CERTIFICATES)
    if server.takes_http is False and not (certificates or elsewhere or stored):
        message = "expected https-certificate-file and https-certificate-key-file, or http-enabled=true"
        yield Problem(at=server.start_at, message=message)
    if server.text("hostname-strict") == "true" and not any(server.is_set(name) is not False for name in _NAMES):
        yield Problem(at=server.start_at, message="expected hostname, or hostname-strict=false")


def _port(server: Keycloak, name: str, default: int) -> int:
    port = server.number(name)
    return port if isinstance(port, int) else default


def _setting(name: str, value: str | Unknown, origin: Origin, at: Location) -> Setting:
    if isinstance(value, str) and name.endswith(_SECRET_ENDING):
        return Setting(name, seal(value), origin, at)
    return Setting(name, value, origin, at)


def _flags(words: Sequence[Located[str]]) -> Iterator[Setting]:
    """Yield the options of the command line: `--name=value`, or `--name value`."""
    for word, following in zip_longest(words, words[1:]):
        if not isinstance(word.value, str) or not word.value.startswith("-"):
            continue
        name, equals, value = word.value.lstrip("-").partition("=")
        name = "config-file" if name == "cf" else name
        if equals:
            yield _setting(name, value, Origin.FLAG, word.at)
        elif following is not None and not (isinstance(following.value, str) and following.value.startswith("-")):
            yield _setting(name, following.value, Origin.FLAG, following.at)
