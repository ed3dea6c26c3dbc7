"""A file of Tomcat: server.xml, web.xml, a Context, or tomcat-users.xml."""

from collections.abc import Iterator

from auditor.formats.template import is_templated, mask
from auditor.formats.xml import Attribute, Element, parse_xml
from auditor.model.fact import Problem
from auditor.model.source import Source
from auditor.model.unknown import Unknown, settle
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

TEMPLATE = "a template expression"
_SECRETS = frozenset(
    {
        "password", "connectionPassword", "certificateKeystorePassword", "certificateKeyPassword", "truststorePassword",
        "keystorePass", "keyPass", "truststorePass", "secret", "requiredSecret",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TomcatFile(Document):
    """One file; `root` is None where it could not be read."""

    root: Element | None = None

    @property
    def kind(self) -> str:
        """The root element's name, "" where nothing could be read."""
        return self.root.name if self.root is not None else ""

    def assignments(self) -> Iterator[Assignment]:
        for element in self.root.walk() if self.root is not None else ():
            for attribute in element.attributes:
                if attribute.name in _SECRETS:
                    principal = element.get("username") or element.get("connectionName")
                    value = known_text(attribute.value)
                    yield Assignment(
                        key=attribute.name,
                        value=value,
                        at=attribute.at,
                        container="server-config",
                        path=(element.name,),
                        server_secret=True,
                        principal=principal,
                    )
            if element.name in {"init-param", "context-param", "env-entry"}:
                yield from _parameter(element)


def _parameter(element: Element) -> Iterator[Assignment]:
    name = element.words("param-name") or element.words("env-entry-name")
    value = element.first("param-value") or element.first("env-entry-value")
    if name and value is not None and value.text_at is not None:
        yield Assignment(key=name, value=known_text(value.text.strip()), at=value.text_at, container="server-config")


def known_text(text: str) -> str | Unknown:
    """Return a value; Unknown where a template or a property `${name}` puts it in."""
    if "${" in text:
        return Unknown("a property that is not in the scanned files")
    return settle(text, TEMPLATE)


def value_of(element: Element, name: str, default: str) -> str | Unknown:
    """Return an attribute, `default` where it is absent."""
    found: Attribute | None = element.attribute(name)
    return default if found is None else known_text(found.value)


def parse_file(source: Source) -> TomcatFile:
    """Read a file; a text that is no XML becomes a problem."""
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    parsed = parse_xml(source, text)
    problems: tuple[Problem, ...] = ()
    if parsed.fault is not None:
        problems = (Problem(at=parsed.fault.at, message=f"expected {parsed.fault.expected}"),)
    partial = "" if text == source.text else "template expressions"
    return TomcatFile(source=source, root=parsed.root, problems=problems if not partial else (), partial=partial)
