"""etcd's options; cases that a comparison with 3.4.23 found have their own names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.exposure import Reach
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.etcd import ETCD, EtcdServer

URLS = "listen-client-urls: http://10.20.0.5:2379\nadvertise-client-urls: http://10.20.0.5:2379\n"


def server(files: dict[str, str]) -> EtcdServer:
    estate = take_estate(MemoryTree(dict(files)))
    assert not estate.faults
    (found,) = [fact for fact in estate.facts if isinstance(fact, EtcdServer)]
    return found


def container(command: str, environment: str = "{}", tag: str = "v3.5.16") -> EtcdServer:
    text = f"services:\n  s:\n    image: quay.io/coreos/etcd:{tag}\n    command: {command}\n    environment: {environment}\n"
    return server({"compose.yaml": text})


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("etcd.conf.yml", URLS, 3),
        ("etcd.yaml.j2", "name: {{ name }}\ndata-dir: /d\n", 3),
        ("node.yml", URLS + "data-dir: /d\n", 2),
        ("etc/default/etcd", 'ETCD_NAME="one"\n', 3),
        ("etcd/etcd.conf", 'ETCD_LISTEN_CLIENT_URLS="http://localhost:2379"\n', 3),
        ("etcd.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  listen-client-urls: x\n", None),
        ("etcd-compose.yml", "services:\n  etcd:\n    environment:\n      ETCD_NAME: x\n", None),
        ("settings.yml", "data-dir: /x\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = ETCD.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


def test_a_file_makes_flags_and_variables_count_for_nothing() -> None:
    text = (
        "services:\n  s:\n    image: quay.io/coreos/etcd:v3.5.16\n"
        "    command: etcd --config-file /etcd.yml --client-cert-auth=maybe --name=a\n"
        "    environment: {ETCD_NAME: b, ETCD_UNSAFE_NO_FSYNC: 'true'}\n"
        '    volumes: ["./etcd.yml:/etcd.yml:ro"]\n    ports: ["2379:2379"]\n'
    )
    found = server({"compose.yaml": text, "etcd.yml": URLS})
    assert not found.refused
    assert found.text("name") is None
    assert found.is_on("unsafe-no-fsync") is False
    assert found.exposure.reach is Reach.PUBLISHED


def test_a_file_that_is_not_scanned_leaves_everything_open() -> None:
    found = container("etcd --config-file=/elsewhere.yml --unsafe-no-fsync")
    assert isinstance(found.is_on("unsafe-no-fsync"), Unknown)
    assert not found.refused


def test_a_file_needs_no_url_to_tell_clients() -> None:
    assert not server({"etcd.conf.yml": "listen-client-urls: http://127.0.0.1:2379\n"}).refused


def test_a_ca_file_alone_asks_for_certificates() -> None:
    section = "client-transport-security:\n  cert-file: c\n  key-file: k\n  trusted-ca-file: ca\n"
    https = URLS.replace("http:", "https:")
    assert server({"etcd.conf.yml": https + section}).asks_certificate() is True
    assert server({"etcd.conf.yml": https + section.replace("  trusted-ca-file: ca\n", "")}).asks_certificate() is False


def test_retention_without_a_mode_is_none_in_a_file_of_3_4() -> None:
    text = (
        "services:\n  s:\n    image: quay.io/coreos/etcd:v3.4.23\n    command: etcd --config-file=/etcd.yml\n"
        '    volumes: ["./etcd.yml:/etcd.yml:ro"]\n'
    )
    retention = "auto-compaction-retention: '1'\n"
    assert server({"compose.yaml": text, "etcd.yml": retention}).compacts is False
    assert server({"compose.yaml": text, "etcd.yml": retention + "auto-compaction-mode: periodic\n"}).compacts is True
    assert container("etcd --auto-compaction-retention=1").compacts is True


def test_etcd_2_has_nothing_to_compact() -> None:
    assert isinstance(container("etcd", tag="v2.0.13").compacts, Unknown)


@pytest.mark.parametrize(
    ("command", "is_refused"),
    [
        ("etcd --enable-pprof true", True),
        ("etcd --enable-pprof=true", False),
        ("etcd --listen-client-urls=http://127.0.0.1:2379", True),
        ("etcd --listen-client-urls=http://127.0.0.1:2379 --advertise-client-urls=http://127.0.0.1:2379", False),
        ("etcd --listen-peer-urls=https://127.0.0.1:2380", True),
        ("etcd --listen-peer-urls=https://127.0.0.1:2380 --peer-auto-tls", False),
        ("etcd --listen-peer-urls=http://peer.clinic.example:2380", True),
        ("etcd --auth-token=none", True),
        ("etcd --name", True),
    ],
)
def test_what_etcd_refuses(command: str, is_refused: bool) -> None:
    assert bool(container(command).refused) is is_refused


def test_a_variable_beside_its_flag_is_refused() -> None:
    assert container("etcd --name=a", "{ETCD_NAME: a}").refused
    assert not container("etcd --name=a", "{ETCD_DATA_DIR: /d}").refused


def test_a_flag_that_is_not_known_is_refused_by_a_version_that_is() -> None:
    assert container("etcd --no-such-flag=1", tag="v3.4.23").refused
    found = container("etcd --no-such-flag=1")
    assert not found.refused
    assert found.unrecognised


def test_etcd_of_a_control_plane_is_left_to_kubernetes() -> None:
    pod = (
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: etcd\nspec:\n  containers:\n    - name: etcd\n"
        "      image: registry.k8s.io/etcd:3.5.16-0\n      command: [etcd, --unsafe-no-fsync]\n"
    )
    found = server({"pod.yaml": pod})
    assert found.is_control_plane
    assert found.is_on("unsafe-no-fsync") is True


@given(
    st.dictionaries(
        st.sampled_from(["name", "snapshot-count", "pre-vote", "client-cert-auth", "quota-backend-bytes"]),
        st.sampled_from(["true", "false", "1"]),
    )
)
def test_flags_and_variables_say_the_same(options: dict[str, str]) -> None:
    flags = container("[" + ", ".join(["etcd", *(f"--{name}={value}" for name, value in options.items())]) + "]")
    pairs = (f"ETCD_{name.upper().replace('-', '_')}: '{value}'" for name, value in options.items())
    variables = container("etcd", "{" + ", ".join(pairs) + "}")
    assert {n: s.value for n, s in flags.settings.items()} == {n: s.value for n, s in variables.settings.items()}
