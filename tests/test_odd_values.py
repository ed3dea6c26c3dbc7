"""Odd values in usual places: no technology loses its servers over one of them, and no check fails on it."""

from collections.abc import Mapping

import pytest

from auditor.engine import run
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

STRANGE = {"a superscript": "²", "a digit in a circle": "①", "more digits than int takes": "9" * 5000}
FILES: dict[str, Mapping[str, str]] = {
    "apache": {"httpd.conf": "Listen 443\n<VirtualHost *:{0}>\n  DocumentRoot /srv\n  SSLEngine on\n</VirtualHost>\n"},
    "traefik": {
        "compose.yaml": 'services:\n  t:\n    image: traefik:3\n    command: ["--entrypoints.a.address=:{0}"]\n'
    },
    "rabbitmq": {"rabbitmq.conf": "listeners.tcp.default = 127.0.0.1:{0}\nlog.connection.level = info\n"},
    "zookeeper": {"zoo.cfg": "tickTime={0}\ndataDir=/data\nclientPort={0}\nsecureClientPort={0}\nsyncLimit=+-5\n"},
    "mysql": {"my.cnf": "[mysqld]\nport={0}\ndatadir=/data\n"},
    "nginx": {
        "nginx.conf": "events {{}}\nhttp {{ server {{ listen {0}; location / {{ proxy_pass http://a:{0}; }} }} }}\n"
    },
    "redis": {"compose.yaml": "services:\n  a:\n    image: redis:{0}\n"},
    "kafka": {"server.properties": "broker.id=1\nlog.dirs=/data\nlisteners=PLAINTEXT://:{0}\n"},
    "sshd": {"sshd_config": "Port {0}\nLoginGraceTime {0}\nClientAliveCountMax +-5\nMaxAuthTries {0}\n"},
}
OTHERS: dict[str, Mapping[str, str]] = {
    "a template in a path of etcd": {
        "etcd.conf.yaml": "listen-client-urls: https://10.0.0.5:2379\nclient-transport-security:\n"
        "  cert-file: /etc/{{ a }}/server.crt\n  key-file: /etc/{{ a }}/server.key\n"
    },
    "no mode of PgBouncer's TLS": {
        "pgbouncer.ini": "[databases]\na = host=10.0.0.5\n[pgbouncer]\nlisten_addr = 10.0.0.6\nauth_type = md5\n"
        "client_tls_sslmode = =\n[databases]\nb = host=10.0.0.5\n"
    },
    "a template for MariaDB's plugins": {"my.cnf": "[mariadb]\nbind-address = 127.0.0.1\nplugin_load = {{ a }}\n"},
    "a template for what sshd includes": {
        "sshd_config": "Port 22\nInclude {{ a }}\nMatch User {{ b }}\n  X11Forwarding yes\n"
    },
    "an image of InfluxDB 3 without a command": {"compose.yaml": "services:\n  a:\n    image: influxdb:3-core\n"},
    "a RUN without a command": {"Dockerfile": "FROM debian:12\nRUN \nUSER a\n"},
    "keys of cookies picked from an object": {
        "server.js": 'const session = require("cookie-session");\napp.use(session({ keys: {} [process.env.COOKIE_KEY] }));\n'
    },
}


def _scan(files: Mapping[str, str]) -> None:
    estate = take_estate(MemoryTree(dict(files)))
    assert estate.faults == ()
    assert {each.status for each in estate.examined} <= {"parsed", "partial", "unreadable"}
    assert [outcome for outcome in run(load_packs().checks, estate.facts) if outcome.error] == []


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("files", FILES.values(), ids=FILES)
def test_no_server_is_lost_to_a_strange_number(files: Mapping[str, str], strange: str) -> None:
    _scan({name: text.format(strange) for name, text in files.items()})


@pytest.mark.parametrize("files", OTHERS.values(), ids=OTHERS)
def test_no_server_is_lost_to_a_value_that_is_not_known_or_not_there(files: Mapping[str, str]) -> None:
    _scan(files)
