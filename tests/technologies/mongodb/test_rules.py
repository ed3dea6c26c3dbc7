"""What mongod refuses to start with, and what it accepts."""

import pytest

from auditor.model.source import Source
from auditor.technologies.mongodb import Mongod
from auditor.technologies.mongodb.effective import file_server
from auditor.technologies.mongodb.reader import read


def server(text: str) -> Mongod:
    return file_server(read(Source(path="mongod.conf", text=text)))


@pytest.mark.parametrize(
    "text",
    [
        "security:\n  authorization: Enabled\n",
        "security:\n  authorization: true\n",
        "security:\n  authorization: on\n",
        "security:\n  Authorization: enabled\n",
        "security:\n  authorisation: enabled\n",
        "systemLog:\n  quiet: True\n",
        "systemLog:\n  quiet: yes\n",
        "net:\n  bindIp: [127.0.0.1, 10.0.0.1]\n",
        "net:\n  tls:\n    mode: requireSSL\n    certificateKeyFile: /a.pem\n",
        "net:\n  ssl:\n    mode: requireTLS\n    PEMKeyFile: /a.pem\n",
        "net:\n  tls:\n    mode: requireTLS\n",
        "net:\n  tls:\n    mode: disabled\n  ssl:\n    mode: disabled\n",
        "security:\n  clusterAuthMode: X509\n",
        "auth=true\nnoauth=true\n",
    ],
)
def test_refused(text: str) -> None:
    assert server(text).refused


@pytest.mark.parametrize(
    "text",
    [
        'security:\n  authorization: "enabled"\n',
        "security:\n  authorization: disabled\n",
        "systemLog:\n  quiet: true\n",
        "net:\n  bindIp: 127.0.0.1,10.0.0.1\n",
        "net:\n  ssl:\n    mode: requireSSL\n    PEMKeyFile: /a.pem\n",
        "net:\n  tls:\n    mode: disabled\n",
        "security:\n  sasl:\n    hostName: db\n  ldap:\n    servers: ldap.clinic.example\n",
        "setParameter:\n  anything: 1\n",
        "security:\n",
        "",
    ],
)
def test_accepted(text: str) -> None:
    assert not server(text).refused
