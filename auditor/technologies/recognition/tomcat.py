"""Tell Apache Tomcat's files from other XML."""

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered
from .xml_root import root_name

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig))*"
_XML = lazy(rf".*\.xml{_VARIANT}")
_EXACT = {"server.xml": "Server", "web.xml": "web-app", "context.xml": "Context", "tomcat-users.xml": "tomcat-users"}


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is one of Tomcat's, None if it is not."""
    if ".xml" not in name or not _XML.fullmatch(name):
        return None
    kind = root_name(head)
    base = name[: name.index(".xml") + 4]
    named = _EXACT.get(base) == kind
    if kind == "tomcat-users" or (
        kind == "Server" and "<Service" in head and ("<Connector" in head or "Catalina" in head)
    ):
        return Recognition(f"an XML document <{kind}>", 3 if named else 2)
    if kind == "web-app":
        return Recognition("a deployment descriptor <web-app>", 3 if named else 2)
    if kind == "Context" and (named or "/catalina/" in f"/{path.lower()}"):
        return Recognition("a <Context> of Tomcat", 3)
    return None


TECHNOLOGY = Registered(
    "tomcat",
    "Apache Tomcat",
    "auditor.technologies.tomcat:TOMCAT",
    recognise,
    words=("tomcat", "catalina"),
    files="server.xml, web.xml, context.xml, tomcat-users.xml",
    versions="9 to 11",
    compared_with="tomcat10",
)
