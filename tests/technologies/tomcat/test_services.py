"""Files of Tomcat put together, and what their values mean."""

import pytest

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.tomcat import TOMCAT, Tomcat, application_of


class Files:
    """Files beside a server.xml."""

    def __init__(self, **texts: str) -> None:
        self.texts = {f"{name.replace('_', '-')}.xml": text for name, text in texts.items()}

    def open(self, path: str) -> Source | None:
        return Source(path=path, text=self.texts[path]) if path in self.texts else None

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


def services(files: dict[str, str]) -> list[Tomcat]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Tomcat)]


def tomcat(connectors: str, **files: str) -> Tomcat:
    text = f'<Server port="-1"><Service name="Catalina">{connectors}<Engine name="Catalina"/></Service></Server>'
    source = Source(path="server.xml", text=text)
    (service,) = TOMCAT.from_files([TOMCAT.parse(source)], {"server.xml": Files(**files)})
    assert isinstance(service, Tomcat)
    return service


@pytest.mark.parametrize(
    ("attributes", "tls", "local"),
    [
        ('port="8080"', False, False),
        ('port="8443" SSLEnabled="true"', True, False),
        ('port="8443" sslenabled="true"', False, False),
        ('port="8080" scheme="https" secure="true"', False, False),
        ('port="8080" address="127.0.0.1"', False, True),
        ('port="8009" protocol="AJP/1.3"', False, True),
        ('port="8009" protocol="AJP/1.3" address="::"', False, False),
    ],
)
def test_connectors(attributes: str, tls: bool, local: bool) -> None:
    connectors = tomcat(f"<Connector {attributes}/>").connectors
    assert isinstance(connectors, tuple)
    assert (connectors[0].speaks_tls, connectors[0].is_local) == (tls, local)


def test_files_beside_are_judged_with_the_server_only() -> None:
    users = '<tomcat-users><user username="tomcat" password="tomcat" roles="manager-gui, x"/></tomcat-users>'
    service = tomcat("", tomcat_users=users, web="<web-app/>")
    assert service.consumed == {"server.xml", "tomcat-users.xml", "web.xml"}
    assert isinstance(service.users, tuple)
    assert (service.users[0].roles, service.users[0].has_published_password) == (frozenset({"manager-gui", "x"}), True)


def test_secrets_are_found_where_they_stand() -> None:
    text = '<tomcat-users><user username="a" password="Sample-only-1"/></tomcat-users>'
    (assignment,) = TOMCAT.parse(Source(path="tomcat-users.xml", text=text)).assignments()
    assert (assignment.principal, assignment.server_secret) == ("a", True)
    assert text[assignment.at.column - 1 : assignment.at.end_column] == "Sample-only-1"


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("conf/server.xml", '<?xml version="1.0"?>\n<!-- <a> -->\n<Server port="-1"><Service name="Catalina">', 3),
        ("WEB-INF/web.xml", "<!DOCTYPE web-app>\n<web-app>", 3),
        ("META-INF/context.xml", "<Context path='/a'/>", 3),
        ("conf/Catalina/localhost/a.xml", "<Context/>", 3),
        ("tomcat-users.xml.j2", "<tomcat-users/>", 3),
        ("server.xml", "<server><featureManager/></server>", None),
        ("beans.xml", "<beans><Context/></beans>", None),
        ("context.xml", "<ui-context/>", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = TOMCAT.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


def test_a_context_is_named_by_its_base_its_path_or_its_file() -> None:
    files = {
        "a/conf/Catalina/localhost/manager.xml": "<Context/>",
        "b/webapps/host-manager/META-INF/context.xml": "<Context/>",
        "c/conf/Catalina/localhost/x.xml": '<Context docBase="/srv/manager.war"/>',
        "d/META-INF/context.xml": '<Context path="/records"/>',
        "e/context.xml": "<Context/>",
    }
    names = {
        service.component: application_of(context) for service in services(files) for context in service.all_contexts
    }
    assert list(names.values()) == ["manager", "host-manager", "manager", "records", ""]


@pytest.mark.parametrize(
    ("image", "trusts"),
    [
        ("9.0.30", True),
        ("9.0.31", False),
        ("8.5.50-jdk8", True),
        ("7.0.100", False),
        ("9.0", False),
        ("10.1.30", False),
    ],
)
def test_old_versions_believe_ajp_clients(image: str, trusts: bool) -> None:
    (service,) = services({"compose.yaml": f"services:\n  a:\n    image: tomcat:{image}\n"})
    assert service.trusts_ajp is trusts


def test_a_connector_with_a_negative_port_listens_nowhere() -> None:
    text = (
        '<Server port="-1"><Service name="Catalina"><Connector port="-1"/><Connector port="8080"/>'
        '<Engine name="Catalina"><Host name="localhost"/></Engine></Service></Server>'
    )
    (service,) = services({"server.xml": text})
    assert not isinstance(service.connectors, Unknown)
    assert [connector.port for connector in service.connectors] == ["8080"]
