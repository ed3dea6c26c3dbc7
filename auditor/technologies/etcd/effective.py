"""The options in force of an etcd member: a configuration file alone, or variables and flags.

Sources: etcd documentation 3.6, "Configuration options" (a file makes etcd ignore flags and variables); `pkg/flags` of
3.4 and 3.5 (a variable beside its flag is fatal); Dockerfiles of etcd-io/etcd; bitnami/containers `libetcd.sh`; tried
against 3.4.23.
"""

from collections.abc import Iterable
from dataclasses import field, replace
from typing import Final

from auditor.formats.errors import FormatError
from auditor.model.fact import Problem
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of, version_of
from auditor.technologies.common.program import Program, base, start_of
from auditor.technologies.document import FileView

from .document import EtcdConfig, Option, option_of, read_document
from .flags import FALSE, TRUE, read_flags
from .names import DEFAULTS, SOURCE, SWITCHES
from .service import EtcdServer, read_urls

_BITNAMI: Final = ("bitnami/etcd", "bitnamilegacy/etcd", "bitnamisecure/etcd")
_LISTED: Final = (3, 4)
"""The version whose `--help` the known flags are complete for."""
_CHECKED: Final = frozenset({Origin.ENVIRONMENT, Origin.FLAG})
_LISTENS: Final = (
    ("listen-client-urls", "cert-file", "key-file", "auto-tls"),
    ("listen-peer-urls", "peer-cert-file", "peer-key-file", "peer-auto-tls"),
)


def _defaults() -> Settings:
    return Settings(Setting(name, value, Origin.DEFAULT, source=SOURCE) for name, value in DEFAULTS.items())


@dataclass
class _Build:
    settings: Settings = field(default_factory=_defaults)
    refused: list[Problem] = field(default_factory=list[Problem])
    incomplete: str = ""
    config: EtcdConfig | None = None

    def apply(self, options: Iterable[Option], origin: Origin) -> None:
        for option in options:
            self.settings.set(Setting(option.name, option.value, origin, option.at))

    def load(self, config: EtcdConfig) -> None:
        """Put a configuration file in force, and nothing else."""
        self.config = config
        self.settings = _defaults()
        self.incomplete = config.opened
        self.apply(config.options, Origin.FILE)

    def contradict(self) -> None:
        """Note what etcd refuses, as far as no unknown option may change it."""
        for name, setting in self.settings.items():
            if setting.at is None or not isinstance(setting.value, str):
                continue
            if name in SWITCHES and setting.value not in TRUE | FALSE:
                self.refuse(name, f"expected true or false for {name}")
            if name in {"listen-client-urls", "listen-peer-urls", "listen-metrics-urls"} and setting.value:
                urls = read_urls(setting.value)
                if urls is None or not all(url.can_be_bound for url in urls):
                    self.refuse(name, f"expected URLs with an IP address and a port for {name}")
        kind = self.settings["auth-token"].value
        if isinstance(kind, str) and kind.split(",")[0] not in {"simple", "jwt", ""}:
            self.refuse("auth-token", "expected simple or jwt for auth-token")
        if self.incomplete:
            return
        listens = self.settings["listen-client-urls"]
        # Only of flags and variables: from a file without it etcd starts (tried: 3.4.23).
        if self.config is None and listens.origin in _CHECKED and "advertise-client-urls" not in self.settings:
            self.refuse("listen-client-urls", "expected advertise-client-urls beside listen-client-urls")
        for name, certificate, key, automatic in _LISTENS:
            value = self.settings[name].value
            urls = read_urls(value) if isinstance(value, str) else None
            has_files = all(each in self.settings and self.settings[each].value != "" for each in (certificate, key))
            is_automatic = str(self.settings[automatic].value) in TRUE
            if urls and any(url.scheme == "https" for url in urls) and not has_files and not is_automatic:
                self.refuse(name, f"expected {certificate} and {key} beside an https URL")

    def refuse(self, name: str, message: str) -> None:
        at = self.settings[name].at
        if at is not None:
            self.refused.append(Problem(at=at, message=message))


def file_server(config: EtcdConfig) -> EtcdServer:
    """Return the member started with just this file."""
    build = _Build()
    build.load(config)
    return _server(build, EtcdServer(component=config.source.path, technology="etcd", at=config.source.at()), None)


def container_server(workload: Workload, view: FileView) -> EtcdServer | None:
    """Return the member that a container runs, None if it runs another program."""
    repository = workload.image_repository or ""
    is_bitnami = repository in _BITNAMI
    image = _program(workload, is_bitnami=is_bitnami)
    start = start_of(workload, {"etcd"}, image)
    if start is None or (
        start.words and start.words[0].value in {"--version", "gateway", "grpc-proxy", "-h", "--help"}
    ):
        return None
    build = _Build()
    if is_bitnami:
        build.apply(_of_bitnami(workload), Origin.IMAGE)
    line = read_flags(start.words)
    flags = line.options
    variables = [
        Option(name, variable.value, variable.at)
        for variable in workload.environment.values()
        if (name := option_of(variable.name)) is not None and variable.value != ""
    ]
    unlisted: tuple[Problem, ...] = ()
    file = next((option for option in [*variables, *flags] if option.name == "config-file"), None)
    if file is not None and file.value != "":
        _load_file(build, file, view)
    else:
        build.incomplete = line.incomplete
        if workload.environment_open:
            build.incomplete = f"its environment is also read from {workload.environment_open}"
        build.apply(variables, Origin.ENVIRONMENT)
        build.apply(flags, Origin.FLAG)
        build.refused.extend(line.refused)
        is_listed = version_of(workload.image_version) == _LISTED
        build.refused.extend(line.unlisted if is_listed else ())
        unlisted = () if is_listed else tuple(line.unlisted)
        set_twice = {option.name for option in flags} & {option.name for option in variables}
        for option in variables:
            if option.name in set_twice:
                message = f"expected no variable for {option.name}, which a flag sets"
                build.refused.append(Problem(at=option.at, message=message))
    words = workload.arguments
    server = EtcdServer(
        component=workload.component,
        technology="etcd",
        at=workload.at,
        origin=workload.origin,
        version=workload.image_version,
        in_container=not workload.on_host,
        unrecognised=unlisted,
        is_control_plane=workload.origin == "kubernetes" and bool(words) and base(words[0]) == "etcd",
        has_root_password=_root_password(workload) if is_bitnami else False,
    )
    return _server(build, server, workload)


def _program(workload: Workload, *, is_bitnami: bool) -> Program | None:
    """Return how an image named etcd starts: Bitnami's through a script, the others directly (their CMD)."""
    if workload.image_name != "etcd":
        return None
    scripts = ("entrypoint.sh", "run.sh") if is_bitnami else ()
    return Program(entrypoints=scripts, takes=lambda word: is_bitnami and word.endswith("run.sh"))


def _of_bitnami(workload: Workload) -> list[Option]:
    """Return what the image's environment sets (bitnami/containers, Dockerfile of etcd 3.5)."""
    return [
        Option("listen-client-urls", "http://0.0.0.0:2379", workload.at),
        Option("advertise-client-urls", "http://127.0.0.1:2379", workload.at),
    ]


def _root_password(workload: Workload) -> bool | Unknown:
    variable = workload.environment.get("ETCD_ROOT_PASSWORD") or workload.environment.get("ETCD_ROOT_PASSWORD_FILE")
    if variable is None:
        reason = workload.environment_open
        return Unknown(f"its environment is also read from {reason}") if reason else False
    return variable.value != ""


def _load_file(build: _Build, option: Option, view: FileView) -> None:
    found = view.open(option.value) if isinstance(option.value, str) else option.value
    if isinstance(found, Source):
        try:
            build.load(read_document(found))
        except FormatError as error:
            build.refused.append(Problem(at=error.at, message=error.expected))
    else:
        build.incomplete = (
            found.reason if isinstance(found, Unknown) else "the configuration file is not in the scanned files"
        )


def _server(build: _Build, server: EtcdServer, workload: Workload | None) -> EtcdServer:
    build.contradict()
    server = replace(
        server,
        settings=build.settings,
        refused=tuple(build.refused),
        incomplete=build.incomplete,
        consumed=frozenset([build.config.source.key]) if build.config is not None else frozenset(),
        is_from_file=build.config is not None and build.config.is_yaml,
        workload=workload,
        misplaced=build.config.misplaced if build.config is not None else (),
    )
    urls = server.urls("listen-client-urls")
    at = server.where("listen-client-urls") if workload is None else None
    hosts = urls if isinstance(urls, Unknown) else ["127.0.0.1" if url.is_loopback else url.host for url in urls]
    ports = {2379} if isinstance(urls, Unknown) else {url.port for url in urls} or {2379}
    return replace(server, exposure=exposure_of(hosts, ports, workload, at))
