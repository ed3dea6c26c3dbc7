"""MinIO's variables, volumes and set-up scripts."""

import pytest

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.minio import MINIO, Minio, MinioSetup

IMAGE = "minio/minio:RELEASE.2024-05-10T01-41-38Z"


def facts(files: dict[str, str]) -> tuple[list[Minio], list[MinioSetup]]:
    estate = take_estate(MemoryTree(dict(files)))
    assert not estate.faults
    servers = [fact for fact in estate.facts if isinstance(fact, Minio)]
    return servers, [fact for fact in estate.facts if isinstance(fact, MinioSetup)]


def server(command: str = "server /data", environment: str = "{}", more: str = "") -> Minio:
    text = f"services:\n  o:\n    image: {IMAGE}\n    command: {command}\n    environment: {environment}\n{more}"
    ((found,), _) = facts({"compose.yaml": text})
    return found


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("etc/default/minio", 'MINIO_VOLUMES="/data"\n', 3),
        ("templates/minio.j2", "MINIO_ROOT_USER={{ user }}\n", 3),
        ("minio.env", "MINIO_ROOT_USER=x\n", None),
        ("minio.sh", "MINIO_ROOT_USER=x\n", None),
        ("minio", "#!/bin/sh\nexec minio\n", None),
        ("setup.sh", "mc mb s/x\nmc anonymous set download s/x\n", 1),
        ("setup.sh", "mc mb s/x\nmc anonymous set none s/x\n", None),
        ("setup.sh", "rmc policy get s/x; abcmc policy public s/x\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = MINIO.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


@pytest.mark.parametrize(
    ("environment", "is_published"),
    [
        ("{}", True),
        ("{MINIO_ROOT_USER: records-admin}", True),
        ("{MINIO_ROOT_USER: minioadmin, MINIO_ROOT_PASSWORD: minioadmin}", True),
        ("{MINIO_ROOT_USER: minioadmin, MINIO_ROOT_PASSWORD: sample-only}", False),
        ("{MINIO_ACCESS_KEY: records, MINIO_SECRET_KEY: sample-only}", False),
        ("{MINIO_ROOT_USER: records, MINIO_ROOT_PASSWORD_FILE: /run/secrets/p}", False),
    ],
)
def test_the_published_login(environment: str, is_published: bool) -> None:
    assert server(environment=environment).has_published_login is is_published


def test_a_password_that_is_not_known_is_not_judged() -> None:
    found = server(environment="{MINIO_ROOT_USER: records, MINIO_ROOT_PASSWORD: '${PASSWORD}'}")
    assert isinstance(found.has_published_login, Unknown)


@pytest.mark.parametrize(
    ("command", "drives"),
    [
        ("server /data", 1),
        ("minio server /data --console-address :9001", 1),
        ("server --console-address :9001 /data{1...4}", 4),
        ("server https://o{1...2}.clinic.example/d{1...4}", 8),
        ("server /a /b /c /d", 4),
    ],
)
def test_drives(command: str, drives: int) -> None:
    assert server(f"'{command}'").drives == drives


def test_other_programs_are_no_servers() -> None:
    for command in ("mc ls", "gateway s3"):
        text = f"services:\n  o:\n    image: {IMAGE}\n    command: {command}\n"
        assert facts({"compose.yaml": text})[0] == []


def test_short_words_are_refused() -> None:
    assert server(environment="{MINIO_ROOT_USER: ab, MINIO_ROOT_PASSWORD: sample-only}").refused
    assert not server(environment="{MINIO_ROOT_USER: abc, MINIO_ROOT_PASSWORD: sample-8}").refused


@pytest.mark.parametrize(
    ("script", "rights"),
    [
        ("mc anonymous set public s/b", ["public"]),
        ("mc mb s/b && mc --insecure anonymous set download s/b", ["download"]),
        ("mc policy set upload s/b; mc anonymous set none s/c", ["upload"]),
        ("mc anonymous set none s/b", []),
    ],
)
def test_open_buckets(script: str, rights: list[str]) -> None:
    text = f'services:\n  m:\n    image: minio/mc\n    entrypoint: ["/bin/sh", "-c", "{script}"]\n'
    (_, (found,)) = facts({"compose.yaml": text})
    assert [bucket.rights for bucket in found.open_buckets] == rights


def test_open_buckets_of_a_script() -> None:
    script = "#!/bin/sh\n# mc anonymous set public s/a\nmc --quiet anonymous set --recursive upload s/in\n"
    script += "mc policy public s/old && mc policy list s/x\n"
    (_, (setup,)) = facts({"setup.sh": script})
    assert [(each.rights, each.at.line) for each in setup.open_buckets] == [("upload", 3), ("public", 4)]


@pytest.mark.parametrize(
    ("command", "value", "user", "column"),
    [
        ("mc alias set s http://s3:9000 records sample-only", "sample-only", "records", 39),
        ('mc --quiet config host add s "https://s3:9000" records "sample-only"; true', "sample-only", "records", 57),
        ("mc alias set s http://s3:9000 $USER $PASSWORD", None, None, 37),
        ('mc alias set s http://s3:9000 records "${PASSWORD}"', None, "records", 40),
    ],
)
def test_the_password_of_a_script(command: str, value: str | None, user: str | None, column: int) -> None:
    (found,) = MINIO.parse(Source(path="setup.sh", text=f"#!/bin/sh\n{command}\n")).assignments()
    assert (None if isinstance(found.value, Unknown) else found.value) == value
    assert (found.principal, found.at.line, found.at.column) == (user, 2, column)


def test_a_script_whose_only_such_command_is_a_comment() -> None:
    (_, (setup,)) = facts({"setup.sh": "# mc anonymous set public s/a\n"})
    assert not setup.open_buckets


def test_the_file_of_the_service() -> None:
    text = 'MINIO_ROOT_USER=records\nMINIO_ROOT_PASSWORD="sample-only"\nMINIO_VOLUMES="/d{1...4}"\n'
    ((found,), _) = facts({"etc/default/minio": text})
    assert found.drives == 4
    assert found.has_published_login is False
    assert "sample-only" not in repr(found)
