"""XML with the place of every element and attribute, and without what makes XML dangerous.

Read by expat. No external file or address is ever opened; a document that declares entities is refused, since they can
grow without bound. A document type that declares none, as in web.xml of Java servers, is passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import field
from xml.parsers import expat

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.records import dataclass

from .properties import Lines

MAX_DEPTH = 200
"""Elements inside each other; real configurations stay below twenty."""
_ATTRIBUTE = lazy(r"\s+([^\s=/>\"']++)\s*=\s*(\"[^\"]*\"|'[^']*')")
"""One more attribute of a tag; each begins where the one before it ends, so that nothing is searched for."""
_DECLARED = lazy(r"<\?xml[^>]*\?>")


@dataclass(frozen=True)
class XmlFault:
    """Where reading stopped, and what was expected; never a piece of the text."""

    at: Location
    expected: str


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """An attribute; `at` covers its value's characters as written, without the quotes."""

    name: str
    value: str = field(repr=False)
    at: Location


@dataclass(frozen=True, kw_only=True)
class Element:
    """An element. `name` is without a namespace's prefix; `at` is its start tag, `text` what stands directly in it."""

    name: str
    attributes: tuple[Attribute, ...] = ()
    children: tuple["Element", ...] = ()
    text: str = field(default="", repr=False)
    text_at: Location | None = None
    at: Location

    def attribute(self, name: str) -> Attribute | None:
        """Return the attribute of that exact name, None if there is none."""
        return next((each for each in self.attributes if each.name == name), None)

    def get(self, name: str) -> str | None:
        """Return an attribute's value, None if there is none."""
        found = self.attribute(name)
        return None if found is None else found.value

    def where(self, name: str) -> Location:
        """Return the place of an attribute's value, or of the start tag."""
        found = self.attribute(name)
        return self.at if found is None else found.at

    def named(self, *names: str) -> Iterator["Element"]:
        """Yield the children of these names, in order."""
        return (child for child in self.children if child.name in names)

    def first(self, *path: str) -> "Element | None":
        """Return the first element below the nested names `path`, None if there is none."""
        element: Element | None = self
        for name in path:
            element = next(element.named(name), None) if element is not None else None
        return element

    def words(self, *path: str) -> str | None:
        """Return the text, without blanks around it, of the first element below `path`; None if there is none."""
        found = self.first(*path)
        return None if found is None else found.text.strip()

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all below it, in file order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class ParsedXml:
    """The root element, None where nothing could be read, and where reading stopped."""

    root: Element | None
    fault: XmlFault | None = None


class _RefusedError(Exception):
    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


@dataclass
class _Open:
    name: str
    attributes: tuple[Attribute, ...]
    at: Location
    children: list[Element] = field(default_factory=list[Element])
    parts: list[str] = field(default_factory=list[str])
    text_at: Location | None = None


class _Reader:
    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.text = text
        self.data = text.encode("utf-8", "replace")
        self.is_ascii = len(self.data) == len(text)
        self.index = self.decoded = 0
        """Where in the bytes, and in the text, the parser was last asked for its place."""
        self.lines = Lines(text)
        self.opened: list[_Open] = []
        self.root: Element | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.refuse_entity
        self.parser.ExternalEntityRefHandler = self.refuse_external
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def here(self) -> int:
        """Return where in the text the parser is; expat counts in bytes.

        The parser only moves on, so that each byte is decoded once.
        """
        index = self.parser.CurrentByteIndex
        if self.is_ascii:
            return index
        self.decoded += len(self.data[self.index : index].decode("utf-8", "ignore"))
        self.index = index
        return self.decoded

    def place(self, first: int, last: int) -> Location:
        return self.source.at(*self.lines.place(first), *self.lines.place(max(last - 1, first)))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.opened) >= MAX_DEPTH:
            raise _RefusedError(f"at most {MAX_DEPTH} elements inside each other")
        first = self.here()
        tag_end = first + 1 + len(name)
        found: list[Attribute] = []
        while (match := _ATTRIBUTE.match(self.text, tag_end)) is not None and match[1] in attributes:
            at = self.place(match.start(2) + 1, match.end(2) - 1)
            found.append(Attribute(name=match[1].rpartition(":")[2], value=attributes[match[1]], at=at))
            tag_end = match.end()
        self.opened.append(_Open(name.rpartition(":")[2], tuple(found), self.place(first, tag_end)))

    def characters(self, text: str) -> None:
        current = self.opened[-1]
        if current.text_at is None and text.strip():
            first = self.here() + len(text) - len(text.lstrip())
            current.text_at = self.place(first, first + len(text.strip()))
        current.parts.append(text)

    def end(self, name: str) -> None:
        del name
        done = self.opened.pop()
        element = Element(
            name=done.name,
            attributes=done.attributes,
            children=tuple(done.children),
            text="".join(done.parts),
            text_at=done.text_at,
            at=done.at,
        )
        if self.opened:
            self.opened[-1].children.append(element)
        else:
            self.root = element

    def refuse_entity(self, *_what: object) -> None:
        raise _RefusedError("no declarations of entities")

    def refuse_external(self, *_what: object) -> int:
        raise _RefusedError("no references to other files")


def parse_xml(source: Source, text: str | None = None) -> ParsedXml:
    """Read a document; `text`, as long as the source's, is read in its stead (a template with its expressions masked).

    Never raises: what keeps a document from being read is in `fault`.
    """
    content = source.text if text is None else text
    # What was decoded already is UTF-8 now, whatever the declaration says.
    content = content.removeprefix("\ufeff")
    content = _DECLARED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), content, count=1)
    stripped = content.lstrip()
    if not stripped:
        return ParsedXml(None, XmlFault(source.at(), "an element"))
    reader = _Reader(source, content)
    try:
        reader.parser.Parse(reader.data, True)  # the parameter has no name
    except _RefusedError as refused:
        return ParsedXml(None, XmlFault(source.at(reader.parser.CurrentLineNumber), refused.expected))
    except expat.ExpatError as error:
        return ParsedXml(None, XmlFault(source.at(error.lineno), "well-formed XML"))
    return ParsedXml(reader.root)
