"""Apache Tomcat as a fact: connectors, hosts, applications and users.

Sources: Tomcat 10.1 configuration reference (connectors, Host, Context, Valve) and the server itself, 10.1.60.
"""

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import field

from auditor.formats.xml import Element
from auditor.model.exposure import Exposure
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import major_of

from .document import known_text, value_of

NO_SERVER = Unknown("no server.xml is in the scanned files")
_NO_WEB = Unknown("no web.xml is in the scanned files")
NO_USERS = Unknown("no tomcat-users.xml is in the scanned files")
_DEFAULT_SERVLET = "org.apache.catalina.servlets.DefaultServlet"
_PUBLISHED = frozenset(
    {"tomcat", "s3cret", "admin", "manager", "changeit", "password", "secret", "role1", "both", "root", "123456"}
)
_LAST_LEGACY_MAJOR = 9
_PARTS = 3
"""Of a version that says which fixes it has: major, minor, patch."""
_AJP_SAFE_SINCE = {7: [7, 0, 100], 8: [8, 5, 51], 9: [9, 0, 31]}
_PUBLISHED_TEXT = "<must-be-changed>"


@dataclass(frozen=True)
class Connector:
    """A connector of a service, with the values that Tomcat reads."""

    element: Element

    @property
    def at(self) -> Location:
        return self.element.at

    @property
    def port(self) -> str | Unknown:
        return value_of(self.element, "port", "0")

    @property
    def is_off(self) -> bool:
        """Whether a negative port keeps it from listening (`Connector.startInternal`, 10.1)."""
        port = self.port
        return isinstance(port, str) and port.startswith("-")

    @property
    def is_ajp(self) -> bool | Unknown:
        value = value_of(self.element, "protocol", "HTTP/1.1")
        return value if isinstance(value, Unknown) else "ajp" in value.lower()

    @property
    def speaks_tls(self) -> bool | Unknown:
        """Whether SSLEnabled is on; attribute names are exact, and `scheme` or `secure` encrypt nothing."""
        value = value_of(self.element, "SSLEnabled", "false")
        return value if isinstance(value, Unknown) else value.lower() == "true"

    @staticmethod
    def refuses_legacy_tls(version: str | None) -> bool:
        """Tell whether a connector with those attributes only has no certificate and does not start: from 10 on."""
        major = major_of(version)
        return major is not None and major > _LAST_LEGACY_MAJOR

    @staticmethod
    def reads_legacy_tls(version: str | None) -> bool:
        """Tell whether the attributes of 8.0 for TLS on the connector itself still count: up to 9 (removed in 10.0)."""
        major = major_of(version)
        return major is not None and major <= _LAST_LEGACY_MAJOR

    @property
    def is_local(self) -> bool | Unknown:
        """Whether only the same host reaches it: HTTP listens on all addresses by default, AJP on loopback."""
        ajp = self.is_ajp
        value = value_of(self.element, "address", "127.0.0.1" if ajp is True else "")
        if isinstance(value, Unknown) or isinstance(ajp, Unknown):
            return value if isinstance(value, Unknown) else ajp
        return is_loopback(value)


@dataclass(frozen=True)
class User:
    """A user of tomcat-users.xml. `has_published_password` tells that anybody can look its password up or guess it."""

    name: str
    roles: frozenset[str]
    has_published_password: bool | Unknown
    at: Location


@dataclass(frozen=True, kw_only=True)
class Tomcat(Service):
    """A server, or the part of one that the files hold: each part is Unknown where its file is not scanned."""

    server: Element | Unknown = field(default=NO_SERVER, repr=False)
    webs: tuple[Element, ...] = field(default=(), repr=False)
    contexts: tuple[Element, ...] = field(default=(), repr=False)
    users_file: Element | Unknown = field(default=NO_USERS, repr=False)
    exposures: Mapping[str, Exposure] = field(default_factory=dict[str, Exposure])
    """From where a port of a container can be reached."""

    @property
    def connectors(self) -> tuple[Connector, ...] | Unknown:
        """The connectors of all services."""
        server = self.server
        if isinstance(server, Unknown):
            return server
        found = (Connector(each) for service in server.named("Service") for each in service.named("Connector"))
        return tuple(connector for connector in found if not connector.is_off)

    def reach(self, connector: Connector) -> Exposure:
        """Return from where a connector's port can be reached."""
        port = connector.port
        return self.exposures.get(port, self.exposure) if isinstance(port, str) else self.exposure

    @property
    def trusts_ajp(self) -> bool:
        """Whether AJP listens on all addresses and asks for no secret by default: before 7.0.100, 8.5.51 and 9.0.31."""
        numbers = [int(part) for part in (self.version or "").split(".") if is_whole_number(part)]
        safe_since = _AJP_SAFE_SINCE.get(numbers[0]) if len(numbers) == _PARTS else None
        return safe_since is not None and numbers < safe_since

    @property
    def hosts(self) -> tuple[tuple[Element, Element], ...] | Unknown:
        """Engine and host, for each host."""
        server = self.server
        if isinstance(server, Unknown):
            return server
        engines = [engine for service in server.named("Service") for engine in service.named("Engine")]
        return tuple((engine, host) for engine in engines for host in engine.named("Host"))

    def valves(self, engine: Element, host: Element, name: str) -> list[Element]:
        """Return the valves of a class for a host: its engine's and its own."""
        both = [*engine.named("Valve"), *host.named("Valve")]
        return [valve for valve in both if (valve.get("className") or "").rpartition(".")[2] == name]

    @property
    def descriptors(self) -> tuple[Element, ...] | Unknown:
        """The deployment descriptors, the server's own conf/web.xml among them."""
        return self.webs or _NO_WEB

    def classes(self, kind: str, name: str) -> Iterator[tuple[Element, str]]:
        """Yield the servlets or filters (`kind`) of a class that are mapped, each with the path it answers."""
        for web in self.webs:
            for element in web.named(kind):
                own = element.words(f"{kind}-name")
                mappings = (each for each in web.named(f"{kind}-mapping") if each.words(f"{kind}-name") == own)
                mapped = next(mappings, None)
                if (element.words(f"{kind}-class") or "").rpartition(".")[2] == name and mapped is not None:
                    yield element, mapped.words("url-pattern") or mapped.words("servlet-name") or ""

    def servlet_parameters(self, class_name: str = _DEFAULT_SERVLET) -> Iterator[tuple[str, str | Unknown, Location]]:
        """Yield name, value and place of the parameters of a servlet."""
        for web in self.webs:
            for servlet in web.named("servlet"):
                if servlet.words("servlet-class") == class_name:
                    for parameter in servlet.named("init-param"):
                        value = parameter.first("param-value")
                        if value is not None:
                            text = value.text.strip()
                            read = Unknown("a property") if "${" in text else text
                            yield parameter.words("param-name") or "", read, value.text_at or value.at

    @property
    def all_contexts(self) -> tuple[Element, ...]:
        """Contexts of files of their own, and of server.xml."""
        inner = (
            ()
            if isinstance(self.server, Unknown)
            else tuple(each for each in self.server.walk() if each.name == "Context")
        )
        return (*self.contexts, *inner)

    @property
    def users(self) -> tuple[User, ...] | Unknown:
        """The users of tomcat-users.xml."""
        root = self.users_file
        if isinstance(root, Unknown):
            return root
        return tuple(_user(each) for each in root.named("user"))


def application_of(context: Element) -> str:
    """Return the name of a context's application: of its docBase or path, or of the file that it stands in."""
    named = context.get("docBase") or context.get("path") or ""
    if named:
        return named.rstrip("/").rpartition("/")[2].removesuffix(".war")
    folders = context.at.path.replace("\\", "/").split("/")
    if folders[-2:] == ["META-INF", "context.xml"]:
        return folders[-3] if len(folders) > 2 else ""
    return folders[-1].partition(".")[0] if "Catalina" in folders[:-1] else ""


def parameter_of(element: Element, name: str) -> tuple[str | Unknown, Location] | None:
    """Return an init-param of a servlet or filter with its place, None if it is not set."""
    for each in element.named("init-param"):
        value = each.first("param-value")
        if value is not None and each.words("param-name") == name:
            return known_text(value.text.strip()), value.text_at or value.at
    return None


def _user(element: Element) -> User:
    name = element.get("username") or element.get("name") or ""
    roles = frozenset(role.strip() for role in (element.get("roles") or "").split(",") if role.strip())
    password = value_of(element, "password", "")
    published = (
        password if isinstance(password, Unknown) else password.lower() in {*_PUBLISHED, _PUBLISHED_TEXT, name.lower()}
    )
    return User(name, roles, published, element.where("password"))


def is_loopback(address: str) -> bool:
    """Tell whether only the same host reaches an address."""
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
