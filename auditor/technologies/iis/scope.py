"""A part of a site with the sections in force there.

Order of files and `<location>` elements: "Deep Dive into IIS Configuration" and "Understanding IIS configuration
delegation" (learn.microsoft.com): what stands nearer to a path wins, attribute by attribute; collections are passed on
until `clear` or `remove`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field

from auditor.formats.xml import Element
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .defaults import DEFAULTS
from .document import known_text

NO_HOST = Unknown("applicationHost.config, which may set it, is not in the scanned files")
ENCRYPTED = Unknown("the section is encrypted")


@dataclass(frozen=True, kw_only=True)
class Layer:
    """What a file or a `<location>` of it sets for a path; `is_own` where the fact's own files have it."""

    path: str
    element: Element = field(repr=False)
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class Value:
    """An attribute in force. `layer` is None for a default."""

    text: str | Unknown = field(repr=False)
    at: Location
    scope: "Scope" = field(repr=False)
    layer: Layer | None = None

    @property
    def lower(self) -> str | Unknown:
        """The text in lower case: IIS and .NET read `True` like `true`."""
        return self.text if isinstance(self.text, Unknown) else self.text.lower()


@dataclass(frozen=True, kw_only=True)
class Item:
    """An element of a collection with its key in lower case, and the path for which one of the fact's files adds it.

    `scope_path` is None where an outer file adds it.
    """

    element: Element = field(repr=False)
    key: str
    scope_path: str | None


@dataclass(frozen=True, kw_only=True)
class Scope:
    """A path with its layers, the outermost first. `path` is "" for the whole application or server."""

    path: str
    at: Location
    layers: tuple[Layer, ...] = field(repr=False)
    has_host: bool
    changed: Mapping[str, Unknown] = field(default_factory=dict[str, Unknown], repr=False)
    """Sections that are not known, by their path, since a transform may change them."""

    def elements(self, section: str) -> Iterator[tuple[Layer, Element]]:
        """Yield the elements of a section, the outermost first."""
        names = section.split("/")
        for layer in self.layers:
            for element in _below(layer.element, names):
                yield layer, element

    def has(self, section: str) -> bool:
        """Tell whether a file sets something of the section."""
        return next(self.elements(section), None) is not None

    def value(self, section: str, attribute: str) -> Value:
        """Return an attribute in force: the innermost one that is written, else the default where it is known."""
        at = self.at
        changed = self._unknown(section)
        for layer, element in reversed(list(self.elements(section))):
            if layer.is_own and at == self.at:
                at = element.at
            written = element.attribute(attribute)
            if written is not None:
                text = known_text(written.value) if changed is None else changed
                return Value(text=text, at=written.at, scope=self, layer=layer)
            if is_closed(element):
                return Value(text=_why_closed(element), at=element.at, scope=self, layer=layer)
        text = self._default(section, attribute) if changed is None else changed
        return Value(text=text, at=at, scope=self)

    def switch(self, section: str, attribute: str) -> bool | Unknown:
        """Return whether an attribute that is off by itself is on, for a section of an extension."""
        found = [each for _, element in self.elements(section) if (each := element.attribute(attribute)) is not None]
        text = known_text(found[-1].value) if found else "false"
        return text if isinstance(text, Unknown) else text.lower() == "true"

    def items(self, section: str, key: str, *names: str) -> list[Item]:
        """Return what the files add to a collection, after `remove` and `clear`; the key's case is ignored."""
        found: list[Item] = []
        for layer, element in self.elements(section):
            for child in element.children:
                name = (child.get(key) or "").lower()
                if child.name == "clear":
                    found = []
                elif child.name == "remove":
                    found = [item for item in found if item.key != name]
                elif child.name in (names or ("add",)):
                    path = layer.path if layer.is_own else None
                    found.append(Item(element=child, key=name, scope_path=path))
        return found

    def reason_unknown(self, section: str) -> Unknown | None:
        """Return why what a section holds is not known, None if it is."""
        changed = self._unknown(section)
        closed = next((each for _, each in self.elements(section) if is_closed(each)), None)
        return changed if changed is not None or closed is None else _why_closed(closed)

    def _unknown(self, section: str) -> Unknown | None:
        for path, reason in self.changed.items():
            if section == path or section.startswith(f"{path}/"):
                return reason
        return None

    def _default(self, section: str, attribute: str) -> str | Unknown:
        if section.startswith("system.webServer/") and not self.has_host:
            return NO_HOST
        return DEFAULTS[section, attribute]


def is_closed(element: Element) -> bool:
    """Tell whether a section's content stands elsewhere or is encrypted."""
    return element.attribute("configSource") is not None or element.attribute("configProtectionProvider") is not None


def _why_closed(element: Element) -> Unknown:
    if element.attribute("configProtectionProvider") is not None:
        return ENCRYPTED
    return Unknown("the file that configSource names is not in the scanned files")


def _below(element: Element, names: list[str]) -> Iterator[Element]:
    if not names:
        yield element
        return
    for child in element.named(names[0]):
        yield from _below(child, names[1:])
