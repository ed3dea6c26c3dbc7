"""proftpd.conf; cases that a comparison with 1.3.8 found have their own names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.proftpd import PROFTPD, Proftpd
from auditor.technologies.recognition.proftpd import recognise

ANONYMOUS = "<Anonymous /srv/ftp>\nUser ftp\nRequireValidShell off\n{}</Anonymous>\n"


def server(text: str, **others: str) -> Proftpd:
    estate = take_estate(MemoryTree({"proftpd.conf": text, **others}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, Proftpd))
    return found


def limit(names: str, verdict: str) -> str:
    return f"<Limit {names}>\n{verdict}\n</Limit>\n"


@pytest.mark.parametrize(("outside", "lets_in"), [("off", True), ("on", None)])
def test_an_anonymous_section_takes_over_whether_a_valid_shell_is_needed(outside: str, lets_in: bool | None) -> None:
    found = server(
        f"RequireValidShell {outside}\nServerType standalone\n<Anonymous /srv/ftp>\nUser ftp\n</Anonymous>\n"
    )
    answer = found.hosts[0].anonymous[0].lets_in
    assert (None if isinstance(answer, Unknown) else answer) is lets_in


def test_a_port_that_an_unknown_include_may_set_is_open_all_the_same() -> None:
    found = server("ServerName x\nDefaultRoot ~\nInclude /etc/proftpd/masquerade.conf\n")
    assert found.exposure.reach is Reach.HOST_NETWORK
    assert server("ServerName x\nDefaultRoot ~\nPort 0\n").exposure.reach is Reach.LOOPBACK


def test_the_server_of_a_container_stands_in_its_file() -> None:
    files = {
        "Dockerfile": 'FROM debian:12\nCOPY p.conf /etc/proftpd/proftpd.conf\nCMD ["proftpd", "--nodaemon"]\n',
        "p.conf": "ServerName x\nServerType standalone\n",
    }
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Proftpd))
    assert found.hosts[0].at.path == "p.conf"


def test_the_first_directive_counts_and_a_hosts_own_before_the_shared_one() -> None:
    assert server("TLSEngine on\nTLSRequired on\nTLSRequired off\n").hosts[0].requires_tls("control") is True
    found = server("<Global>\nTLSEngine on\nTLSRequired on\n</Global>\nTLSRequired off\nServerType standalone\n")
    assert found.hosts[0].requires_tls("control") is False


@pytest.mark.parametrize(
    ("value", "control", "data"),
    [
        ("on", True, True),
        ("off", False, False),
        ("ctrl", True, False),
        ("auth", True, False),
        ("auth+data", True, True),
        ("data", False, True),
        ("!data", False, False),
        ("ctrl+!data", True, False),
    ],
)
def test_what_tls_is_required_for(value: str, control: bool, data: bool) -> None:
    host = server(f"TLSEngine on\nTLSRequired {value}\n").hosts[0]
    assert (host.requires_tls("control"), host.requires_tls("data")) == (control, data)


@pytest.mark.parametrize(
    ("outer", "inner", "lets_in"),
    [
        ("", "", True),
        (limit("LOGIN", "DenyAll"), limit("LOGIN", "AllowAll"), True),
        ("", limit("LOGIN", "DenyAll"), False),
        ("", "AnonRequirePassword on\n", False),
        ("", limit("ALL", "DenyAll"), True),  # ALL leaves LOGIN out
    ],
)
def test_who_is_let_in(outer: str, inner: str, lets_in: bool) -> None:
    (section,) = server(f"ServerType standalone\n{outer}{ANONYMOUS.format(inner)}").hosts[0].anonymous
    assert section.lets_in is lets_in


def test_a_server_whose_log_ins_are_all_denied_is_closed() -> None:
    assert not server("ServerType standalone\n" + limit("LOGIN", "DenyAll") + ANONYMOUS.format("")).hosts


@pytest.mark.parametrize(
    ("inner", "line"),
    [
        ("", 2),
        (limit("WRITE", "DenyAll"), None),
        (limit("WRITE", "DenyAll") + f"<Directory in>\n{limit('STOR', 'AllowAll')}</Directory>\n", 8),
        (limit("STOR", "DenyAll") + f"<Directory in>\n{limit('WRITE', 'AllowAll')}</Directory>\n", None),
        (f"<Directory *>\n{limit('WRITE', 'DenyAll')}</Directory>\n", None),
        (limit("ALL", "DenyAll") + f"<Directory in>\n{limit('STOR', 'AllowAll')}</Directory>\n", None),
    ],
)
def test_where_anonymous_users_may_upload(inner: str, line: int | None) -> None:
    (section,) = server("ServerType standalone\n" + ANONYMOUS.format(inner)).hosts[0].anonymous
    place = section.upload
    assert not isinstance(place, Unknown)
    assert (place.line if place is not None else None) == line


def test_an_account_without_a_valid_shell_is_not_known() -> None:
    text = "ServerType standalone\n<Anonymous /srv/ftp>\nUser ftp\n</Anonymous>\n"
    assert isinstance(server(text).hosts[0].anonymous[0].lets_in, Unknown)


def test_a_module_that_nothing_loads_leaves_its_directives_open() -> None:
    text = "ServerType standalone\n<IfModule mod_tls.c>\nTLSEngine on\n</IfModule>\n"
    assert isinstance(server(text).hosts[0].has_tls, Unknown)
    assert server("LoadModule mod_tls.c\n" + text).hosts[0].has_tls is True


def test_included_files_beside_the_main_one_stand_for_the_installed_ones() -> None:
    text = "Include /etc/proftpd/modules.conf\nServerType standalone\nInclude /etc/proftpd/tls.conf\n"
    found = server(text, **{"modules.conf": "LoadModule mod_tls.c\n", "tls.conf": "TLSEngine on\nTLSRequired on\n"})
    assert found.hosts[0].requires_tls("control") is True
    assert isinstance(server(text).hosts[0].has_tls, Unknown)


@pytest.mark.parametrize(
    ("name", "path", "text", "ours"),
    [
        ("proftpd.conf", "proftpd.conf", "ServerType standalone\n", True),
        ("tls.conf", "etc/proftpd/tls.conf", "TLSEngine on\n", True),
        ("httpd.conf", "httpd.conf", "ServerName x\n<Limit GET>\nRequire all granted\n</Limit>\n", False),
        ("apache.conf", "apache.conf", "ServerType standalone\nDocumentRoot /srv\n", False),
    ],
)
def test_recognition(name: str, path: str, text: str, ours: bool) -> None:
    assert (recognise(name, path, text) is not None) is ours


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    document = PROFTPD.parse(Source(path="proftpd.conf", text=text))
    assert all(1 <= problem.at.line <= text.count("\n") + 1 for problem in document.problems)


@given(st.lists(st.sampled_from(["Global", "Limit WRITE", "Directory *"]), max_size=6))
def test_sections_that_are_closed_in_order_are_no_problem(names: list[str]) -> None:
    opened = "".join(f"<{name}>\n" for name in names)
    closed = "".join(f"</{name.split()[0]}>\n" for name in reversed(names))
    assert not PROFTPD.parse(Source(path="proftpd.conf", text=opened + closed)).problems
    if names:
        assert PROFTPD.parse(Source(path="proftpd.conf", text=opened)).problems
