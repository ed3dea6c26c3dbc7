"""Put the files of a server together."""

from collections.abc import Mapping, Sequence

from auditor.formats.xml import Element
from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.technologies.document import FileView

from .document import TomcatFile, parse_file, value_of
from .service import NO_SERVER, NO_USERS, Tomcat

_BESIDE = ("web.xml", "context.xml", "tomcat-users.xml")
_CONTEXTS = "Catalina/localhost/*.xml"
OFFICIAL = """<Server port="8005" shutdown="SHUTDOWN"><Service name="Catalina">
<Connector port="8080" protocol="HTTP/1.1" connectionTimeout="20000" redirectPort="8443"/>
<Engine name="Catalina" defaultHost="localhost"><Realm className="org.apache.catalina.realm.LockOutRealm">
<Realm className="org.apache.catalina.realm.UserDatabaseRealm" resourceName="UserDatabase"/></Realm>
<Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="true">
<Valve className="org.apache.catalina.valves.AccessLogValve" directory="logs" pattern="%h %l %u %t %s %b"/>
</Host></Engine></Service></Server>
"""
"""What takes effect of the server.xml of the Docker Official Image tomcat 9-11."""


def service_of_server(document: TomcatFile, view: FileView) -> Tomcat:
    """Return the server that a server.xml starts, with the files beside it."""
    outside = Exposure(reach=Reach.HOST_NETWORK, reason="it listens on addresses of its host")
    parts = [document, *_beside(view, "")]
    return make(parts, document.source.path, document.source.at(), "file", outside, None)


def service_of_part(documents: Sequence[TomcatFile]) -> Tomcat:
    """Return a server of which only parts are scanned."""
    outside = Exposure(reach=Reach.UNKNOWN, reason="no server.xml is in the scanned files")
    first = documents[0].source
    return make(list(documents), first.path, first.at(), "file", outside, None)


def service_of_workload(workload: Workload, view: FileView) -> Tomcat | None:
    """Return the server that a container of the official image runs."""
    folder = "/usr/local/tomcat/conf"
    found = view.open(f"{folder}/server.xml")
    at = workload.image.at if workload.image is not None else workload.at
    if isinstance(found, Unknown):
        return None
    if found is None:
        found = Source(path=at.path, text=OFFICIAL, line=at.line, column=at.column, exact=False, name="server.xml")
    documents = [parse_file(found), *_beside(view, f"{folder}/")]
    ports = [int(text) for text in _ports(documents) if is_whole_number(text) and int(text)]
    return make(
        documents,
        workload.component,
        at,
        workload.origin,
        workload.exposure(*(ports or [8080])),
        workload.image_version,
        {str(port): workload.exposure(port) for port in ports},
    )


def _ports(documents: Sequence[TomcatFile]) -> list[str]:
    connectors = [
        each for one in documents if one.root is not None for each in one.root.walk() if each.name == "Connector"
    ]
    return [each.get("port") or "" for each in connectors]


def _beside(view: FileView, prefix: str) -> list[TomcatFile]:
    found: list[TomcatFile] = []
    names: list[str] = [f"{prefix}{name}" for name in _BESIDE]
    listed = view.glob(f"{prefix}{_CONTEXTS}")
    names += [] if isinstance(listed, Unknown) else listed
    for name in names:
        source = view.open(name)
        if isinstance(source, Source):
            found.append(parse_file(source))
    return found


def make(  # noqa: PLR0917  # the parts of a service
    documents: Sequence[TomcatFile],
    component: str,
    at: Location,
    origin: str,
    outside: Exposure,
    version: str | None,
    exposures: Mapping[str, Exposure] | None = None,
) -> Tomcat:
    """Return the service that the documents make."""
    roots: dict[str, list[Element]] = {}
    problems: list[Problem] = []
    for document in documents:
        problems += document.problems
        if document.root is not None:
            roots.setdefault(document.kind, []).append(document.root)
    server = roots["Server"][0] if "Server" in roots else None
    return Tomcat(
        component=component,
        technology="tomcat",
        at=at,
        origin=origin,
        version=version,
        settings=_settings(server),
        exposure=outside,
        exposures=exposures or {},
        consumed=frozenset(document.source.key for document in documents),
        refused=tuple(problems),
        webs=tuple(roots.get("web-app", ())),
        contexts=tuple(roots.get("Context", ())),
        server=NO_SERVER if server is None else server,
        users_file=roots["tomcat-users"][0] if "tomcat-users" in roots else NO_USERS,
    )


def _settings(server: Element | None) -> Settings:
    settings = Settings()
    if server is None:
        return settings
    shutdown = server.attribute("port")
    origin = Origin.DEFAULT if shutdown is None else Origin.FILE
    source = "Tomcat 10.1 configuration reference" if shutdown is None else ""
    value = value_of(server, "port", "8005")
    settings.set(Setting(name="Server port", value=value, origin=origin, at=server.at, source=source))
    for number, connector in enumerate((each for each in server.walk() if each.name == "Connector"), 1):
        for name in ("protocol", "port", "address", "SSLEnabled", "scheme", "secure"):
            attribute = connector.attribute(name)
            if attribute is not None:
                shown = value_of(connector, name, "")
                settings.set(
                    Setting(name=f"Connector {number} {name}", value=shown, origin=Origin.FILE, at=attribute.at)
                )
    return settings


def by_folder(documents: Sequence[TomcatFile]) -> Mapping[str, list[TomcatFile]]:
    """Return files by the folder they lie in, in order."""
    found: dict[str, list[TomcatFile]] = {}
    for document in documents:
        found.setdefault(document.source.path.rpartition("/")[0], []).append(document)
    return found
