"""Apply option files with includes in place, and single options of any source, in the server's order."""

import posixpath
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .option_file import Include, Insertion, Option, OptionFile, parse
from .plugins import Plugins
from .resolve import Resolved, resolve
from .values import RefusedError, read
from .variables import VARIABLES, Kind, Variable, Version

_MAX_DEPTH = 10
"""Nested includes that a server follows (`max_recursion_level` in `mysys/my_default.c`)."""
_MAX_FILES = 300
"""Files followed for one server; files that include all others would multiply without end."""
_MAX_ENTRIES = 100_000
"""Options and includes applied for one server, those of a file that is included again counted again."""
_GROUPS = {
    "mysql": ("mysqld", "server"),
    "mariadb": ("mysqld", "server", "mariadb", "mariadbd", "client-server", "galera"),
}
_WITH_VERSION = {"mysql": ("mysqld",), "mariadb": ("mysqld", "mariadb", "mariadbd")}
_IMPLY_SSL = frozenset({"ssl_cert", "ssl_key", "ssl_ca", "ssl_capath", "ssl_cipher", "ssl_crl", "ssl_crlpath"})
NOT_KNOWN_LINES = "lines that are not known"
"""The source of a setting that nothing sets for certain."""


@dataclass
class Loaded:
    """What the sources said so far."""

    settings: Settings
    view: FileView
    product: str
    version: Version | None = None
    suffix: str = ""
    """What --defaults-group-suffix adds to the names of groups."""
    folder: str = ""
    """Where relative paths of includes start."""
    problems: list[Problem] = field(default_factory=list[Problem])
    consumed: set[str] = field(default_factory=set[str])
    plugins: Plugins = field(default_factory=Plugins)
    _files: int = 0
    _entries: int = 0
    _documents: dict[str, OptionFile] = field(default_factory=dict[str, OptionFile])

    def file(self, source: Source, origin: Origin = Origin.FILE, stack: tuple[str, ...] = ()) -> None:
        """Apply a whole option file. What makes the server give up an included file only ends that file."""
        self.consumed.add(source.key)
        self._files += 1
        if source.key not in self._documents:
            self._documents[source.key] = parse(source)
        document = self._documents[source.key]
        self._entries += len(document.entries)
        if self._entries > _MAX_ENTRIES:
            self.cloud(Unknown("more lines are included than are followed"), source.at(), origin)
            return
        if document.fatal is not None and not stack:
            self.problems.append(document.fatal)
        for entry in document.entries:
            if isinstance(entry, Option):
                self._option(entry, origin)
            elif isinstance(entry, Include):
                self._include(entry, (*stack, source.key))
            elif self.reads(entry.group) is not False:
                self.cloud(Unknown("a template puts in lines here"), entry.at, origin)

    def reads(self, group: str) -> bool | Unknown:
        """Tell whether the server reads a group."""
        products = [self.product] if self.product else ["mysql", "mariadb"]
        answers = {self._reads(group.lower(), product) for product in products}
        if len(answers) == 1 and None not in answers:
            return answers.pop() is True
        return Unknown(f"whether the server reads the group [{group}] depends on its product and version")

    def _reads(self, group: str, product: str) -> bool | None:
        if group.endswith(self.suffix.lower()) and self.suffix:
            group = group[: -len(self.suffix)]
        if group in _GROUPS[product]:
            return True
        name, dash, number = group.rpartition("-")
        if not dash or name not in _WITH_VERSION[product] or not number[:1].isdigit():
            return False
        return None if self.version is None else number == f"{self.version[0]}.{self.version[1]}"

    def _option(self, option: Option, origin: Origin) -> None:
        reads = self.reads(option.group)
        if reads is False:
            return
        value = option.value
        if isinstance(reads, Unknown):
            self.put(option.name, reads, option.at, origin)
        elif option.conditional:
            self.put(option.name, Unknown("a template decides whether it is set"), option.at, origin)
        else:
            self.put(option.name, value, option.at, origin)

    def _include(self, include: Include, stack: tuple[str, ...]) -> None:
        if len(stack) > _MAX_DEPTH:
            return
        path = include.path
        if isinstance(path, Unknown) or include.conditional or self._files > _MAX_FILES:
            self.cloud(Unknown("which file is included is not known"), include.at, Origin.INCLUDE)
            return
        path = posixpath.join(self.folder, path)
        if include.is_folder:
            self.includes_of(path, include.at, stack)
            return
        found = self.view.open(path)
        if isinstance(found, Unknown):
            self.cloud(found, include.at, Origin.INCLUDE)
        elif found is not None:
            self.file(found, Origin.INCLUDE, stack)

    def includes_of(self, folder: str, at: Location, stack: tuple[str, ...]) -> None:
        """Apply the option files of a folder, sorted by name."""
        names = self.view.glob(posixpath.join(folder, "*"))
        if isinstance(names, Unknown):
            self.cloud(names, at, Origin.INCLUDE)
            return
        for path in sorted(names, key=lambda name: posixpath.basename(name).encode("utf-8", "surrogateescape")):
            if self._has_ending(posixpath.basename(path)):
                found = self.view.open(path)
                if isinstance(found, Unknown):
                    self.cloud(found, at, Origin.INCLUDE)
                elif found is not None and self._files <= _MAX_FILES:
                    self.file(found, Origin.INCLUDE, stack)

    def _has_ending(self, name: str) -> bool:
        """Tell whether `!includedir` reads the file: MySQL looks behind a name's first dot, MariaDB behind the last."""
        if self.product == "mysql":
            return name[name.find(".") :] == ".cnf"
        return name.endswith(".cnf")

    def put(self, written: str, value: str | Unknown | None, at: Location, origin: Origin) -> None:
        """Apply one option; what the server would refuse becomes a problem. `value` is None where none was given."""
        option = resolve(written, self.product, self.version)
        if option.asked and not option.loose and self.product == "mariadb":
            self.plugins.ask(option.asked, at, "" if isinstance(value, Unknown) else option.refused)
        elif option.refused and not isinstance(value, Unknown):
            self.problems.append(Problem(at=at, message=option.refused))
            return
        if option.name in {"plugin_load", "plugin_load_add", "early_plugin_load"}:
            self.plugins.load(value, at, replaces=option.name == "plugin_load")
            shown = value if isinstance(value, Unknown) else ";".join(self.plugins.names)
            self.settings.set(Setting(name="plugin_load", value=shown, origin=origin, at=at))
        elif option.name in self.settings and option.prefix != "maximum":
            self._set(VARIABLES[option.name], option, value, at, origin)

    def _set(
        self, variable: Variable, option: Resolved, value: str | Unknown | None, at: Location, origin: Origin
    ) -> None:
        if isinstance(value, Unknown):
            self.settings.set(Setting(name=variable.name, value=value, origin=origin, at=at))
            return
        if option.prefix in {"skip", "disable", "enable"}:
            is_on = (value == "0") is not (option.prefix == "enable")
            text = "1" if is_on else "0"
            if variable.name == "log_bin":
                text = "ON" if is_on else "OFF"
            elif variable.kind is Kind.TEXT and is_on:
                text = ""
        elif value is None and not variable.bare:
            if not option.loose:
                self.problems.append(Problem(at=at, message=f"expected a value for {variable.name}"))
            return
        elif variable.name == "log_bin":
            text = "ON"
        else:
            text = value if value is not None else "" if variable.kind is Kind.TEXT else "1"
        try:
            shown = read(variable, text, self.product)
        except RefusedError as error:
            if not option.loose:
                self.problems.append(Problem(at=at, message=str(error)))
            return
        if shown is None:
            return
        sealed = seal(shown) if variable.kind is Kind.SECRET else shown
        self.settings.set(Setting(name=variable.name, value=sealed, origin=origin, at=at))
        if self.product != "mysql" and variable.name in _IMPLY_SSL:
            # A word on certificates switches TLS on (`mysqld_get_one_option` of MariaDB); skip-ssl behind it ends it.
            self.settings.set(Setting(name="ssl", value="ON", origin=origin, at=at))

    def cloud(self, reason: Unknown, at: Location, origin: Origin) -> None:
        """Forget everything: lines that are not known may have set any of it."""
        for name in tuple(self.settings):
            self.settings.set(Setting(name=name, value=reason, origin=origin, at=at, source=NOT_KNOWN_LINES))
        self.plugins.unknown = reason


def has_server_options(document: OptionFile) -> bool:
    """Tell whether an option file says anything to a server."""
    if document.fatal is not None and any(is_of_server(group) for group in document.groups):
        return True
    return any(isinstance(entry, Option | Insertion) and is_of_server(entry.group) for entry in document.entries)


def is_of_server(group: str) -> bool:
    """Tell whether any server, of whichever product and version, reads a group of options."""
    return Loaded(Settings(), _NO_FILES, "").reads(group) is not False


class _NoFiles:
    def open(self, path: str) -> None:
        del path

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


_NO_FILES = _NoFiles()
