"""The settings in force: defaults.ini, `cfg:default.` arguments, the file, variables, `cfg:` arguments, in this order.

Sources: `loadConfiguration` of `setting.go`, Grafana 9 to 12 (an empty value of a file or variable changes nothing);
packaging/docker/run.sh of Grafana 11 (`GF_PATHS_CONFIG`, `GF_…__FILE`, arguments behind its own); bitnami/containers,
Dockerfile of grafana 11 (where its file is).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import zip_longest
from typing import Final

from auditor.model.fact import Problem
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown, settle
from auditor.model.workload import Located, Variable, Workload
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of, major_of
from auditor.technologies.common.program import Program, start_of, written
from auditor.technologies.document import FileView

from .document import EXPANDED, GrafanaIni, read_settings
from .ini import Entry
from .names import DEFAULTS, SOURCE, is_secret, variable_of
from .service import Grafana, seconds_of

_IMAGES: Final = frozenset({"grafana", "grafana-oss", "grafana-enterprise"})
_PATH: Final = "/etc/grafana/grafana.ini"
_BITNAMI_PATH: Final = "/opt/bitnami/grafana/conf/grafana.ini"
_DURATIONS: Final = ("auth.login_maximum_inactive_lifetime_duration", "auth.login_maximum_lifetime_duration")
_WITHOUT_LEGACY_ALERTING = 11
_KEPT_ELSEWHERE = lazy(r"\$__(?!env\{)\w+\{")
_OPEN: Final = "a word of its command is not known"
_LOGIN = lazy(r"//[^/]*@")
"""User and password in an address."""


@dataclass
class _Build:
    workload: Workload | None = None
    settings: Settings = field(default_factory=Settings)
    refused: list[Problem] = field(default_factory=list[Problem])
    incomplete: str = ""
    referenced: set[str] = field(default_factory=set[str])
    file: GrafanaIni | None = None

    def defaults(self) -> None:
        for name, value in DEFAULTS.items():
            self.settings.set(Setting(name, seal(value) if is_secret(name) else value, Origin.DEFAULT, source=SOURCE))

    def apply(self, entries: Iterable[Entry], origin: Origin) -> None:
        for entry in entries:
            value = self.expanded(entry.value)
            self.referenced.discard(entry.name)
            if entry.is_reference or (isinstance(entry.value, str) and _KEPT_ELSEWHERE.search(entry.value)):
                self.referenced.add(entry.name)
            if isinstance(value, str) and entry.name == "database.url":
                value = _LOGIN.sub("//", value)
            sealed = seal(value) if isinstance(value, str) and is_secret(entry.name) else value
            self.settings.set(Setting(entry.name, sealed, origin, entry.at))

    def expanded(self, value: str | Unknown) -> str | Unknown:
        """Return a value with variables filled in, Unknown where one is not known or the value stands in a file."""
        if isinstance(value, Unknown) or not EXPANDED.search(value):
            return value
        found = value
        for match in EXPANDED.finditer(value):
            variable = self.workload.environment.get(match["word"]) if self.workload is not None else None
            if match["kind"] not in {"", "__env"} or variable is None or isinstance(variable.value, Unknown):
                return Unknown("the value is filled in when Grafana starts")
            found = found.replace(match[0], variable.value, 1)
        return found

    def load(self, file: GrafanaIni) -> None:
        self.file = file
        self.apply(file.ini.entries, Origin.FILE)
        self.refused.extend(file.problems)
        self.incomplete = self.incomplete or file.ini.opened

    def contradict(self, version: str | None) -> None:
        """Note values that Grafana stops at (`setting.go`, Grafana 11)."""
        for name in _DURATIONS:
            value = self.settings[name].value
            if isinstance(value, str) and seconds_of(value) is None:
                self.refuse(name, f"expected a duration such as 30m or 7d for {name}")
        if self.settings["server.min_tls_version"].value in {"TLS1.0", "TLS1.1"}:
            self.refuse("server.min_tls_version", "expected TLS1.2 or TLS1.3 for min_tls_version")
        major = major_of(version)
        alerting = self.settings.get("alerting.enabled")
        if alerting is not None and alerting.value == "true" and major and major >= _WITHOUT_LEGACY_ALERTING:
            self.refuse("alerting.enabled", "expected no legacy alerting, which Grafana 11 has no more")

    def refuse(self, name: str, message: str) -> None:
        at = self.settings[name].at
        if at is not None:
            self.refused.append(Problem(at=at, message=message))


def file_server(file: GrafanaIni) -> Grafana:
    """Return the server started with just this file."""
    build = _Build()
    build.defaults()
    build.load(file)
    return _server(build, Grafana(component=file.source.path, technology="grafana", at=file.source.at()))


def container_server(workload: Workload, view: FileView) -> Grafana | None:
    """Return the server that a container or a unit runs, None if it runs another program."""
    repository = workload.image_repository or ""
    is_bitnami = repository.startswith("bitnami") and repository.endswith("/grafana")
    is_image = workload.image_name in _IMAGES or _is_given_its_file(workload)
    scripts = ("run.sh", "entrypoint.sh")
    image = Program(scripts, takes=lambda word: word.startswith(("-", "cfg:", "/run.sh"))) if is_image else None
    start = start_of(workload, {"grafana", "grafana-server"}, image)
    if start is None:
        return None
    words = [word for word in start.words if word.value not in {"server", "/run.sh"}]
    if start.words and isinstance(start.words[0].value, str) and start.words[0].value in {"cli", "apiserver", "target"}:
        return None
    build = _Build(workload)
    build.defaults()
    if workload.environment_open:
        build.incomplete = f"its environment is also read from {workload.environment_open}"
    if any(HOLE in written(word).partition("=")[0] for word in words):
        build.incomplete = _OPEN
    arguments = list(_arguments(words, build))
    build.apply(_without_default(arguments, is_default=True), Origin.FLAG)
    _open_file(build, workload, _config(words), view, is_image=is_image, is_bitnami=is_bitnami)
    build.apply(_variables(build, workload.environment.values(), is_image=is_image), Origin.ENVIRONMENT)
    build.apply(_without_default(arguments, is_default=False), Origin.FLAG)
    server = Grafana(
        component=workload.component,
        technology="grafana",
        at=workload.image.at if workload.image else workload.at,
        origin=workload.origin,
        version=workload.image_version if is_image else None,
        in_container=not workload.on_host,
    )
    return _server(build, server)


def _is_given_its_file(workload: Workload) -> bool:
    """Tell whether a container whose image a variable names has a file mounted where Grafana's image reads its own."""
    is_open = workload.image is not None and isinstance(workload.image.value, Unknown)
    return is_open and any(mount.target == _PATH for mount in workload.mounts)


def _config(words: Sequence[Located[str]]) -> str | Unknown | None:
    """Return the file that the last `--config` names."""
    found: str | Unknown | None = None
    for word, following in zip_longest(words, words[1:]):
        if not written(word).startswith(("--config", "-config")):
            continue
        name, equals, value = written(word).lstrip("-").partition("=")
        if name == "config":
            found = settle(value, _OPEN) if equals else following.value if following is not None else None
    return found


def _arguments(words: Sequence[Located[str]], build: _Build) -> Iterator[Entry]:
    for word in words:
        if not written(word).startswith("cfg:"):
            continue
        parts = written(word).removeprefix("cfg:").split("=")
        if len(parts) == 2 and HOLE not in parts[0]:
            yield Entry(parts[0], settle(parts[1], _OPEN), word.at)
        elif HOLE not in written(word):
            build.refused.append(Problem(at=word.at, message="expected cfg:section.key=value with one equals sign"))


def _without_default(entries: Iterable[Entry], *, is_default: bool) -> list[Entry]:
    return [
        replace(entry, name=entry.name.removeprefix("default."))
        for entry in entries
        if entry.name.startswith("default.") is is_default
    ]


def _open_file(
    build: _Build, workload: Workload, named: str | Unknown | None, view: FileView, *, is_image: bool, is_bitnami: bool
) -> None:
    variable = workload.environment.get("GF_PATHS_CONFIG")
    if named is None and is_image:
        image_path = _BITNAMI_PATH if is_bitnami else _PATH
        named = variable.value if variable is not None and variable.value != "" else image_path
    if named is None:
        build.incomplete = build.incomplete or "which file it is started with is not known"
        return
    found = view.open(named) if isinstance(named, str) else named
    if isinstance(found, Source):
        build.load(read_settings(found))
    elif isinstance(found, Unknown):
        build.incomplete = build.incomplete or found.reason


def _variables(build: _Build, variables: Iterable[Variable], *, is_image: bool) -> Iterator[Entry]:
    """Yield what variables set; of `GF_…__FILE` the image's script makes the variable without the ending."""
    names = {variable_of(name): name for name in build.settings}
    given = {variable.name for variable in variables if variable.value != ""}
    for variable in variables:
        name = names.get(variable.name)
        if name is not None and variable.value != "":
            is_reference = variable.reference is not None and isinstance(variable.value, Unknown)
            yield Entry(name, variable.value, variable.at, is_reference=is_reference)
        base = variable.name.removesuffix("__FILE")
        if not is_image or base == variable.name or variable.value == "":
            continue
        if base in given:
            message = f"expected one of {base} and {base}__FILE, not both"
            build.refused.append(Problem(at=variable.at, message=message))
        elif base in names:
            yield Entry(names[base], Unknown("the value is read from a file"), variable.at, is_reference=True)


def _server(build: _Build, server: Grafana) -> Grafana:
    build.contradict(server.version)
    server = replace(
        server,
        settings=build.settings,
        refused=tuple(build.refused),
        incomplete=build.incomplete,
        referenced=frozenset(build.referenced),
        consumed=frozenset([build.file.source.key]) if build.file is not None else frozenset(),
        headers=build.file.ini.headers if build.file is not None else {},
    )
    host, port, protocol = (
        server.text("server.http_addr"),
        server.number("server.http_port"),
        server.text("server.protocol"),
    )
    hosts = host if isinstance(host, Unknown) else [] if protocol == "socket" else [host or ""]
    at = server.where("server.http_addr") if build.workload is None else None
    ports = [port] if isinstance(port, int) else [3000]
    return replace(server, exposure=exposure_of(hosts, ports, build.workload, at))
