"""Which files are NiFi's, and which only look like it."""

import pytest

from auditor.technologies.nifi import NIFI

PROPERTIES = "nifi.web.https.port=8443\nnifi.security.user.authorizer=managed-authorizer\nnifi.cluster.is.node=false\n"
REGISTRY = "nifi.registry.web.http.port=18080\n"
AUTHORIZERS = "<authorizers><authorizer><class>org.apache.nifi.authorization.X</class></authorizer></authorizers>"
BOOTSTRAP = "# starts NiFi\nlib.dir=./lib\nconf.dir=./conf\njava.arg.2=-Xms1g\n"


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("conf/nifi.properties", PROPERTIES, 3),
        ("conf/nifi.properties", "nifi.web.http.port = 8080\n", 3),
        ("roles/nifi/templates/nifi.properties.j2", "nifi.web.https.port={{ port }}\n", 3),
        ("nifi-registry.properties", REGISTRY, 3),
        ("nifi-node1.properties", PROPERTIES, 2),
        ("nifi-node.conf.tmpl", PROPERTIES, 2),
        ("node1.properties", PROPERTIES, None),
        ("conf/authorizers.xml", AUTHORIZERS, 3),
        ("authorizers-ldap.xml.j2", AUTHORIZERS, 3),
        ("conf/bootstrap.conf", BOOTSTRAP, 3),
        ("nifi.properties", "name=nifi\n", None),
        ("application.properties", "app.nifi.url=https://nifi.example.org\nnifi.web.https.port=1\n", None),
        ("authorizers.xml", "<authorizers><x/></authorizers>", None),
        ("beans.xml", "<beans><bean class='org.apache.nifi.X'/></beans>", None),
        ("bootstrap.conf", "# of nifi\nserver=1\n", None),
        ("NiFi.md", PROPERTIES, None),
        ("compose-nifi.yaml", "services: {}\n# nifi.web.https.port=1\n", None),
        ("server.properties", "broker.id=0\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = NIFI.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength
