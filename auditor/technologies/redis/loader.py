"""Apply configuration in the server's order: files with includes in place, then the command line."""

from collections.abc import Iterable
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown, settle
from auditor.records import dataclass
from auditor.technologies.document import FileView
from auditor.technologies.recognition.redis_directives import LAST_LISTED, SINCE, Version

from .document import Directive, parse_config
from .options import Argument, option_lines
from .parameters import ALIASES, MULTIPLE, OTHER_SHAPES, PARAMETERS, Kind, Parameter
from .values import normalise, save_points
from .words import UnbalancedError, Word, split

_MAX_DEPTH = 16
"""Nested includes followed; a server has no limit, but nobody nests deeper."""
_MAX_INCLUDES = 200
"""Included files followed for one server; files that include all others would multiply without end."""


_PART = "a part of the argument is not known"
NOT_KNOWN_LINES = "lines that are not known"
"""The source of a setting that nothing sets for certain."""


@dataclass
class Loaded:
    """What the sources said so far. `users` are the `user` lines, `renamed` old command names in lower case."""

    settings: Settings
    view: FileView
    version: Version | None = None
    is_sentinel: bool = False
    users: list[Directive] = field(default_factory=list[Directive])
    users_unknown: Unknown | None = None
    renamed: dict[str, str | Unknown] = field(default_factory=dict[str, str | Unknown])
    renamed_unknown: Unknown | None = None
    sentinel: list[Directive] = field(default_factory=list[Directive])
    problems: list[Problem] = field(default_factory=list[Problem])
    unrecognised: list[Directive] = field(default_factory=list[Directive])
    consumed: set[str] = field(default_factory=set[str])
    at_least: Version = (0, 0)
    """The oldest version that accepts every directive seen."""
    modules: bool = False
    password_needed: bool = False
    """Whether what starts the server stops without a password, so that one that is not known is not empty."""
    saves: list[str] = field(default_factory=list[str])
    save_seen: bool = False
    includes: int = 0
    """How many included files were met."""
    saves_add: bool = True
    """Whether a `save` line adds to those before it; see `_include`."""

    def file(self, source: Source, origin: Origin = Origin.FILE, stack: tuple[str, ...] = ()) -> None:
        """Apply a whole file."""
        self.consumed.add(source.key)
        document = parse_config(source)
        self.problems.extend(document.problems)
        steps: list[tuple[int, Directive | None]] = [(directive.line, directive) for directive in document.directives]
        steps += [(line, None) for line in document.inserts]
        for line, directive in sorted(steps, key=lambda step: step[0]):
            if directive is None:
                self.cloud(Unknown("a template puts in lines here"), source.at(line), origin)
            else:
                self.apply(directive, origin, (*stack, source.key))

    def apply(self, directive: Directive, origin: Origin, stack: tuple[str, ...] = ()) -> None:
        """Apply one line; what the server would refuse becomes a problem."""
        name = ALIASES.get(directive.name, directive.name)
        self.at_least = max(self.at_least, SINCE.get(directive.name, (0, 0)))
        if name == "include":
            self._include(directive, stack)
        elif name in OTHER_SHAPES:
            self._other(directive)
        elif name not in SINCE:
            self._unlisted(directive)
        elif name not in MULTIPLE and len(directive.arguments) != 1:
            self._refuse(directive, f"expected exactly one value for {name}")
        else:
            self._set(
                PARAMETERS.get(name) or Parameter(name, Kind.WORDS if name in MULTIPLE else Kind.TEXT),
                directive,
                origin,
            )

    def arguments(self, words: Iterable[Argument]) -> None:
        """Apply the command line behind the configuration file, as `main` in `src/server.c` of 7.0 joins it."""
        given = [(word if isinstance(word, Unknown) else settle(word, _PART), at) for word, at in words]
        if given and "-" in {given[0][0], given[-1][0]}:
            reason = Unknown("a part of the configuration is read from the standard input")
            self.cloud(reason, given[0][1], Origin.FLAG)
        for line, parts, at in option_lines(given):
            if any(isinstance(part, Unknown) for part in (parts if " " in line or not line else parts[1:])):
                self.cloud(Unknown("the command line holds a part that is not known"), at, Origin.FLAG)
            source = Source(path=at.path, text=line, line=at.line, column=at.column, exact=False)
            try:
                found = split(line)
            except UnbalancedError:
                self.problems.append(Problem(at=at, message="expected balanced quotes in an argument"))
                continue
            found += [Word(part, 1, 1) for part in parts]
            if found and isinstance(found[0].value, str):
                self.apply(Directive(found[0].value.lower(), tuple(found[1:]), source, 1, 1, 1), Origin.FLAG)

    def settle_defaults(self) -> None:
        """Put defaults in force that depend on the version, now that the directives tell more about it."""
        for name, since in (("save", (6, 2)), ("acl-pubsub-default", (7, 0))):
            setting = self.settings[name]
            if setting.origin is Origin.DEFAULT and isinstance(setting.value, Unknown) and self.at_least >= since:
                source = f"{setting.source}, {since[0]}.{since[1]} or later"
                value = PARAMETERS[name].default
                self.settings.set(Setting(name=name, value=value, origin=Origin.DEFAULT, source=source))

    def cloud(self, reason: Unknown, at: Location, origin: Origin) -> None:
        """Forget everything: lines that are not known may have set any of it."""
        for name in PARAMETERS:
            self.settings.set(Setting(name=name, value=reason, origin=origin, at=at, source=NOT_KNOWN_LINES))
        self.users_unknown = reason
        self.renamed_unknown = reason

    def _refuse(self, directive: Directive, message: str) -> None:
        if not directive.conditional:
            self.problems.append(Problem(at=directive.at, message=message))

    def _unlisted(self, directive: Directive) -> None:
        if "." in directive.name:
            return  # a module's own setting
        if self.version is not None and self.version <= LAST_LISTED and not self.modules:
            self._refuse(directive, f"expected a directive that Redis {self.version[0]} knows")
        else:
            self.unrecognised.append(directive)

    def _include(self, directive: Directive, stack: tuple[str, ...]) -> None:
        if len(directive.arguments) != 1:
            self._refuse(directive, "expected exactly one path for include")
            return
        path = directive.arguments[0].value
        if isinstance(path, Unknown) or directive.conditional:
            self.cloud(Unknown("which file is included is not known"), directive.at, Origin.INCLUDE)
            return
        paths = self.view.glob(path) if any(character in path for character in "*?[") else [path]
        if isinstance(paths, Unknown):
            self.cloud(paths, directive.at, Origin.INCLUDE)
            return
        # From 7.0 on, reading an included file ends the state in which `save` lines add up: each one
        # behind an include replaces what stands (`reading_config_file` in src/config.c).
        self.saves_add = True
        for each in paths:
            self.includes += 1
            if self.includes > _MAX_INCLUDES or len(stack) >= _MAX_DEPTH:
                self.cloud(Unknown("more files are included than are followed"), directive.at, Origin.INCLUDE)
                break
            self._open(each, directive, stack)
        self.saves_add = not self._takes_several

    def _open(self, path: str, directive: Directive, stack: tuple[str, ...]) -> None:
        found = self.view.open(path)
        if found is None:
            found = Unknown(f"the included file {path} is not in the scanned files")
        if isinstance(found, Unknown):
            self.cloud(found, directive.at, Origin.INCLUDE)
        elif found.key in stack:
            self._refuse(directive, "expected a file that does not include itself")
        else:
            self.file(found, Origin.INCLUDE, stack)

    def _other(self, directive: Directive) -> None:
        words = directive.arguments
        if directive.name == "user":
            if words:
                self.users.append(directive)
            else:
                self._refuse(directive, "expected a name for user")
        elif directive.name == "rename-command":
            if len(words) != 2:
                self._refuse(directive, "expected a command and its new name for rename-command")
            elif isinstance(words[0].value, str):
                self.renamed[words[0].value.lower()] = words[1].value
        elif directive.name == "loadmodule":
            self.modules = True
        elif words:
            if self.is_sentinel:
                self.sentinel.append(directive)
            else:
                self._refuse(directive, "expected no sentinel directive, because the server is not a Sentinel")

    def _set(self, parameter: Parameter, directive: Directive, origin: Origin) -> None:
        if directive.conditional:
            value: str | Unknown = Unknown("a template decides whether it is set")
        elif parameter.kind is Kind.WORDS:
            words = self._list(directive)
            value = words if isinstance(words, Unknown) else self._words(parameter.name, words, directive)
        else:
            value = directive.arguments[0].value
            if isinstance(value, str):
                normal = normalise(parameter, value)
                if normal is None:
                    self._refuse(directive, f"expected {_expected(parameter)} for {parameter.name}")
                    return
                value = normal
        shown = seal(value) if parameter.kind is Kind.SECRET and isinstance(value, str) else value
        self.settings.set(Setting(name=parameter.name, value=shown, origin=origin, at=directive.at))

    def _list(self, directive: Directive) -> list[str] | Unknown:
        words: list[str] = []
        for word in directive.arguments:
            if isinstance(word.value, Unknown):
                return word.value
            words.append(word.value)
        if len(words) == 1 and words[0] and self._takes_several:
            # From 7.0 on, one quoted word is split once more: save "900 1".
            try:
                again = split(words[0])
            except UnbalancedError:
                self._refuse(directive, "expected balanced quotes inside the value")
                return words
            return [word.value if isinstance(word.value, str) else "" for word in again]
        return words

    @property
    def _takes_several(self) -> bool:
        return self.version is None or self.version >= (7, 0) or self.at_least >= (7, 0)

    def _words(self, name: str, words: list[str], directive: Directive) -> str | Unknown:
        if name == "bind":
            return "" if words == [""] else " ".join(words)
        if name == "replicaof":
            return self._replica(words, directive)
        if name != "save":
            return " ".join(words)
        if not words and self.version is not None and self.version < (7, 0):
            self._refuse(directive, "expected seconds and changes for save")
        points = save_points(words, several=self._takes_several) if words else []
        if points is None:
            self._refuse(directive, "expected pairs of seconds and changes for save")
            return " ".join(self.saves)
        if not self.save_seen or not self.saves_add or words == [""]:
            self.saves = []
        self.save_seen = self.save_seen or self.saves_add
        self.saves += points
        return " ".join(self.saves)

    def _replica(self, words: list[str], directive: Directive) -> str:
        if len(words) == 2 and [word.lower() for word in words] == ["no", "one"]:
            return ""
        if len(words) != 2 or not words[1].isascii() or not words[1].isdigit() or int(words[1]) > 65535:
            self._refuse(directive, "expected a host and a port for replicaof")
        return " ".join(words)


def _expected(parameter: Parameter) -> str:
    if parameter.choices:
        return f"one of {', '.join(parameter.choices)}"
    if parameter.kind is Kind.INTEGER:
        return f"a whole number from {parameter.low} to {parameter.high}"
    return str(parameter.kind.value)
