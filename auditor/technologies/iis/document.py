"""A configuration file of IIS or .NET: its elements, and the named values in it that may be secret."""

from collections.abc import Iterator

from auditor.formats.template import is_templated, mask
from auditor.formats.xml import Attribute, Element, parse_xml
from auditor.model.fact import Problem
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

FILLED_IN = Unknown("a value that is filled in at deployment")
_FILLED_IN = lazy(r"#\{[^}]{0,300}\}|\$\([^)]{0,300}\)|\$\{[^}]{0,300}\}|__\w{1,200}__")
"""Marks that Octopus Deploy, Azure Pipelines and the like replace."""
_SECRETS = frozenset({"password", "connectionpassword", "userpwd", "validationkey", "decryptionkey"})
"""Attributes, in lower case, whose value is a secret wherever they stand."""
_USERS = ("userName", "username", "connectionUsername", "name")


@dataclass(frozen=True, kw_only=True)
class IisFile(Document):
    """One file; `root` is None where it could not be read."""

    root: Element | None = None

    @property
    def name(self) -> str:
        """The file's name in lower case, without what marks a template (`web.config.j2`).

        What a package adds to the file of whoever installs it (`web.config.transform`) keeps its name.
        """
        name = self.source.file_name.lower()
        end = name.find(".config")
        return name if end < 0 or name.endswith(".transform") else name[: end + len(".config")]

    @property
    def is_transform(self) -> bool:
        """Whether it changes another file when that is published (XML Document Transform)."""
        name = self.name
        return name.startswith("web.") and name.endswith(".config") and name != "web.config"

    def assignments(self) -> Iterator[Assignment]:
        hashed: tuple[Element, ...] = ()
        for element in self.root.walk() if self.root is not None else ():
            yield from _settings(element)
            for attribute in element.attributes:
                yield from _attribute(element, attribute, hashed=element in hashed)
            if element.name == "credentials" and (element.get("passwordFormat") or "SHA1").lower() != "clear":
                hashed = element.children


def _settings(element: Element) -> Iterator[Assignment]:
    """Yield the setting that an element names: in appSettings, connectionStrings, aspNetCore, applicationSettings."""
    key = element.get("key") or element.get("name")
    if not key:
        return
    if element.name == "setting":
        value = element.first("value")
        if value is not None and value.text_at is not None:
            yield Assignment(key=key, value=_literal(value.text.strip()), at=value.text_at, container="server-config")
        return
    if element.name in {"add", "environmentVariable"}:
        written = element.attribute("connectionString") or element.attribute("value")
        if written is not None:
            yield _assignment(key, written)


def _attribute(element: Element, attribute: Attribute, *, hashed: bool) -> Iterator[Assignment]:
    name = attribute.name.lower()
    if name in _SECRETS:
        if attribute.value.startswith(("[enc:", "AutoGenerate")):
            return  # encrypted by IIS, or made by the server
        user = None if name.endswith("key") else next(filter(None, map(element.get, _USERS)), None)
        yield _assignment("passwordHash" if hashed else attribute.name, attribute, principal=user, secret=True)
    elif name.endswith("connectionstring") and element.name != "add":
        yield _assignment(attribute.name, attribute)
    elif element.name.lower() == "connectionstring" and name == "value":
        yield _assignment("connectionString", attribute)


def _assignment(key: str, written: Attribute, *, principal: str | None = None, secret: bool = False) -> Assignment:
    return Assignment(
        key=key,
        value=_literal(written.value),
        at=written.at,
        container="server-config",
        server_secret=secret,
        principal=principal,
    )


def _literal(text: str) -> str | Unknown:
    """Return a value with marks that are filled in written as references, which are as long."""
    if HOLE in text:
        return FILLED_IN
    return _FILLED_IN.sub(lambda match: "${" + "x" * (len(match[0]) - 3) + "}", text)


def known_text(text: str) -> str | Unknown:
    """Return a value without blanks around it; Unknown where something else fills it in."""
    if HOLE in text or _FILLED_IN.search(text):
        return FILLED_IN
    return text.strip()


def parse_file(source: Source) -> IisFile:
    """Read a file; a text that is no XML becomes a problem."""
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    parsed = parse_xml(source, text)
    partial = "" if text == source.text else "template expressions"
    problems: tuple[Problem, ...] = ()
    if parsed.fault is not None and not partial:
        problems = (Problem(at=parsed.fault.at, message=f"expected {parsed.fault.expected}"),)
    return IisFile(source=source, root=parsed.root, problems=problems, partial=partial)
