"""Read application.properties and application.yml: documents with their profiles, every property with its place.

Spring Boot 3.5 reference, Externalized Configuration: several documents in one file (`---` in YAML, `#---` or `!---`
in properties), `spring.config.activate.on-profile` (`spring.profiles` before 2.4), lists as `name[0]` or with commas.
"""

from collections.abc import Iterator
from dataclasses import field, replace

from auditor.formats import properties_template, yaml
from auditor.formats.properties_template import settle_value
from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values, place_of
from auditor.technologies.document import Assignment, Document

_CONTAINER = "settings"
_NAME = lazy(r"application(?:-(?P<profile>[\w.-]+?))?\.(?P<ending>properties|ya?ml)(?:\.\w+)?")
_INDEX = lazy(r"\[\d+\]$")
_SEPARATOR = lazy(r"[#!]---[ \t]*")
_BUILD_TIME = lazy(r"@[\w.-]+@")
_BARE_BUILD_TIME = lazy(r"(?<=: )[ \t]*@[\w.-]+@|(?<=- )[ \t]*@[\w.-]+@")
"""What Maven fills in (Spring Boot 3.5 reference, Automatic Property Expansion), where YAML asks for quotes."""
_ON_PROFILE = ("spring.config.activate.onprofile", "spring.profiles")
_ON_PLATFORM = "spring.config.activate.oncloudplatform"


def key_of(name: str) -> str:
    """Return a property's name in the form in which all its spellings are equal: lower case, without dashes."""
    return name.replace("-", "").replace("_", "").lower()


@dataclass(frozen=True)
class Written:
    """One property as written; a list's items are joined by commas. It may be a secret."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location


@dataclass(frozen=True)
class Section:
    """One document of a file: `profiles` is the expression that activates it ("" always), None if no profile does."""

    profiles: str | None
    written: tuple[Written, ...]


@dataclass(frozen=True, kw_only=True)
class SpringFile(Document):
    """A settings file; `profile` is the one in its name, "" for the application's own."""

    profile: str
    is_properties: bool
    sections: tuple[Section, ...] = ()
    values: tuple[Assignment, ...] = field(default=(), repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield every named value."""
        return iter(self.values)


def parse(source: Source) -> SpringFile:
    """Read a file.

    Raises:
        FormatError: it is not YAML, where its name says so.
    """
    match = _NAME.fullmatch(source.file_name.lower())
    profile = (match["profile"] or "") if match else ""
    if match is not None and match["ending"] == "properties":
        return _properties(source, profile)
    text = _BARE_BUILD_TIME.sub(lambda found: HOLE * len(found[0]), source.text) if "@" in source.text else source.text
    nodes = yaml.parse(replace(source, text=text))
    return SpringFile(
        source=source,
        profile=profile,
        is_properties=False,
        partial="template expressions" if text is not source.text or is_templated(text) else "",
        sections=tuple(_section(_flat(node, "")) for node in nodes),
        values=tuple(value for node in nodes for value in named_values(node, _CONTAINER)),
    )


def _properties(source: Source, profile: str) -> SpringFile:
    file = properties_template.read(source)
    breaks = [number for number, line in enumerate(source.text.split("\n"), 1) if _SEPARATOR.fullmatch(line.rstrip())]
    sections: list[list[Written]] = [[] for _ in range(len(breaks) + 1)]
    values: list[Assignment] = []
    for found in file.properties:
        value = file.value(found)
        if found.value:
            values.append(Assignment(key=found.key, value=value, at=found.value_at, container=_CONTAINER))
        # Spring fills in its own placeholders, and knows no others.
        own = value if found.line in file.conditional or HOLE in found.value else _settle(found.value.strip())
        sections[sum(number < found.line for number in breaks)].append(Written(found.key, own, found.at))
    return SpringFile(
        source=source,
        profile=profile,
        is_properties=True,
        problems=file.problems,
        partial=file.partial,
        sections=tuple(_section(written) for written in sections),
        values=tuple(values),
    )


def _settle(text: str) -> str | Unknown:
    if _BUILD_TIME.search(text):
        return Unknown("the build fills it in")
    return text if "${" in text else settle_value(text)


def _flat(node: Node, name: str) -> Iterator[Written]:
    if isinstance(node, Mapping):
        for key, value in node:
            yield from _flat(value, f"{name}.{key.text}" if name else key.text)
    elif isinstance(node, Scalar):
        text = node.value
        at = place_of(node) if node.text else node.at
        yield Written(name, text if isinstance(text, Unknown) else _settle(text.strip()), at)
    elif isinstance(node, Sequence):
        texts = [item.value for item in node.scalars()]
        if node.open or any(isinstance(text, Unknown) for text in texts):
            yield Written(name, Unknown("a template expression"), node.at)
        elif texts and len(texts) == len(node):
            yield Written(name, _settle(",".join(str(text) for text in texts)), node.at)
        else:
            for index, item in enumerate(node):
                yield from _flat(item, f"{name}[{index}]")


def _section(written: "list[Written] | Iterator[Written]") -> Section:
    """Put the items of lists together, and take out what activates the document."""
    found: dict[str, Written] = {}
    for item in written:
        name = _INDEX.sub("", item.name)
        first = found.get(key_of(name))
        if name != item.name and first is not None and isinstance(first.value, str) and isinstance(item.value, str):
            item = Written(name, f"{first.value},{item.value}", first.at)  # noqa: PLW2901  # the list so far
        found[key_of(name)] = Written(name, item.value, item.at)
    if _ON_PLATFORM in found:
        return Section(None, tuple(found.values()))
    conditions = [found.pop(key).value for key in _ON_PROFILE if key in found]
    if any(isinstance(condition, Unknown) for condition in conditions):
        return Section(None, tuple(found.values()))
    return Section(",".join(str(condition) for condition in conditions), tuple(found.values()))
