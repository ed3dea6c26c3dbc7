"""vsftpd.conf; cases that a comparison with 3.0.3 found have their own names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.recognition.vsftpd import recognise
from auditor.technologies.vsftpd import VSFTPD, Vsftpd


def server(text: str, **others: str) -> Vsftpd:
    estate = take_estate(MemoryTree({"vsftpd.conf": text, **others}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, Vsftpd))
    return found


def test_the_last_value_counts() -> None:
    assert server("anonymous_enable=NO\nanonymous_enable=yes\n").text("anonymous_enable") == "YES"


def test_anonymous_users_get_in_where_nothing_is_said() -> None:
    assert server("local_enable=YES\n").lets_anonymous_in is True


def test_requiring_tls_of_anonymous_users_allows_it() -> None:
    assert server("ssl_enable=YES\nforce_anon_logins_ssl=YES\nallow_anon_ssl=NO\n").lets_anonymous_in is True
    assert server("ssl_enable=YES\nimplicit_ssl=YES\nlocal_enable=YES\n").lets_anonymous_in is False


@pytest.mark.parametrize("value", ["%%PASV_ENABLE%%", "##PASV_ENABLE", "@PASV_ENABLE@", "${PASV_ENABLE}"])
def test_a_value_that_a_start_script_puts_in_is_not_known(value: str) -> None:
    found = server(f"local_enable=YES\npasv_promiscuous={value}\n")
    assert not found.refused
    assert isinstance(found.flag("pasv_promiscuous"), Unknown)


def test_a_server_that_lets_nobody_in_starts() -> None:
    assert not server("anonymous_enable=NO\nlocal_enable=NO\n").refused


def test_listen_is_off_by_default() -> None:
    assert not server("listen_ipv6=YES\nlocal_enable=YES\n").refused
    assert server("listen=YES\nlisten_ipv6=YES\nlocal_enable=YES\n").refused


@pytest.mark.parametrize("line", ["local_enable = YES", "local_enable=YES ", "local_enable=", "listen=maybe"])
def test_lines_that_are_refused(line: str) -> None:
    assert server(f"anonymous_enable=NO\n{line}\n").refused


def test_a_list_of_users_leaves_open_whether_anonymous_is_in_it() -> None:
    assert isinstance(
        server("anonymous_enable=YES\nuserlist_enable=YES\nuserlist_deny=NO\n").lets_anonymous_in, Unknown
    )


def test_a_template_leaves_its_own_values_open() -> None:
    found = server("anonymous_enable={{ anonymous }}\nlocal_enable=YES\nlisten_port=${PORT}\n")
    assert isinstance(found.lets_anonymous_in, Unknown)
    assert found.takes_passwords_in_clear is True


def test_a_container_with_the_file_mounted() -> None:
    compose = """
services:
  ftp:
    image: registry.example.org/ftp:1
    command: ["/usr/sbin/vsftpd", "/etc/vsftpd.conf", "-oanonymous_enable=NO"]
    volumes: ["./vsftpd.conf:/etc/vsftpd.conf:ro"]
    ports: ["21:21"]
"""
    found = server("anonymous_enable=YES\nlocal_enable=YES\n", **{"compose.yaml": compose})
    assert found.lets_anonymous_in is False
    assert found.exposure.reach is Reach.PUBLISHED


def test_the_default_file_of_debian() -> None:
    path = Path("/etc/vsftpd.conf")
    if not path.exists():
        pytest.skip("vsftpd is not installed")
    found = server(path.read_text())
    assert not found.refused
    assert not found.unrecognised
    assert found.lets_anonymous_in is False
    assert found.takes_passwords_in_clear is True


@pytest.mark.parametrize(
    ("name", "text", "ours"),
    [
        ("vsftpd.conf", "anonymous_enable=NO\n", True),
        ("ftp.conf", "anonymous_enable=NO\nlocal_enable=YES\nwrite_enable=NO\nxferlog_enable=YES\n", True),
        ("app.conf", "listen=8080\nlocal_root=/srv\n", False),
        ("vsftpd.conf.md", "a text about vsftpd\n", False),
    ],
)
def test_recognition(name: str, text: str, ours: bool) -> None:
    assert (recognise(name, f"x/{name}", text) is not None) is ours


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    document = VSFTPD.parse(Source(path="vsftpd.conf", text=text))
    places = [each.at for each in document.settings] + [each.at for each in document.problems]
    assert all(at.line <= text.count("\n") + 1 for at in places)


@given(st.lists(st.sampled_from(["YES", "NO", "TRUE", "0", "false", "1"]), min_size=1, max_size=5))
def test_only_the_last_line_of_a_flag_matters(words: list[str]) -> None:
    text = "".join(f"write_enable={word}\n" for word in words)
    assert server(text + "local_enable=YES\n").text("write_enable") == server(
        f"write_enable={words[-1]}\nlocal_enable=YES\n"
    ).text("write_enable")
