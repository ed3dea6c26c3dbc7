import pytest

from auditor.discovery import decode, examine, recognise
from auditor.sources.tree import MemoryTree
from auditor.technologies.recognition import Recognition

REDIS = "bind 127.0.0.1\nprotected-mode yes\nappendonly yes\n"
HBA = "# TYPE DATABASE USER ADDRESS METHOD\nhost all all 10.0.0.0/8 scram-sha-256\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: []}\n"
COMPOSE = "services:\n  db:\n    image: redis:7\n"


@pytest.mark.parametrize(
    ("path", "text", "technology"),
    [
        ("redis-prod.conf", REDIS, "redis"),
        ("templates/my.redis.conf.j2", "bind {{ address }}\nprotected-mode yes\nappendonly yes\n", "redis"),
        ("conf/whatever.conf", REDIS, "redis"),
        ("valkey.conf", REDIS, "redis"),
        ("conf/pg_hba.conf.sample", HBA, "postgres"),
        ("etc/postgresql/15/main/postgresql.conf", "ssl = on\nlisten_addresses = '*'\n", "postgres"),
        ("mongod.conf", "net:\n  port: 27017\nstorage:\n  dbPath: /data\n", "mongodb"),
        ("k8s/anything.yml", POD, "kubernetes"),
        ("deep/er/thing.json", '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}}', "kubernetes"),
        ("stack.yml", COMPOSE, "compose"),
        ("docker-compose.prod.yaml", COMPOSE, "compose"),
        (".env.prod", "A=1\n", "dotenv"),
        ("prod.env", "A=1\n", "dotenv"),
        ("Dockerfile.web", "FROM python:3.12\n", "dockerfile"),
        ("infra/main.tf", 'resource "a" "b" {}\n', "terraform"),
        ("terraform.tfvars", 'a = "b"\n', "terraform"),
        ("openapi.yaml", "openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: {}\nservers: []\n", "openapi"),
        ("server.properties", "level-name=world\nmotd=A Minecraft Server\nserver-port=25565\n", None),
        ("playbook.yml", "- hosts: db\n  tasks:\n    - name: x\n      apt: {name: redis}\n", "ansible"),
        ("nginx.conf", "server { listen 80; }\n", "nginx"),
        ("package.json", '{"name": "x", "version": "1"}', None),
        (".github/workflows/ci.yml", "on: push\njobs:\n  a:\n    runs-on: x\n    services:\n      db:\n        image: redis\n", "workflows"),
        ("random.conf", "include /etc/foo\nport 80\n", None),
        ("crd.yaml", "name: x\nkind: something else\n", None),
    ],
)  # fmt: skip
def test_identification(path: str, text: str, technology: str | None) -> None:
    found = recognise(path, text)
    assert (found[0].id if found else None) == technology
    assert found is None or found[1].reason


def test_a_reason_is_kept_for_every_file() -> None:
    tree = MemoryTree({"a.png": b"\x89PNG", "notes.cfg": "words", "redis.conf": REDIS, "bad.env": b"A\0B"})
    found = {item.entry.path: item for item in examine(tree)}
    assert {path: item.status for path, item in found.items()} == {
        "a.png": "skipped", "notes.cfg": "skipped", "redis.conf": "parsed", "bad.env": "unreadable",
    }  # fmt: skip
    assert all(item.reason for item in found.values() if item.status != "parsed")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a: 1\n", "a: 1\n"),
        (b"\xef\xbb\xbfa: 1\r\n", "a: 1\n"),
        ("a: ü\n".encode("utf-16"), "a: ü\n"),
        ("a: ü\n".encode("utf-16-be"), None),
        ("a: ü\n".encode("latin-1"), "a: ü\n"),
        (b"\xff\xfe\x00", None),
        (b"a\x00b", None),
    ],
)
def test_decoding(data: bytes, text: str | None) -> None:
    decoded, problem = decode(data)
    assert (None if problem else decoded) == text


def test_the_strongest_claim_wins_and_the_first_registered_on_a_tie(monkeypatch: pytest.MonkeyPatch) -> None:
    class Claims:
        def __init__(self, name: str, strength: int) -> None:
            self.id = name
            self.strength = strength

        def recognise(self, *_: str) -> Recognition:
            return Recognition("a claim", self.strength)

    claims = (Claims("weak", 1), Claims("first", 2), Claims("second", 2))
    monkeypatch.setattr("auditor.discovery.technologies", lambda: claims)
    found = recognise("a.conf", "")
    assert found is not None
    assert found[0].id == "first"
