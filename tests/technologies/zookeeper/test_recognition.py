"""Which files are ZooKeeper's, and which only look like it."""

import pytest

from auditor.technologies.zookeeper import ZOOKEEPER

CFG = "tickTime=2000\ndataDir=/var/lib/zookeeper\nclientPort=2181\n"


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("conf/zoo.cfg", CFG, 3),
        ("zoo_sample.cfg", CFG, 3),
        ("zoo1.cfg", CFG, 3),
        ("templates/zoo.cfg.j2", "tickTime={{ tick }}\n", 3),
        ("config/zookeeper.properties", "dataDir=/tmp/zookeeper\nclientPort=2181\n", 3),
        ("zoo.cfg.dynamic", "server.1=zk1:2888:3888:participant;2181\n", 3),
        ("ensemble.conf", CFG, 2),
        ("zoo.cfg", "animals=12\n", None),
        ("server.properties", "broker.id=0\nzookeeper.connect=zk:2181\n", None),
        ("hbase.properties", "hbase.zookeeper.property.tickTime=2000\n", None),
        ("game.cfg", "tickTime=50\nmap=desert\n", None),
        ("zoo.py", CFG, None),
        ("docs/zookeeper.md", CFG, None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = ZOOKEEPER.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength
