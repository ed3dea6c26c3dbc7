"""The files of Solr as read."""

from collections.abc import Iterator
from dataclasses import field
from functools import cached_property
from typing import Final

from auditor.formats import yaml
from auditor.formats.template import is_templated, mask
from auditor.formats.tree import Mapping
from auditor.formats.xml import Element, parse_xml
from auditor.model.fact import Problem
from auditor.model.source import Source
from auditor.model.unknown import Unknown, settle
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values
from auditor.technologies.document import Assignment, Document

from .include import Assigned, assignments
from .properties import OPTIONS, is_secret, read_options

_TEMPLATE: Final = "template expressions"
EXPRESSION = lazy(r"\$\{([^}:]*)(?::([^}]*))?\}")
"""A property of Solr's XML files, with its default."""
_LONGEST: Final = 4096
"""Characters of a text in which properties are looked for."""
_PASSWORDS: Final = frozenset({"KeyStorePassword", "KeyManagerPassword", "TrustStorePassword"})


@dataclass(frozen=True, kw_only=True)
class SecurityFile(Document):
    """security.json; `root` is None where it holds no object."""

    root: Mapping | None = field(default=None, repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield secrets other than the hashes of users, which are judged by what they are hashes of."""
        if self.root is not None:
            for found in named_values(self.root, "server-config"):
                if "credentials" not in found.path:
                    yield found


@dataclass(frozen=True, kw_only=True)
class IncludeFile(Document):
    """solr.in.sh or solr.in.cmd."""

    @cached_property
    def assigned(self) -> tuple[Assigned, ...]:
        """The assignments as far as the script itself tells."""
        return tuple(assignments(self.source, {}))

    def assignments(self) -> Iterator[Assignment]:
        for each in self.assigned:
            if each.name not in OPTIONS:
                yield Assignment(key=each.name, value=each.value, at=each.at, container="server-config")
                continue
            for option in read_options(each.text, each.part):
                yield Assignment(
                    key=option.name,
                    value=option.value,
                    at=option.at,
                    container="server-config",
                    path=(each.name,),
                    server_secret=is_secret(option.name),
                    principal=option.user,
                )


@dataclass(frozen=True, kw_only=True)
class XmlFile(Document):
    """solr.xml, solrconfig.xml or a file of Jetty; `root` is None where it could not be read."""

    root: Element | None = field(default=None, repr=False)

    @property
    def kind(self) -> str:
        """The root element's name, "" where nothing could be read."""
        return self.root.name if self.root is not None else ""

    def assignments(self) -> Iterator[Assignment]:
        for element in self.root.walk() if self.root is not None else ():
            name = element.get("name")
            if name is None or element.text_at is None or element.children:
                continue
            if element.name == "str" or (element.name == "Set" and name in _PASSWORDS):
                yield Assignment(
                    key=name,
                    value=literal(element.text.strip()),
                    at=element.text_at,
                    container="server-config",
                    server_secret=name in _PASSWORDS,
                )


def literal(text: str) -> str | Unknown:
    """Return a text; Unknown where a template or a property puts a part of it in."""
    if "${" in text:
        return Unknown("a property supplies it")
    return settle(text, "a template expression")


def with_defaults(text: str) -> str | Unknown:
    """Return a text with the defaults of its properties, `${name:default}`; Unknown where one has none."""
    if len(text) > _LONGEST:
        return Unknown("the text is too long")
    out = EXPRESSION.sub(lambda match: match[2] if match[2] is not None else match[0], text)
    return literal(out)


def parse(source: Source) -> Document:
    """Read a file of Solr.

    Raises:
        FormatError: a security.json that is no JSON.
    """
    name = source.file_name.lower()
    if ".xml" in name:
        return parse_xml_file(source)
    return parse_security(source) if ".json" in name else IncludeFile(source=source, partial=_partial(source))


def parse_security(source: Source) -> SecurityFile:
    """Read a security.json.

    Raises:
        FormatError: the text is no JSON.
    """
    nodes = yaml.parse(source)
    root = nodes[0] if nodes and isinstance(nodes[0], Mapping) else None
    return SecurityFile(source=source, root=root, partial=_partial(source))


def parse_xml_file(source: Source) -> XmlFile:
    """Read an XML file; a text that is no XML becomes a problem."""
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    parsed = parse_xml(source, text)
    partial = _partial(source)
    problems: tuple[Problem, ...] = ()
    if parsed.fault is not None and "<!ENTITY" in text:
        # Solr fills in other files of the folder this way; what they say is not read.
        partial = "entities of other files"
    elif parsed.fault is not None and not partial:
        problems = (Problem(at=parsed.fault.at, message=f"expected {parsed.fault.expected}"),)
    return XmlFile(source=source, root=parsed.root, problems=problems, partial=partial)


def _partial(source: Source) -> str:
    return _TEMPLATE if is_templated(source.text) else ""
