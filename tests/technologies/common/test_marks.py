"""Files that begin with a byte order mark, as Windows editors write them."""

import pytest

from auditor.model.fact import Service
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

MARK = "\ufeff"


def services_of(name: str, text: str) -> list[Service]:
    return [fact for fact in take_estate(MemoryTree({name: text})).facts if isinstance(fact, Service)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("redis.conf", "port 6379\nbind 127.0.0.1\n"),
        ("redis.conf", "# a comment does not help\nport 6379\nbind 127.0.0.1\n"),
        ("users.acl", "user default off\n"),
        ("my.cnf", "[mysqld]\nport = 3306\n"),
        ("postgresql.conf", "listen_addresses = localhost\n"),
        ("pg_hba.conf", "local all all peer\n"),
        ("pgbouncer.ini", "[databases]\nemr = host=db\n[pgbouncer]\nauth_type = trust\n"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_servers_that_refuse_it(name: str, text: str, encoding: str) -> None:
    assert not any(service.refused for service in services_of(name, text))
    marked = MARK + text if encoding == "utf-8" else text
    content = marked.encode(encoding)
    facts = take_estate(MemoryTree({name: content})).facts
    found = [problem for fact in facts if isinstance(fact, Service) for problem in fact.refused]
    assert found
    assert found[0].at.line == 1
    assert "byte order mark" in found[0].message


def test_mongod_reads_over_it() -> None:
    (service,) = services_of("mongod.conf", f"{MARK}storage:\n  dbPath: /data\nnet:\n  bindIp: 127.0.0.1\n")
    assert not service.refused


def test_text_in_a_marked_file_has_none_itself() -> None:
    text = f"{MARK}apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\ndata:\n  redis.conf: |\n    port 6379\n"
    text += "    bind 127.0.0.1\n"
    (service,) = services_of("config.yaml", text)
    assert not service.refused
