"""The configuration in force of a broker: defaults, image, rabbitmq.conf, conf.d, advanced.config, environment.

Sources: RabbitMQ 4.1 documentation, "Configuration"; docker-library/rabbitmq, `10-defaults.conf` and Dockerfiles of
3.9 to 4.1; precedence as tried against 3.10.8.
"""

import re
from collections.abc import Iterable
from dataclasses import field

from auditor.formats.errors import FormatError
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .advanced import Replacement, replacements
from .conf import RabbitConf, is_secret, read_conf
from .names import DEFAULTS, ROOTS, SOURCE
from .other_files import DefinitionsFile, read_definitions, read_erlang, read_plugins

_ALL_ADDRESSES = frozenset({"", "0.0.0.0", "::", "[::]"})  # noqa: S104  # what a file may hold
_DEFINITIONS = ("load_definitions", "definitions.local.path", "management.load_definitions")


@dataclass
class Build:
    """What has been collected of a broker so far. `incomplete` is why anything else may be set."""

    view: FileView
    settings: Settings = field(default_factory=Settings)
    consumed: set[str] = field(default_factory=set[str])
    refused: list[Problem] = field(default_factory=list[Problem])
    unrecognised: list[Problem] = field(default_factory=list[Problem])
    incomplete: str = ""
    plugins: frozenset[str] | Unknown = frozenset()
    definitions: DefinitionsFile | Unknown | None = None

    def defaults(self) -> None:
        for name, value in DEFAULTS.items():
            self.settings.set(Setting(name, value, Origin.DEFAULT, source=SOURCE))

    def put(self, key: str, value: str | Unknown, origin: Origin, at: Location, source: str = "") -> None:
        sealed = seal(value) if is_secret(key) and isinstance(value, str) else value
        self.settings.set(Setting(key, sealed, origin, at, source))

    def conf(self, found: Source | RabbitConf | Unknown, origin: Origin = Origin.FILE) -> None:
        """Apply a rabbitmq.conf or a part of one."""
        if isinstance(found, Unknown):
            self.incomplete = self.incomplete or found.reason
            return
        document = read_conf(found) if isinstance(found, Source) else found
        self.consumed.add(document.source.key)
        self.refused.extend(document.refused)
        self.incomplete = self.incomplete or document.opened
        for line in document.lines:
            if line.key.split(".")[0] not in ROOTS:
                self.unrecognised.append(Problem(at=line.at, message="expected a key that RabbitMQ knows"))
            self.put(line.key, line.value, origin, line.at)

    def folder(self, pattern: str) -> None:
        """Apply the files of a conf.d folder in the order of their names."""
        paths = self.view.glob(pattern)
        if isinstance(paths, Unknown):
            self.incomplete = self.incomplete or paths.reason
            return
        for path in paths:
            found = self.view.open(path)
            if found is not None:
                self.conf(found, Origin.INCLUDE)

    def terms(self, found: Source | Unknown | None) -> None:
        """Apply an advanced.config or a rabbitmq.config of Erlang terms."""
        if found is None:
            return
        if isinstance(found, Unknown):
            self.incomplete = self.incomplete or found.reason
            return
        document = read_erlang(found)
        self.consumed.add(found.key)
        self.refused.extend(document.refused)
        if document.term is None:
            self.incomplete = self.incomplete or "the Erlang terms cannot be read"
            return
        for replacement in replacements(document.term):
            self._replace(replacement)

    def _replace(self, replacement: Replacement) -> None:
        prefix = replacement.prefix
        kept = [s for name, s in self.settings.items() if name != prefix and not name.startswith(f"{prefix}.")]
        kept += [
            Setting(n, v, Origin.DEFAULT, source=SOURCE) for n, v in DEFAULTS.items() if n.startswith(f"{prefix}.")
        ]
        self.settings = Settings(kept)
        for line in replacement.lines:
            self.put(line.key, line.value, Origin.FILE, line.at)

    def environment(self, variables: Iterable[Variable]) -> None:
        """Apply the variables that the broker itself reads (rabbitmq-env.conf has them too)."""
        named = {variable.name: variable for variable in variables if variable.value != ""}
        for name, key in (
            ("RABBITMQ_DEFAULT_USER", "default_user"),
            ("RABBITMQ_DEFAULT_PASS", "default_pass"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "environment.erlang_arguments"),
            ("RABBITMQ_LOGS", "environment.logs"),
        ):
            if name in named:
                self.put(key, named[name].value, Origin.ENVIRONMENT, named[name].at)
        address, port = named.get("RABBITMQ_NODE_IP_ADDRESS"), named.get("RABBITMQ_NODE_PORT")
        listens = any(name.startswith("listeners.tcp") for name in self.settings)  # a file wins over these variables
        if (address is not None or port is not None) and not listens:
            host = address.value if address is not None else ""
            number = port.value if port is not None else "5672"
            at = (address or port or next(iter(named.values()))).at
            if isinstance(host, Unknown) or isinstance(number, Unknown):
                listener: str | Unknown = Unknown("a variable sets where it listens")
            else:
                listener = f"{host}:{number}" if host not in {"", "auto"} else number
            self.put("listeners.tcp.default", listener, Origin.ENVIRONMENT, at)

    def enabled_plugins(self, found: Source | Unknown | None, otherwise: frozenset[str] | Unknown) -> None:
        """Settle which plugins run; `otherwise` where no file tells."""
        if found is None:
            self.plugins = otherwise
        elif isinstance(found, Unknown):
            self.plugins = found
        else:
            try:
                self.plugins = read_plugins(found).plugins
                self.consumed.add(found.key)
            except FormatError as error:
                self.refused.append(Problem(at=error.at, message="expected a list of plugins, then a full stop"))

    def settle(self) -> None:
        """Note listeners that take each other's port: the broker stops at the second one (seen on 3.10.8)."""
        seen: dict[str, set[str]] = {}
        for name, setting in self.settings.items():
            if not re.fullmatch(r"listeners\.(?:tcp|ssl)\..+", name) or not isinstance(setting.value, str):
                continue
            if self.settings.get(name.rpartition(".")[0]) is not None:
                continue  # listeners.tcp = none
            host, _, port = setting.value.rpartition(":")
            hosts = seen.setdefault(port, set())
            is_taken = host in hosts or bool(hosts and _ALL_ADDRESSES & {host, *hosts})
            if is_taken and setting.at is not None:
                self.refused.append(
                    Problem(at=setting.at, message="expected listeners with different ports or addresses")
                )
            hosts.add(host)

    def load_definitions(self) -> None:
        """Open the definitions that are imported at the start."""
        setting = next((self.settings[name] for name in _DEFINITIONS if name in self.settings), None)
        if setting is None:
            return
        if not isinstance(setting.value, str):
            self.definitions = Unknown("which definitions are loaded is not known")
            return
        found = self.view.open(setting.value)
        if isinstance(found, Source):
            try:
                self.definitions = read_definitions(found)
                self.consumed.add(found.key)
            except FormatError:
                self.definitions = Unknown("the definitions cannot be read")
        else:
            self.definitions = found if found is not None else Unknown("the definitions are not in the scanned files")
