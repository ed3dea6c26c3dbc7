"""Put a node together: defaults of the image, environment, include script, command line, solr.xml, security.json.

Source: `bin/solr` of Solr 8.11, 9.9 and 10.0. The include script is sourced after the environment is there, so it wins;
what the script makes of variables comes before SOLR_OPTS on Java's command line, `-D` and `-a` of the command line
last, and of two properties of one name Java takes the last.
"""

from dataclasses import field
from typing import Final

from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated, mask
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import MountKind, Workload
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.versions import Range
from auditor.technologies.document import FileView

from .command import Invocation
from .documents import EXPRESSION, parse_security, parse_xml_file
from .include import Assigned, assignments
from .properties import OPTIONS, SystemProperty, is_open, read_options, whole
from .security import Security

MANUAL: Final = "Solr Reference Guide 9.9"
_PASSWORD = lazy(r"SOLR_\w*PASSWORD|HADOOP_CREDSTORE_PASSWORD")
_JUDGED = lazy(r"SOLR_\w+|ZK_\w+|ENABLE_REMOTE_JMX_OPTS|RMI_PORT|HADOOP_CREDSTORE_PASSWORD")
_PASSED: Final = {
    "allowPaths": "${solr.allowPaths:${solr.security.allow.paths:}}",
    "zkACLProvider": "${zkACLProvider:${solr.zookeeper.acl.provider:}}",
}
"""What the shipped solr.xml hands on (9.9; 10.0 has the second names)."""


@dataclass
class Build:
    """What is known of a node so far. `options` are the texts of the variables that hold options for Java."""

    versions: Range = field(default_factory=Range)
    settings: Settings = field(default_factory=Settings)
    consumed: set[str] = field(default_factory=set[str])
    values: dict[str, str | Unknown] = field(default_factory=dict[str, str | Unknown])
    options: dict[str, tuple[SystemProperty, ...]] = field(default_factory=dict[str, tuple[SystemProperty, ...]])
    origins: dict[str, Origin] = field(default_factory=dict[str, Origin])
    open_names: dict[str, str] = field(default_factory=dict[str, str])
    incomplete: str = ""

    def variable(self, name: str, value: str | Unknown, origin: Origin, at: Location | None, source: str = "") -> None:
        """Put a variable in force."""
        self.values[name] = value
        if name in OPTIONS:
            return
        if _JUDGED.fullmatch(name):
            shown = seal(value) if isinstance(value, str) and _PASSWORD.fullmatch(name) else value
            self.settings.set(Setting(name, shown, origin, at, source))

    def option_text(self, name: str, text: str | Unknown, found: tuple[SystemProperty, ...], origin: Origin) -> None:
        """Put a variable with options in force; it replaces what it held."""
        self.options[name], self.origins[name] = found, origin
        if isinstance(text, Unknown) or is_open(text):
            self.open_names[name] = text.reason if isinstance(text, Unknown) else f"a part of {name} is not known"
        else:
            self.open_names.pop(name, None)

    def environment(self, workload: Workload) -> None:
        """Apply the variables of a container or unit."""
        for name, each in workload.environment.items():
            self.variable(name, each.value, Origin.ENVIRONMENT, each.at)
            if name in OPTIONS:
                text = each.value if isinstance(each.value, str) else HOLE
                self.option_text(name, each.value, tuple(read_options(text, whole(each.at))), Origin.ENVIRONMENT)
        if workload.environment_open is not None:
            self.incomplete = f"it may be set by {workload.environment_open}"

    def include(self, source: Source) -> None:
        """Apply an include script."""
        self.consumed.add(source.key)
        if is_templated(source.text) and mask(source.text)[1]:
            self.incomplete = "a template puts lines into the include script"
        for each in assignments(source, self.values):
            self.assigned(each)

    def assigned(self, each: Assigned) -> None:
        self.variable(each.name, each.value, Origin.FILE, each.at)
        if each.name not in OPTIONS:
            return
        found = tuple(read_options(each.text, each.part))
        if each.conditional:
            known = {option.name: option for option in self.options.get(each.name, ())}
            self.option_text(each.name, each.value, tuple(known.values()), Origin.FILE)
            return
        expanded = {option.name: option for name in OPTIONS for option in self.options.get(name, ())}
        # What an earlier value brings in keeps the place where it was written.
        kept = tuple(
            expanded[option.name]
            if option.at == each.at and option.name in expanded and expanded[option.name].value == option.value
            else option
            for option in found
        )
        text = each.text if not isinstance(each.value, Unknown) or HOLE in each.text else each.value
        self.option_text(each.name, text, kept, Origin.FILE)

    def command_line(self, invocation: Invocation) -> None:
        """Apply options and the properties that all the others lead to, in the order in which Java sees them."""
        for name, word in invocation.variables.items():
            self.variable(name, word.value, Origin.FLAG, word.at)
        for name in ("SOLR_AUTHENTICATION_OPTS", "SOLR_OPTS"):
            for option in self.options.get(name, ()):
                self.settings.set(option.setting(self.origins[name]))
        for option in invocation.properties:
            self.settings.set(option.setting(Origin.FLAG))

    @property
    def options_open(self) -> str:
        """Why an option of Java that nothing sets may be set all the same."""
        return next((self.open_names[name] for name in OPTIONS if name in self.open_names), "")

    def node_file(self, found: Source | Unknown | None) -> None:
        """Apply solr.xml: the one that is there, or the shipped one, which hands properties on."""
        texts: dict[str, str | Unknown] = dict(_PASSED)
        places: dict[str, Location] = {}
        if isinstance(found, Unknown):
            texts = dict.fromkeys(_PASSED, found)
        elif found is not None:
            self.consumed.add(found.key)
            root = parse_xml_file(found).root
            texts = dict.fromkeys(_PASSED, Unknown("solr.xml cannot be read") if root is None else "")
            for element in root.walk() if root is not None else ():
                name = element.get("name")
                if element.name == "str" and name in texts:
                    texts[name] = element.text.strip()
                    places[name] = element.text_at or element.at
        for name, text in texts.items():
            value = text if isinstance(text, Unknown) else self._filled(text)
            origin = Origin.FILE if name in places else Origin.DEFAULT
            self.settings.set(Setting(f"solr.xml/{name}", value, origin, self._place(name, places), MANUAL))

    def _place(self, name: str, places: dict[str, Location]) -> Location | None:
        for option in (name, f"solr.{name}", "solr.security.allow.paths"):
            setting = self.settings.get(f"-D{option}")
            if setting is not None:
                return setting.at
        return places.get(name)

    def _filled(self, text: str) -> str | Unknown:
        """Return a text of solr.xml with its properties filled in, innermost defaults first."""
        for _ in range(4):
            match = EXPRESSION.search(text, text.rfind("${") if "${" in text else 0)
            if match is None:
                return Unknown("a template expression supplies it") if HOLE in text else text
            setting = self.settings.get(f"-D{match[1]}")
            value = setting.value if setting is not None else None
            if isinstance(value, Unknown):
                return value
            if value is None and (self.options_open or self.incomplete):
                return Unknown(self.options_open or self.incomplete)
            text = text[: match.start()] + (value if isinstance(value, str) else match[2] or "") + text[match.end() :]
        return Unknown("solr.xml nests properties too deeply")

    def security_file(self, found: Source | Unknown | None) -> Security | Unknown | None:
        """Return what a security.json says."""
        if found is None or isinstance(found, Unknown):
            return found
        self.consumed.add(found.key)
        try:
            root = parse_security(found).root
        except FormatError as error:
            return Unknown(f"security.json cannot be read ({error.at})")
        return Security(root, found.at(), self.versions) if root is not None else Unknown("security.json is empty")


def opened(workload: Workload, view: FileView, path: str) -> Source | Unknown | None:
    """Return a file of the data folder; None where a volume that starts empty holds it.

    A volume of Kubernetes is not known: other containers of the Pod fill it before Solr starts. Neither is one below
    an image that is built here: Docker fills a new volume with what the image has at its place.
    """
    found = view.open(path)
    derived = workload.is_built or workload.built_from is not None
    if not isinstance(found, Unknown) or workload.origin == "kubernetes" or derived:
        return found
    covering = [mount for mount in workload.mounts if path.startswith(mount.target.rstrip("/") + "/")]
    closest = max(covering, key=lambda mount: len(mount.target), default=None)
    fresh = closest is not None and closest.kind in {MountKind.VOLUME, MountKind.EPHEMERAL}
    return None if fresh else found
