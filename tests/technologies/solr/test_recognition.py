"""Which files are Solr's."""

import pytest

from auditor.technologies.solr import SOLR

SECURITY = '{"authentication": {"class": "solr.BasicAuthPlugin"}}'
CONFIG = "<config><luceneMatchVersion>9.9</luceneMatchVersion></config>"
JETTY = '<Configure><Set name="KeyStorePath"><Property name="solr.jetty.keystore"/></Set></Configure>'


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("security.json", SECURITY, 3),
        ("templates/security.json.j2", SECURITY, 3),
        ("solr-security.json", SECURITY, 2),
        ("security.json", '{"authentication": {"class": "corp.Login"}}', None),
        ("security.json", '{"rules": ["solr.example"]}', None),
        ("package.json", SECURITY, None),
        ("etc/default/solr.in.sh", 'SOLR_HEAP="2g"\n', 3),
        ("etc/default/solr.in.sh", "#SOLR_HEAP=512m\n", 3),
        ("bin/solr.in.cmd", "REM set SOLR_HEAP=512m\r\n", 3),
        ("templates/solr.in.sh.j2", "SOLR_PORT={{ port }}\n", 3),
        ("install-solr.sh", "SOLR_PORT=1\n", None),
        ("solr.xml", "<?xml version='1.0'?>\n<solr>\n</solr>\n", 3),
        ("solr.xml", "<beans/>", None),
        ("conf/solrconfig.xml", CONFIG, 3),
        ("conf/solrconfig_follower.xml", CONFIG, 3),
        ("conf/solrconfig_extra.xml", "<!-- nothing -->", None),
        ("app.config.xml", CONFIG, None),
        ("server/etc/jetty-ssl.xml", JETTY, 3),
        ("server/etc/jetty.xml", "<Configure/>", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = SOLR.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength
