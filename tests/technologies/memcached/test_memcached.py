"""Memcached's options; cases that a comparison with 1.6.18 found have their own names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engine import run
from auditor.model.exposure import Reach
from auditor.model.severity import Severity
from auditor.model.unknown import Unknown
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.memcached import MEMCACHED, Memcached

SHIPPED = Path("/etc/memcached.conf")
EXPECTED = {
    # Neither -S nor -Y: every process of the host may read and change the cache. -l 127.0.0.1 keeps others out.
    ("memcached-no-authentication", Severity.MEDIUM),
}


def cache(files: dict[str, str]) -> Memcached:
    estate = take_estate(MemoryTree(dict(files)))
    assert not estate.faults
    (found,) = [fact for fact in estate.facts if isinstance(fact, Memcached)]
    return found


def hosts(text: str) -> list[tuple[str, int]]:
    addresses = cache({"memcached.conf": text}).addresses
    assert not isinstance(addresses, Unknown)
    return [(each.host, each.port) for each in addresses]


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("memcached.conf", "# memory\n-m 64\n-l 127.0.0.1\n", 3),
        ("etc/memcached_sessions.conf", "-m 64\n", 3),
        ("memcached.conf.j2", "-m {{ size }}\n-l {{ address }}\n", 3),
        ("etc/sysconfig/memcached", 'PORT="11211"\nOPTIONS="-l 127.0.0.1"\n', 3),
        ("collectd/memcached.conf", "LoadPlugin memcached\n<Plugin memcached>\n</Plugin>\n", None),
        ("monit/memcached.conf", "check process memcached with pidfile /x\n  start program\n", None),
        ("memcached.yaml", "-m 64\n", None),
        ("redis.conf", "-m 64\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = MEMCACHED.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


@pytest.mark.skipif(not SHIPPED.is_file(), reason="Debian's package memcached is not installed")
def test_shipped_configuration() -> None:
    estate = take_estate(MemoryTree({"etc/memcached.conf": SHIPPED.read_bytes()}))
    outcomes = run([check for check in load_packs().checks if check.id.startswith("memcached-")], estate.facts)
    found = {(o.check.id, failure.severity or o.check.severity) for o in outcomes for failure in o.failures}
    assert found == EXPECTED
    assert [outcome.undecided for outcome in outcomes if outcome.undecided or outcome.error] == []


def test_an_address_that_is_part_of_an_earlier_one_is_not_taken() -> None:
    assert hosts("-l 127.0.0.1:11218\n-l 127.0.0.1\n") == [("127.0.0.1", 11218)]
    assert hosts("-l 127.0.0.1\n-l 127.0.0.1:11218\n") == [("127.0.0.1", 11211), ("127.0.0.1", 11218)]


def test_udp_follows_the_port_of_an_address() -> None:
    assert cache({"memcached.conf": "-l 127.0.0.1:11213\n-U 11217\n"}).udp_ports == (11213,)


def test_a_udp_port_alone_moves_the_tcp_port_too() -> None:
    assert hosts("-U 11217\n") == [("", 11217)]


def test_a_port_is_read_as_c_reads_it() -> None:
    assert hosts("-p 11212tcp\n") == [("", 11212)]
    assert hosts("-p many\n") == []


@pytest.mark.parametrize(
    "text", ["-Y /users\n-U 11211\n", "-Y /users\n-U 11211\n-s /socket\n", "-t 0\n", "-Z\n", "-q\n"]
)
def test_refused(text: str) -> None:
    assert cache({"memcached.conf": "-m 64\n" + text}).refused


def test_udp_was_on_by_default_before_1_5_6() -> None:
    for tag, ports in (("1.4.39", (11211,)), ("1.5.4", (11211,)), ("1.5.22", ()), ("1.6.18", ())):
        files = {"compose.yaml": f'services:\n  c:\n    image: memcached:{tag}\n    ports: ["11211:11211"]\n'}
        found = cache(files)
        assert found.udp_ports == ports
        assert found.exposure.reach is Reach.PUBLISHED


@pytest.mark.parametrize(
    ("command", "is_ours"),
    [
        ("-m 128", True),
        ("memcached -m 128", True),
        ("sh -c 'exec memcached -m 128'", True),
        ("memcached -V", False),
        ("sleep 5", False),
    ],
)
def test_which_containers_run_it(command: str, is_ours: bool) -> None:
    text = f"services:\n  c:\n    image: memcached:1.6\n    command: {command}\n"
    estate = take_estate(MemoryTree({"compose.yaml": text}))
    found = [fact for fact in estate.facts if isinstance(fact, Memcached)]
    assert bool(found) is is_ours
    if found:
        assert found[0].text("-m") == "128"


def test_sysconfig() -> None:
    text = 'PORT="11300"\nUSER="memcached"\nOPTIONS="-l 127.0.0.1 -X"\n'
    found = cache({"etc/sysconfig/memcached": text})
    assert found.text("-p") == "11300"
    assert found.has("-X") is True
    assert found.exposure.is_loopback


@given(
    st.lists(
        st.sampled_from([("-p", "1"), ("-p", "2"), ("-c", "30"), ("-X", ""), ("-F", ""), ("-u", "x"), ("-m", "7")]),
        max_size=6,
    ),
    st.booleans(),
)
def test_any_spelling_of_the_same_options_is_read_alike(options: list[tuple[str, str]], attached: bool) -> None:
    names = {"-p": "--port", "-c": "--conn-limit", "-X": "--disable-dumping", "-F": "--disable-flush-all"}
    names |= {"-u": "--user", "-m": "--memory-limit"}
    short = "".join(f"{name}{'' if attached else ' '}{value}\n" for name, value in options)
    long = "".join(f"{names[name]}{'=' + value if value else ''}\n" for name, value in options)
    first, second = (cache({"memcached.conf": "-l 127.0.0.1\n" + text}) for text in (short, long))
    assert {n: s.value for n, s in first.settings.items()} == {n: s.value for n, s in second.settings.items()}
