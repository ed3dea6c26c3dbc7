"""InfluxDB's options; cases that a comparison with 1.6.7 found have their own names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engine import run
from auditor.model.severity import Severity
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.influxdb import INFLUXDB, InfluxDb

SHIPPED = Path("/etc/influxdb/influxdb.conf")
EXPECTED = {
    # auth-enabled is commented out, and the HTTP service listens on every address of the host.
    ("influxdb-no-authentication", Severity.CRITICAL),
    ("influxdb-no-tls", Severity.HIGH),
    # pprof-enabled is true by default.
    ("influxdb-profiler", Severity.LOW),
}


def servers(files: dict[str, str]) -> list[InfluxDb]:
    estate = take_estate(MemoryTree(dict(files)))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, InfluxDb)]


def server(text: str) -> InfluxDb:
    (found,) = servers({"influxdb.conf": text})
    return found


def container(environment: str, tag: str = "1.8", command: str = "influxd") -> InfluxDb:
    text = f"services:\n  s:\n    image: influxdb:{tag}\n    command: {command}\n    environment: {environment}\n"
    (found,) = servers({"compose.yaml": text})
    return found


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("influxdb.conf", "[meta]\n[http]\n", 3),
        ("influxdb.conf.j2", "[http]\n  auth-enabled = {{ auth }}\n", 3),
        ("conf/series.conf", "[meta]\n[data]\n[http]\n[subscriber]\n", 2),
        ("influxdb2/config.yml", "http-bind-address: ':8086'\n", 3),
        ("telegraf-influxdb.conf", "[agent]\n[[outputs.influxdb]]\n", None),
        ("config.yml", "http-bind-address: ':8086'\n", None),
        ("config.toml", 'bolt-path = "/d/influxd.bolt"\nengine-path = "/d/engine"\n', 2),
        ("grafana/influxdb.yaml", "apiVersion: 1\ndatasources: []\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = INFLUXDB.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


@pytest.mark.skipif(not SHIPPED.is_file(), reason="Debian's package influxdb is not installed")
def test_shipped_configuration() -> None:
    estate = take_estate(MemoryTree({"etc/influxdb/influxdb.conf": SHIPPED.read_bytes()}))
    outcomes = run([check for check in load_packs().checks if check.id.startswith("influxdb-")], estate.facts)
    found = {(o.check.id, failure.severity or o.check.severity) for o in outcomes for failure in o.failures}
    assert found == EXPECTED


@pytest.mark.parametrize(
    ("command", "environment", "asks", "address"),
    [
        ("influxdb3 serve --node-id a", "{}", True, ("", 8181)),
        ("influxdb3 serve --without-auth --http-bind 127.0.0.1:9000", "{}", False, ("127.0.0.1", 9000)),
        (
            "influxdb3 serve",
            "{INFLUXDB3_WITHOUT_AUTH: 'true', INFLUXDB3_HTTP_BIND_ADDR: '0.0.0.0:81'}",
            False,
            ("", 81),
        ),
        ("serve --http-bind=[::1]:8181", "{INFLUXDB3_HTTP_BIND_ADDR: '0.0.0.0:81'}", True, ("::1", 8181)),
    ],
)
def test_version_3(command: str, environment: str, asks: bool, address: tuple[str, int]) -> None:
    found = container(environment, "3.2-core", command)
    assert (found.major, found.asks_log_in, found.address) == (3, asks, address)


@pytest.mark.parametrize("command", ["influxdb3 create token --admin", "influxdb3 query 'select 1'"])
def test_the_client_of_version_3_is_no_server(command: str) -> None:
    text = f'services:\n  s:\n    image: influxdb:3-core\n    command: "{command}"\n'
    assert not servers({"compose.yaml": text})


def test_a_quoted_switch_is_refused() -> None:
    assert server('[http]\n  auth-enabled = "true"\n').refused
    assert not server("[http]\n  auth-enabled = true\n").refused


def test_a_key_twice_is_refused() -> None:
    assert server("[http]\n  log-enabled = true\n  log-enabled = true\n").refused
    assert not server("[[udp]]\n  enabled = true\n[[udp]]\n  enabled = true\n[http]\n").refused


@pytest.mark.parametrize(
    ("word", "expected"), [("true", True), ("1", True), ("T", True), ("false", False), ("0", False)]
)
def test_variables_take_the_words_of_go(word: str, expected: bool) -> None:
    assert container(f"{{INFLUXDB_HTTP_AUTH_ENABLED: '{word}'}}").asks_log_in is expected


def test_a_variable_without_a_number_is_of_the_first_input() -> None:
    found = container("{INFLUXDB_UDP_ENABLED: 'true', INFLUXDB_UDP_BIND_ADDRESS: ':9000'}")
    assert [(each.kind, each.port) for each in found.inputs] == [("udp", 9000)]


def test_versions() -> None:
    assert container("{}", tag="2.7").asks_log_in is True
    assert container("{}", tag="2.7").has_administrator is False
    assert container("{DOCKER_INFLUXDB_INIT_MODE: setup}", tag="2.7").has_administrator is True
    assert container("{}", tag="2.7", command="influxd --tls-cert=/c --tls-key /k").has_tls is True
    text = "services:\n  s:\n    image: influxdb:3-core\n    command: influxd\n"
    assert servers({"compose.yaml": text}) == []


@given(st.dictionaries(st.sampled_from(["auth-enabled", "log-enabled", "https-enabled"]), st.booleans()))
def test_files_and_variables_say_the_same(options: dict[str, bool]) -> None:
    lines = "".join(f"  {name} = {str(value).lower()}\n" for name, value in options.items())
    pairs = (
        f"INFLUXDB_HTTP_{name.upper().replace('-', '_')}: '{str(value).lower()}'" for name, value in options.items()
    )
    first, second = server("[http]\n" + lines), container("{" + ", ".join(pairs) + "}")
    assert {n: s.value for n, s in first.settings.items()} == {n: s.value for n, s in second.settings.items()}
