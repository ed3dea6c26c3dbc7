"""Files of Tomcat put together, and what their values mean."""

import pytest

from auditor.model.source import Source
from auditor.technologies.tomcat import TOMCAT, Tomcat


class Files:
    """Files beside a server.xml."""

    def __init__(self, **texts: str) -> None:
        self.texts = {f"{name.replace('_', '-')}.xml": text for name, text in texts.items()}

    def open(self, path: str) -> Source | None:
        return Source(path=path, text=self.texts[path]) if path in self.texts else None

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


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
