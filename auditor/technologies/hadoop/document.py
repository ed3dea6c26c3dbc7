"""The files of a configuration directory: site files, the log configuration, the environment of the daemons.

Site files are read as the parser of `Configuration` in Hadoop 3.3 does: `<property>` elements at any depth with `name`,
`value` and `final`, written as elements or as attributes, and files taken in by XInclude. An empty `<value>` sets
nothing.
"""

from collections.abc import Iterator
from dataclasses import field

from auditor.credentials.keys import names_secret
from auditor.formats.properties_template import PropertyFile, read
from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.formats.xml import Element, parse_xml
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown, settle
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document
from auditor.technologies.recognition.hadoop import kind_of

_SYNTAX = frozenset({"well-formed XML", "an element"})
"""What Hadoop expects of a file, too."""
_TEMPLATE = "the value is a template expression"
_EXPORT = lazy(r"^(?P<indent>[ \t]*)(?:export[ \t]+)?(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>[^\n]*)$", 8)


@dataclass(frozen=True, kw_only=True)
class Property:
    """One property. `value` is the text as written, None where there is none; `at` is its place.

    A final property, even one without a value, keeps what stands below it in the same file and in later ones out.
    """

    name: str
    value: str | Unknown | None = field(repr=False)
    at: Location
    is_final: bool = False
    origin: Origin = Origin.FILE


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A place where properties may stand that are not known: a file taken in, or a template's expression."""

    at: Location
    href: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SiteFile(Document):
    """A site file. `kind` is the word before `-site`, or `ssl-server` and `ssl-client`."""

    kind: str
    items: tuple[Property | Gap, ...] = ()
    at: Location
    """The root element."""

    def assignments(self) -> Iterator[Assignment]:
        for item in self.items:
            if isinstance(item, Property) and item.value is not None and is_secret(item.name):
                yield Assignment(
                    key=item.name,
                    value=_plain(item.value),
                    at=item.at,
                    container="server-config",
                    server_secret=True,
                )


_ACCOUNT_KEYS = ("fs.azure.account.key.", "fs.azure.account.oauth2.client.secret.")
_ZOOKEEPER_LOGINS = frozenset({"ha.zookeeper.auth", "yarn.resourcemanager.zk-auth", "hadoop.zk.auth"})


def is_secret(name: str) -> bool:
    """Tell whether a property's value is a secret by its name; `*.password.file` and `*.password.alias` name places.

    Logins to ZooKeeper hold a user and a password: `digest:user:password`.
    """
    if name.startswith(_ACCOUNT_KEYS) or name in _ZOOKEEPER_LOGINS:
        return True
    return name.lower().endswith("password") or names_secret(name)


def _plain(value: str | Unknown) -> str | Unknown:
    """Return a secret's value; a login to ZooKeeper may be in a file that it names (`@/etc/hadoop/zk`)."""
    if isinstance(value, Unknown):
        return value
    if "${" in value or value.lstrip().startswith("@/"):
        return Unknown("another property, a variable or a file supplies it")
    return value.strip()


@dataclass(frozen=True, kw_only=True)
class LogFile(Document):
    """A log4j.properties."""

    content: PropertyFile

    def last(self, name: str) -> tuple[str | Unknown, Location] | None:
        """Return the value that counts of a key; variables `${…}` stand in it as written."""
        found = [each for each in self.content.properties if each.key == name]
        if not found:
            return None
        value = settle(found[-1].value.strip(), _TEMPLATE)
        return value, found[-1].value_at


@dataclass(frozen=True, kw_only=True)
class EnvironmentFile(Document):
    """A hadoop-env.sh or hdfs-env.sh: its assignments, the last of a name counts."""

    variables: tuple[Property, ...] = ()


HadoopFile = SiteFile | LogFile | EnvironmentFile


def parse_file(source: Source) -> HadoopFile:
    """Read a file of the configuration directory; never raises."""
    name = source.file_name.lower()
    if "log4j" in name:
        content = read(source)
        return LogFile(source=source, content=content, partial=content.partial)
    if "-env.sh" in name:
        return EnvironmentFile(source=source, variables=tuple(_exports(source)))
    return _site(source, kind_of(name))


def _exports(source: Source) -> Iterator[Property]:
    for match in _EXPORT.finditer(source.text):
        line = source.text.count("\n", 0, match.start()) + 1
        column = match.start("name") - match.start() + 1
        text = match["value"].strip()
        if text[:1] in {'"', "'"} and text[-1:] == text[:1] and len(text) > 1:
            text = text[1:-1]
        value: str | Unknown = text
        if match["indent"]:
            value = Unknown("the script sets it under a condition")
        elif "{{" in text:
            value = Unknown(_TEMPLATE)
        yield Property(
            name=match["name"], value=value, at=source.at(line, column, line, match.end("value") - match.start())
        )


def _site(source: Source, kind: str) -> SiteFile:
    templated = is_templated(source.text)
    text, inserts = mask(source.text) if templated else (source.text, frozenset[int]())
    parsed = parse_xml(source, text)
    if parsed.root is None:
        at, expected = (source.at(), "") if parsed.fault is None else (parsed.fault.at, parsed.fault.expected)
        if templated or expected not in _SYNTAX:  # Hadoop reads entities, which we do not
            reason = "template expressions" if templated else "parts that are not read"
            gap = Gap(at=at, reason=f"{reason} make the file up")
            return SiteFile(source=source, kind=kind, items=(gap,), at=at, partial=reason)
        problem = Problem(at=at, message=f"expected {expected}")
        return SiteFile(source=source, kind=kind, problems=(problem,), at=at)
    reading = _Reading(conditional_lines(source.text) if templated else frozenset())
    items = list(reading.items(parsed.root))
    items += [Gap(at=source.at(line), reason="a template puts in properties here") for line in sorted(inserts)]
    partial = "template expressions" if templated else ""
    return SiteFile(source=source, kind=kind, items=tuple(items), at=parsed.root.at, partial=partial)


@dataclass(frozen=True)
class _Reading:
    conditional: frozenset[int]
    """Lines of which a template decides whether they are there."""

    def items(self, root: Element) -> Iterator[Property | Gap]:
        for child in root.children:
            if child.name == "property":
                found = self._property(child)
                if found is not None:
                    yield found
            elif child.name == "include":
                yield Gap(at=child.at, href=(child.get("href") or "").strip(), reason="a file that it takes in")
            else:
                yield from self.items(child)

    def _property(self, element: Element) -> Property | Gap | None:
        name, written = (element.get("name") or "").strip(), element.attribute("value")
        value = None if written is None else written.value
        at = element.at if written is None else written.at
        is_final = element.get("final") == "true"
        for child in element.children:
            if child.name == "name":
                name = child.text.strip()
            elif child.name == "value":
                value, at = child.text or None, child.text_at or child.at
            elif child.name == "final":
                is_final = child.text == "true"
        if HOLE in name:
            return Gap(at=element.at, reason="a template makes up the names of properties")
        if not name or (value is None and not is_final):
            return None
        if at.line in self.conditional or element.at.line in self.conditional:
            return Property(name=name, value=Unknown("a template decides whether it is set"), at=at)
        return Property(name=name, value=None if value is None else settle(value, _TEMPLATE), at=at, is_final=is_final)
