"""Apply ZooKeeper's sources in order: image, Java flags, file (which beats the flags), environment of the image."""

from dataclasses import field

from auditor.formats.properties_template import read
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .members import Member, number_of, parse_member
from .parameters import PARAMETERS, SECRETS, SOURCE, Version, refused

UNKNOWN_LINES = "lines that are not known"
"""The source of a setting that nothing sets for certain."""


@dataclass
class Loaded:
    """What the sources said so far."""

    version: Version | None = None
    settings: Settings = field(default_factory=Settings)
    members: dict[int, Member] = field(default_factory=dict[int, Member])
    members_unknown: Unknown | None = None
    providers: dict[str, str | Unknown] = field(default_factory=dict[str, str | Unknown])
    """Classes of `authProvider.*`, by key."""
    problems: list[Problem] = field(default_factory=list[Problem])
    consumed: set[str] = field(default_factory=set[str])
    unfilled: bool = False
    """Whether something else completes the file before the server reads it."""

    def __post_init__(self) -> None:
        for parameter in PARAMETERS.values():
            value: str | Unknown = parameter.default
            if parameter.name == "4lw.commands.whitelist" and self.version is not None and self.version < (3, 5, 3):
                value = "all but wchc and wchp" if (3, 4, 10) <= self.version < (3, 5, 0) else "*"
            elif parameter.name == "admin.enableServer" and self.version is not None and self.version < (3, 5, 0):
                value = "false"
            self.settings.set(Setting(name=parameter.name, value=value, origin=Origin.DEFAULT, source=SOURCE))

    def file(self, source: Source, view: FileView, origin: Origin = Origin.FILE) -> None:
        """Apply a whole file and the dynamic configuration that it names."""
        self.consumed.add(source.key)
        content = read(source)
        self.problems.extend(content.problems)
        inserts = sorted(content.inserts)
        for each in content.properties:
            while inserts and inserts[0] <= each.line:
                self.cloud(Unknown("a template puts in lines here"), source.at(inserts.pop(0)), origin)
            self.set(each.key.strip(), content.value(each), each.at, origin)
        for line in inserts:
            self.cloud(Unknown("a template puts in lines here"), source.at(line), origin)
        self._dynamic(view)
        if self.unfilled:
            self.doubt_absent(Unknown("the file is completed by something that is not scanned"), source.at())

    def set(self, name: str, value: str | Unknown, at: Location, origin: Origin, source: str = "") -> None:
        """Put a value in force; one that the server refuses becomes a problem at `at`."""
        number = number_of(name)
        if number is not None:
            self._member(number, value, at)
        if name.startswith("authProvider."):
            self.providers[name.removeprefix("authProvider.")] = value
        parameter = PARAMETERS.get(name)
        if parameter is not None and isinstance(value, str) and (message := refused(parameter, value)):
            self.problems.append(Problem(at=at, message=message))
        shown = seal(value) if isinstance(value, str) and SECRETS.fullmatch(name) else value
        place = None if origin is Origin.IMAGE else at
        self.settings.set(Setting(name=name, value=shown, origin=origin, at=place, source=source))

    def unset(self, name: str, source: str) -> None:
        """Put the default of `name` back; `source` is what takes its line away."""
        default = PARAMETERS[name].default
        self.settings.set(Setting(name=name, value=default, origin=Origin.IMAGE, source=source))

    def refuse(self, at: Location, message: str) -> None:
        """Note what keeps the server from starting."""
        self.problems.append(Problem(at=at, message=message))

    def cloud(self, reason: Unknown, at: Location, origin: Origin) -> None:
        """Forget everything: lines that are not known may have set any of it."""
        for name in PARAMETERS:
            self.settings.set(Setting(name=name, value=reason, origin=origin, at=at, source=UNKNOWN_LINES))
        self.members_unknown = reason

    def doubt_absent(self, reason: Unknown, at: Location) -> None:
        """Note that something not scanned may set what nothing here sets."""
        for name, setting in list(self.settings.items()):
            if setting.origin in {Origin.DEFAULT, Origin.IMAGE}:
                self.set(name, reason, at, Origin.IMAGE, setting.source)

    def _member(self, number: int, value: str | Unknown, at: Location) -> None:
        if isinstance(value, Unknown):
            self.members_unknown = value
            return
        if not value:  # the server would stop at it; NiFi ships its file like this and start scripts fill it in
            self.members_unknown = Unknown("a member of the ensemble is not filled in")
            self.unfilled = True
            return
        member = parse_member(number, value, at)
        if member is None:
            self.problems.append(Problem(at=at, message="expected host:port:port for a member of the ensemble"))
        else:
            self.members[number] = member

    def _dynamic(self, view: FileView) -> None:
        path = self.settings["dynamicConfigFile"]
        if path.value == "" or path.source == UNKNOWN_LINES or path.at is None:
            return
        found = path.value if isinstance(path.value, Unknown) else view.open(str(path.value))
        if found is None:
            found = Unknown("the dynamic configuration is not in the scanned files")
        if isinstance(found, Unknown):
            self.members_unknown = found
            return
        self.consumed.add(found.key)
        content = read(found)
        for each in content.properties:
            if each.key.strip().startswith("server."):
                self.set(each.key.strip(), content.value(each), each.at, Origin.INCLUDE)
