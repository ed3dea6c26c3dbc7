"""Which files are Hadoop's."""

import pytest

from auditor.technologies.recognition.hadoop import kind_of, recognise

SITE = "<?xml version='1.0'?>\n<!-- Put site-specific overrides here. -->\n<configuration>\n{}</configuration>\n"
PROPERTY = "<property>\n<!-- why -->\n<name>dfs.replication</name><value>3</value></property>\n"


@pytest.mark.parametrize(
    ("name", "text", "strength"),
    [
        ("core-site.xml", SITE.format(""), 3),
        ("hdfs-site.xml", SITE.format(PROPERTY), 3),
        ("prod-hdfs-site.xml.j2", SITE.format(PROPERTY), 3),
        ("core-site-ha.xml", SITE.format(PROPERTY), 3),
        ("yarn-site.xml", SITE.format('<property name="yarn.acl.enable" value="true"/>'), 3),
        ("ssl-server.xml.example", SITE.format(PROPERTY), 3),
        ("hive-site.xml", SITE.format(PROPERTY), 2),
        ("hadoop-env.sh", "export HADOOP_OS_TYPE=${HADOOP_OS_TYPE:-$(uname -s)}\n", 3),
        ("log4j.properties", "log4j.logger.org.apache.hadoop.hdfs.server.namenode.FSNamesystem.audit=INFO\n", 3),
    ],
)
def test_files_of_a_configuration_directory(name: str, text: str, strength: int) -> None:
    found = recognise(name, name, text)
    assert found is not None
    assert found.strength == strength


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pom.xml", "<project><build><plugin><configuration><property><name>a</name></property></configuration>"),
        ("logback.xml", SITE.format('<property name="LOG" value="x"/>')),
        ("log4j2-site.xml", "<Configuration><Appenders/></Configuration>"),
        ("maven-site.xml", "<site><configuration/></site>"),
        ("hive-site.xml", SITE.format("")),
        ("site.xml", SITE.format(PROPERTY)),
        ("core-site.xml", "<project/>"),
        ("log4j.properties", "log4j.rootLogger=INFO, console\n"),
        ("spark-env.sh", "export HADOOP_CONF_DIR=/etc/hadoop\n"),
        ("core-site.xml.md", SITE.format(PROPERTY)),
    ],
)
def test_files_of_others(name: str, text: str) -> None:
    assert recognise(name, name, text) is None


def test_the_kind_is_the_word_before_site() -> None:
    assert kind_of("CORE-SITE.XML") == "core"
    assert kind_of("namenode-hdfs-site.xml.tmpl") == "hdfs"
    assert kind_of("ssl-client.xml") == "ssl-client"
    assert not kind_of("web.xml")
