"""ClamAV's files, and the daemons that files, containers and units start."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.credential import Credential
from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.clamav import Clamd
from auditor.technologies.clamav.document import read_document
from auditor.technologies.recognition.clamav import recognise

MADE_UP = "example-Passw0rd-0192"


def clamd(files: dict[str, str]) -> list[Clamd]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Clamd)]


def container(lines: str = "", files: dict[str, str] | None = None) -> Clamd:
    (found,) = clamd({"compose.yaml": f"services:\n  s:\n    image: clamav/clamav:1.4\n{lines}", **(files or {})})
    return found


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("etc/clamav/clamd.conf", "LocalSocket /run/clamd.sock\n", 3),
        ("etc/clamd.d/scan.conf", "#TCPSocket 3310\nLocalSocket /run/clamd.scan/clamd.sock\n", 3),
        ("roles/av/templates/freshclam.conf.j2", "Checks {{ checks }}\n", 3),
        ("etc/clamav/clamav-milter.conf", "MilterSocket /run/milter.ctl\n", 3),
        ("rspamd/local.d/antivirus.conf", "clamav {\n  type = 'clamav';\n}\n", None),
        ("scan.conf", "LocalSocket /run/x\n", None),
        ("clamd.conf", "nothing of it\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = recognise(path.rpartition("/")[2], path, text)
    assert (found.strength if found is not None else None) == strength


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("LocalSocket /run/clamd.sock\n", Reach.LOOPBACK),
        ("TCPSocket 3310\n", Reach.HOST_NETWORK),
        ("TCPSocket 3310\nTCPAddr localhost\n", Reach.LOOPBACK),
        ("TCPAddr 10.0.0.5\nLocalSocket /run/clamd.sock\n", Reach.LOOPBACK),
        ("TCPSocket 3310\nTCPAddr {{ address }}\n", Reach.UNKNOWN),
    ],
)
def test_reach_of_a_file(text: str, reach: Reach) -> None:
    (found,) = clamd({"clamd.conf": text})
    assert found.exposure.reach is reach


def test_the_image_listens_everywhere() -> None:
    found = container("    ports: ['3310:3310']\n")
    assert found.exposure.reach is Reach.PUBLISHED
    assert found.listens is True
    assert found.updates is True


def test_variables_stand_behind_the_file() -> None:
    variables = "    environment: {CLAMD_CONF_TCPAddr: 127.0.0.1, CLAMD_CONF_AlertExceedsMax: 'yes'}\n"
    found = container(variables)
    assert found.listens is False
    assert found.is_on("AlertExceedsMax") is True
    mounted = "    volumes: ['./clamd.conf:/etc/clamav/clamd.conf']\n"
    found = container(variables + mounted, {"clamd.conf": "TCPSocket 3310\nAlertExceedsMax no\n"})
    assert found.is_on("AlertExceedsMax") is False
    assert found.consumed == {"clamd.conf"}


@pytest.mark.parametrize(
    ("lines", "updates"),
    [
        ("", True),
        ("    environment: {CLAMAV_NO_FRESHCLAMD: 'true'}\n", False),
        ("    environment: {CLAMAV_NO_FRESHCLAMD: 'false'}\n", True),
        ("    command: clamd\n", False),
        ("    command: clamd\n    volumes: ['signatures:/var/lib/clamav']\n", None),
        ("    environment: {CLAMAV_NO_FRESHCLAMD: '${NO}'}\n", None),
    ],
)
def test_updates(lines: str, updates: bool | None) -> None:
    found = container(lines).updates
    assert (None if isinstance(found, Unknown) else found) is updates


@pytest.mark.parametrize("lines", ["    environment: {CLAMAV_NO_CLAMD: 'true'}\n", "    command: freshclam\n"])
def test_no_daemon(lines: str) -> None:
    assert not clamd({"compose.yaml": f"services:\n  s:\n    image: clamav/clamav:1.4\n{lines}"})


def test_a_unit_starts_it_with_its_file() -> None:
    unit = "[Service]\nExecStart=/usr/sbin/clamd --config-file=/etc/clamd.d/scan.conf\n"
    files = {"files/etc/systemd/system/clamd.service": unit, "files/etc/clamd.d/scan.conf": "TCPSocket 3310\n"}
    (found,) = clamd(files)
    assert found.exposure.reach is Reach.HOST_NETWORK
    assert found.consumed == {"files/etc/clamd.d/scan.conf"}


def test_the_password_of_the_proxy_is_a_credential() -> None:
    text = f"DatabaseMirror database.clamav.net\nHTTPProxyUsername av\nHTTPProxyPassword {MADE_UP}\n"
    estate = take_estate(MemoryTree({"freshclam.conf": text}))
    assert [fact.at.line for fact in estate.facts if isinstance(fact, Credential)] == [3]
    assert MADE_UP not in repr(estate.facts)


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_read(text: str) -> None:
    document = read_document(Source(path="clamd.conf", text=text))
    lines = text.split("\n")
    for option in document.options:
        if isinstance(option.value, str):
            assert lines[option.at.line - 1][option.at.column - 1 : option.at.end_column] == option.value
