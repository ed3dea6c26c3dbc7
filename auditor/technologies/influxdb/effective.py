"""The options in force of InfluxDB: defaults, file, `INFLUXDB_…` variables (1.x); file, `INFLUXD_…`, flags (2.x).

Sources: InfluxDB 1.8 documentation, "Configure InfluxDB OSS"; InfluxDB 2.7 documentation, "Configuration options";
influxdata/influxdata-docker, entrypoints of influxdb 1.8 and 2.7; defaults by `influxd config` of 1.6.7.
"""

import re
from collections.abc import Iterable
from dataclasses import field, replace
from typing import Final

from auditor.formats.errors import FormatError
from auditor.model.fact import Problem
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Variable, Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of, major_of
from auditor.technologies.common.program import Program, start_of
from auditor.technologies.document import FileView

from .document import SECRETS, InfluxConfig, Option, read_document
from .service import INPUTS, InfluxDb

_SOURCES: Final = {1: "InfluxDB 1.8 documentation", 2: "InfluxDB 2.7 documentation"}
_DEFAULTS: Final = {
    1: {
        "bind-address": "127.0.0.1:8088",
        "http.enabled": "true",
        "http.bind-address": ":8086",
        "http.auth-enabled": "false",
        "http.https-enabled": "false",
        "http.log-enabled": "true",
        "http.write-tracing": "false",
        "http.pprof-enabled": "true",
        "http.max-body-size": "25000000",
        "data.query-log-enabled": "true",
        "data.wal-fsync-delay": "0s",
        "subscriber.insecure-skip-verify": "false",
    },
    2: {"http-bind-address": ":8086", "pprof-disabled": "false", "log-level": "info", "tls-min-version": "1.2"},
}
_BOOLEANS: Final = frozenset(
    {
        "http.enabled",
        "http.auth-enabled",
        "http.https-enabled",
        "http.log-enabled",
        "http.write-tracing",
        "http.pprof-enabled",
        "data.query-log-enabled",
        "subscriber.insecure-skip-verify",
    }
)
_SECTIONS: Final = (
    "meta data coordinator retention shard-precreation monitor http ifql logging subscriber graphite collectd "
    "opentsdb udp continuous-queries tls"
).split()
_TRUTHS: Final = frozenset("1 t T TRUE true True 0 f F FALSE false False".split())


@dataclass
class _Build:
    major: int
    settings: Settings = field(default_factory=Settings)
    refused: list[Problem] = field(default_factory=list[Problem])
    incomplete: str = ""
    config: InfluxConfig | None = None

    def defaults(self) -> None:
        for name, value in _DEFAULTS[self.major].items():
            self.settings.set(Setting(name, value, Origin.DEFAULT, source=_SOURCES[self.major]))

    def apply(self, options: Iterable[Option], origin: Origin) -> None:
        for option in options:
            secret = option.name in SECRETS and isinstance(option.value, str)
            value = seal(str(option.value)) if secret else option.value
            self.settings.set(Setting(option.name, value, origin, option.at))

    def load(self, config: InfluxConfig) -> None:
        self.config = config
        self.apply(config.options, Origin.FILE)
        self.incomplete = self.incomplete or config.opened
        self.refused.extend(config.refused)
        for option in config.options:
            is_switch = self.major == 1 and option.name in _BOOLEANS and isinstance(option.value, str)
            if is_switch and (option.is_quoted or option.value not in {"true", "false"}):
                self.refused.append(Problem(at=option.at, message=f"expected true or false for {option.name}"))

    def open(self, path: str | Unknown, view: FileView, *, is_needed: bool) -> None:
        found = view.open(path) if isinstance(path, str) else path
        if isinstance(found, Source):
            try:
                self.load(read_document(found))
            except FormatError as error:
                self.refused.append(Problem(at=error.at, message=error.expected))
        elif isinstance(found, Unknown):
            self.incomplete = found.reason
        elif is_needed:
            self.incomplete = "the configuration file is not in the scanned files"


def file_server(config: InfluxConfig) -> InfluxDb:
    """Return the server started with just this file."""
    build = _Build(config.major)
    build.defaults()
    build.load(config)
    server = InfluxDb(component=config.source.path, technology="influxdb", at=config.source.at(), major=config.major)
    return _server(build, server, None)


def container_server(workload: Workload, view: FileView) -> InfluxDb | None:
    """Return the server that a container runs, None if it runs another program or version 3."""
    is_official = workload.image_repository == "influxdb"
    image = Program(("entrypoint.sh", "docker-entrypoint.sh")) if workload.image_name == "influxdb" else None
    start = start_of(workload, {"influxd"}, image)
    major = major_of(workload.image_version) if is_official else None
    if start is None or major not in {1, 2}:
        return None  # a version that is not known has options of either kind
    build = _Build(major or 1)
    build.defaults()
    flags = _flags(start.words)
    if workload.environment_open:
        build.incomplete = f"its environment is also read from {workload.environment_open}"
    if any(isinstance(word.value, Unknown) for word in start.words):
        build.incomplete = "a word of its command is not known"
    _files(build, workload, flags, view)
    build.apply(_variables(build, workload.environment.values()), Origin.ENVIRONMENT)
    if build.major > 1:
        build.apply(flags, Origin.FLAG)
    server = InfluxDb(
        component=workload.component,
        technology="influxdb",
        at=workload.image.at if workload.image else workload.at,
        origin=workload.origin,
        version=workload.image_version,
        major=build.major,
        in_container=not workload.on_host,
        has_administrator=_administrator(workload, build.major),
        workload=workload,
    )
    return _server(build, server, workload)


def _flags(words: Iterable[Located[str]]) -> list[Option]:
    found: list[Option] = []
    waiting: Located[str] | None = None
    for word in words:
        text = word.value
        if isinstance(text, str) and text.startswith("-"):
            name, equals, value = text.lstrip("-").partition("=")
            found.append(Option(name, value if equals else "true", word.at))
            waiting = None if equals else word
        elif waiting is not None:
            found[-1] = Option(found[-1].name, text, word.at)
            waiting = None
    return found


def _files(build: _Build, workload: Workload, flags: list[Option], view: FileView) -> None:
    names = {"INFLUXDB_CONFIG_PATH"} if build.major == 1 else {"INFLUXD_CONFIG_PATH"}
    named = [each.value for each in workload.environment.values() if each.name in names and each.value != ""]
    flagged = [option.value for option in flags if option.name == "config" and build.major == 1]
    if flagged or named:
        path = (flagged or named)[0]
        if build.major == 1 or (isinstance(path, str) and path.endswith((".yml", ".yaml", ".toml", ".json"))):
            build.open(path, view, is_needed=True)
            return
        paths = [f"{path}/config.{ending}" for ending in ("yaml", "yml", "toml", "json")]
    elif build.major == 1:
        paths = ["/etc/influxdb/influxdb.conf"]
    else:
        paths = [f"/etc/influxdb2/config.{ending}" for ending in ("yaml", "yml", "toml", "json")]
    for path in paths:
        if view.open(path) is not None:
            build.open(path, view, is_needed=False)
            return


def _variables(build: _Build, variables: Iterable[Variable]) -> Iterable[Option]:
    """Yield the options that variables set: `INFLUXDB_HTTP_AUTH_ENABLED` is `http.auth-enabled`."""
    prefix = "INFLUXDB_" if build.major == 1 else "INFLUXD_"
    for variable in variables:
        if not variable.name.startswith(prefix) or variable.value == "":
            continue
        name = variable.name.removeprefix(prefix).lower().replace("_", "-")
        if build.major == 1:
            name = _with_section(name)
            if name in _BOOLEANS and isinstance(variable.value, str) and variable.value not in _TRUTHS:
                build.refused.append(Problem(at=variable.at, message=f"expected true or false for {name}"))
        yield Option(name, variable.value, variable.at)


def _with_section(name: str) -> str:
    section = next((each for each in _SECTIONS if name.startswith(f"{each}-")), None)
    if section is None:
        return name
    rest = name.removeprefix(f"{section}-")
    match = re.fullmatch(r"(\d+)-(.+)", rest)
    if match is not None:
        return f"{section}.{match[1]}.{match[2]}"
    return f"{section}.0.{rest}" if section in INPUTS else f"{section}.{rest}"


def _administrator(workload: Workload, major: int) -> bool | Unknown:
    names = ("INFLUXDB_ADMIN_USER",) if major == 1 else ("DOCKER_INFLUXDB_INIT_MODE",)
    if any(workload.environment.get(name) is not None for name in names):
        return True
    if workload.environment_open:
        return Unknown(f"its environment is also read from {workload.environment_open}")
    return False


def _server(build: _Build, server: InfluxDb, workload: Workload | None) -> InfluxDb:
    server = replace(
        server,
        settings=build.settings,
        refused=tuple(build.refused),
        incomplete=build.incomplete,
        consumed=frozenset([build.config.source.key]) if build.config is not None else frozenset(),
        headers=build.config.headers if build.config is not None else {},
    )
    address = server.address
    name = "http.bind-address" if server.major == 1 else "http-bind-address"
    at = server.where(name) if workload is None else None
    if isinstance(address, Unknown):
        return replace(server, exposure=exposure_of(address, (8086,), workload, at))
    hosts = [address[0]] if server.serves is not False else []
    return replace(server, exposure=exposure_of(hosts, (address[1],), workload, at))
