"""Which files are Redis's, and which only look like it."""

import pytest

from auditor.technologies.redis import REDIS

CONF = "bind 127.0.0.1\nport 6379\nrequirepass sample\nappendonly yes\n"


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("redis.conf", CONF, 3),
        ("conf/redis-prod.conf", CONF, 3),
        ("my.redis.conf.j2", "bind {{ ip }}\nrequirepass {{ password }}\n", 3),
        ("my.redis.conf.j2", "port 6379\nrequirepass {{ password }}\n", 3),
        ("valkey.conf", CONF, 3),
        ("sentinel.conf", "sentinel monitor main 10.0.0.1 6379 2\n", 3),
        ("6379.conf", CONF, 2),
        ("users.acl", "user default off\nuser api on >sample ~* +@all\n", 3),
        ("acl/redis-users", "user default off\nuser api on >sample ~* +@all\n", 2),
        ("redis.conf", "input {\n  redis {\n    host => 'x'\n  }\n}\n", None),
        ("redis.conf", "[Definition]\nfailregex = x\n", None),
        ("redis.conf", "upstream redis {\n  server 10.0.0.1:6379;\n}\n", None),
        ("nginx.conf", "user nginx;\nworker_processes auto;\n", None),
        ("haproxy.cfg", "global\n  user haproxy\n  daemon\ntimeout connect 5s\n", None),
        ("server.properties", "port=25565\nsave=true\n", None),
        ("playbook.yml", "- hosts: redis\n", None),
        ("redis.yaml", CONF, None),
        ("squid.acl", "acl localnet src 10.0.0.0/8\n", None),
        ("sshd_config", "Port 22\nPermitRootLogin no\nUsePAM yes\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = REDIS.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


def test_a_template_of_nothing_but_expressions_is_named_well_enough() -> None:
    found = REDIS.recognise("redis.conf.j2", "redis.conf.j2", "# Redis\n{{ lines }}\n")
    assert found is not None
