"""Docker's daemon: daemon.json, flags, units, containers; what dockerd 20.10 did when tried is in tests/oracle/docker."""

import json
from contextlib import suppress
from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.errors import FormatError
from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.docker import DOCKER, Docker
from auditor.technologies.docker.hosts import BadHostError, Tcp, tcp_address
from auditor.technologies.recognition.docker import recognise

UNIT = "etc/systemd/system/docker.service"


def daemons(files: dict[str, str]) -> list[Docker]:
    return [fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Docker)]


def daemon(files: dict[str, str]) -> Docker:
    (found,) = daemons(files)
    return found


def of_json(**keys: object) -> Docker:
    return daemon({"daemon.json": json.dumps({"storage-driver": "overlay2", **keys})})


def of_flags(flags: str, **others: str) -> Docker:
    return daemon({UNIT: f"[Service]\nExecStart=/usr/bin/dockerd {flags}\n", **others})


def addresses(docker: Docker) -> list[str]:
    assert not isinstance(docker.tcp_hosts, Unknown)
    return [str(host) for host in docker.tcp_hosts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tcp://0.0.0.0:2375", Tcp("0.0.0.0", 2375)),
        ("tcp://:2376", Tcp("localhost", 2376)),
        (":4243", Tcp("localhost", 4243)),
        ("10.20.0.5", Tcp("10.20.0.5", 2375)),
        ("tcp://[::]:2375", Tcp("::", 2375)),
        ("fd://", None),
        ("unix:///run/docker.sock", None),
    ],
)
def test_an_address_without_a_host_is_localhost(text: str, expected: Tcp | None) -> None:
    assert tcp_address(text) == expected


@pytest.mark.parametrize("text", ["http://a:1", "tcp://a:b", "tcp://a:1/path", "tcp://a:0"])
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(BadHostError):
        tcp_address(text)


@pytest.mark.parametrize(
    ("keys", "uses_tls", "verifies"),
    [
        ({}, False, False),
        ({"tls": True}, True, True),
        ({"tlsverify": True}, True, True),
        ({"tlsverify": False}, True, False),
        ({"tls": False, "tlsverify": True}, True, True),
        ({"tls": True, "tlsverify": False}, True, False),
    ],
)
def test_tlsverify_switches_tls_on_and_tls_alone_verifies(
    keys: dict[str, bool], uses_tls: bool, verifies: bool
) -> None:
    docker = of_json(hosts=["tcp://0.0.0.0:2376"], **keys)
    assert (docker.uses_tls, docker.verifies_clients) == (uses_tls, verifies)


def test_tls_without_a_host_listens_on_loopback() -> None:
    docker = of_json(tls=True)
    assert addresses(docker) == ["localhost:2376"]
    assert docker.exposure.reach is Reach.LOOPBACK


def test_flags_of_a_unit_go_with_the_daemon_json_of_its_tree() -> None:
    docker = of_flags("-H fd:// --icc=false", **{"etc/docker/daemon.json": '{"live-restore": true}'})
    assert (docker.flag("icc"), docker.flag("live-restore"), docker.flag("iptables")) == (False, True, True)
    assert not docker.refused


def test_a_daemon_json_that_is_not_scanned_leaves_hardening_open_and_tls_off() -> None:
    docker = of_flags("-H tcp://0.0.0.0:2375")
    assert isinstance(docker.flag("icc"), Unknown)
    assert docker.verifies_clients is False
    assert docker.file_missing


def test_a_variable_of_the_unit_leaves_everything_open() -> None:
    docker = of_flags("-H tcp://0.0.0.0:2375 $DOCKER_OPTS", **{UNIT.replace("docker.service", "other.txt"): ""})
    assert docker.verifies_clients is False  # nothing sets it, so that it is empty
    docker = daemon(
        {
            UNIT: "[Service]\nEnvironmentFile=/etc/default/docker\nExecStart=/usr/bin/dockerd -H tcp://0.0.0.0 $DOCKER_OPTS\n"
        }
    )
    assert isinstance(docker.verifies_clients, Unknown)


def test_options_of_the_environment_file_are_flags() -> None:
    unit = "[Service]\nEnvironmentFile=-/etc/default/docker\nExecStart=/usr/sbin/dockerd -H fd:// $DOCKER_OPTS\n"
    options = 'DOCKER_OPTS="--iptables=false --log-driver none"\n'
    docker = daemon({UNIT: unit, "etc/default/docker": options})
    assert (docker.flag("iptables"), docker.text("log-driver")) == (False, "none")


def test_the_file_of_options_alone_takes_the_daemon_json_along() -> None:
    docker = daemon(
        {
            "etc/default/docker": 'DOCKER_OPTS="--dns 10.0.0.2"\nDOCKER_OPTS="$DOCKER_OPTS -H tcp://0.0.0.0:2375"\n',
            "etc/docker/daemon.json": '{"icc": false}',
        }
    )
    assert addresses(docker) == ["0.0.0.0:2375"]
    assert docker.flag("icc") is False


def test_sockets_of_systemd_are_taken_with_fd_only() -> None:
    socket = {
        "etc/systemd/system/docker.socket": "[Socket]\nListenStream=/run/docker.sock\nListenStream=10.0.0.5:2375\n"
    }
    assert addresses(of_flags("-H fd://", **socket)) == ["10.0.0.5:2375"]
    assert addresses(of_flags("-H unix:///run/docker.sock", **socket)) == []
    reset = {"etc/systemd/system/docker.socket": "[Socket]\nListenStream=2375\nListenStream=\n"}
    assert addresses(of_flags("-H fd://", **reset)) == []


def test_a_key_in_file_and_flags_is_refused() -> None:
    assert of_flags("-H fd://", **{"etc/docker/daemon.json": '{"hosts": ["fd://"]}'}).refused
    assert not of_flags("-H fd://", **{"etc/docker/daemon.json": '{"debug": false}'}).refused


def test_the_singular_of_a_list_is_taken_and_not_read() -> None:
    docker = of_json(**{"insecure-registry": ["registry.clinic.example"]})
    assert not docker.refused
    assert [problem.message for problem in docker.ignored] == ["expected the key `insecure-registries`"]
    assert not list(docker.values("insecure-registries"))


def test_a_switch_inside_another_object_is_in_force() -> None:
    assert of_json(network={"icc": False}).flag("icc") is False


def test_the_last_of_a_key_counts() -> None:
    assert daemon({"daemon.json": '{"icc": true, "icc": false}'}).flag("icc") is False


def test_tabs_keep_their_places() -> None:
    docker = daemon({"daemon.json": '{\n\t"log-driver": "none"\n}\n'})
    assert docker.where("log-driver").line == 2


@pytest.mark.parametrize("flags", ["--no-such", "--icc=maybe", "daemon", "-H", "-H ssh://host", "--mtu=large"])
def test_flags_that_are_refused(flags: str) -> None:
    assert of_flags(flags, **{"etc/docker/daemon.json": "{}"}).refused


def test_docker_in_docker_takes_the_image_s_own_flags() -> None:
    def found(service: str) -> Docker:
        return daemon({"compose.yaml": f"services:\n  builder:\n    image: docker:27-dind\n{service}"})

    assert (addresses(found("")), found("").verifies_clients) == (["0.0.0.0:2376"], True)
    without = found("    environment:\n      DOCKER_TLS_CERTDIR: ''\n")
    assert (addresses(without), without.verifies_clients) == (["0.0.0.0:2375"], False)
    own = found("    command: dockerd --host=unix:///run/docker.sock\n")
    assert addresses(own) == []
    more = found("    command: ['--insecure-registry=10.0.0.0/8']\n")
    assert addresses(more) == ["0.0.0.0:2376"]


def test_names_that_changed_between_versions_are_taken() -> None:
    docker = of_json(
        **{"host-gateway-ips": ["10.0.0.1"], "host-gateway-ip": "10.0.0.1", "restart": True, "graph": "/x"}
    )
    assert not docker.refused
    assert not docker.ignored


def test_the_client_s_image_runs_no_daemon() -> None:
    assert daemons({"compose.yaml": "services:\n  ci:\n    image: docker:27\n    command: docker ps\n"}) == []


def test_a_daemon_of_a_user_is_rootless() -> None:
    assert daemon({"home/app/.config/docker/daemon.json": '{"log-driver": "local"}'}).is_rootless
    assert not of_json().is_rootless


def test_logins_of_proxies_and_tokens_of_log_drivers_are_sealed() -> None:
    text = {"proxies": {"http-proxy": "http://user:Sample-Pass-1@proxy:3128"}, "log-opts": {"splunk-token": "Sample-2"}}
    shown = [setting.shown() for setting in of_json(**text).shown_settings()]
    assert not any("Sample" in value for value in shown)
    document = DOCKER.parse(Source(path="daemon.json", text=json.dumps(text)))
    assert {assignment.key for assignment in document.assignments()} >= {"http-proxy", "splunk-token"}


def test_a_template_leaves_its_values_open() -> None:
    docker = daemon(
        {"daemon.json.j2": '{\n  "icc": {{ icc }},\n  "log-driver": "{{ driver }}",\n  "iptables": false\n}\n'}
    )
    assert isinstance(docker.flag("icc"), Unknown)
    assert isinstance(docker.text("log-driver"), Unknown)
    assert docker.flag("iptables") is False


def test_a_placeholder_in_a_list_leaves_it_open() -> None:
    docker = of_json(hosts=["${HOST}", "tcp://0.0.0.0:2375"], **{"insecure-registries": ["${REGISTRY}"]})
    assert addresses(docker) == ["0.0.0.0:2375"]
    assert docker.is_open("hosts") is not None
    assert docker.is_open("insecure-registries") is not None
    assert isinstance(of_json(hosts=["${HOST}"]).tcp_hosts, Unknown)
    assert isinstance(of_json(**{"metrics-addr": "${METRICS}"}).metrics, Unknown)


@pytest.mark.parametrize(
    ("name", "path", "head", "strength"),
    [
        ("daemon.json", "daemon.json", '{"log-driver": "local"}', 3),
        ("daemon.json.j2", "templates/daemon.json.j2", '{"hosts": []}', 3),
        ("daemon.json", "etc/docker/daemon.json", "{}", 2),
        ("daemon.json", "lib/daemon.json", '{"pidFile": "x"}', None),
        ("docker", "etc/default/docker", 'DOCKER_OPTS="-H fd://"', 3),
        ("docker", "etc/default/docker", '#DOCKER_OPTS="-H fd://"', None),
        ("docker", "etc/sysconfig/docker", "OPTIONS='--selinux-enabled'", 3),
        ("docker", "bin/docker", "#!/bin/sh\nOPTIONS=", None),
    ],
)
def test_recognition(name: str, path: str, head: str, strength: int | None) -> None:
    found = recognise(name, path, head)
    assert (found.strength if found else None) == strength


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(printable, max_size=8) | st.just("${PLACEHOLDER}"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(printable, max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["hosts", "icc", "log-opts", "proxies", "registry-mirrors", "tls", "host", "mtu", "builder", "x"]
)


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_every_object_is_read(keys: dict[str, object]) -> None:
    text = json.dumps(keys)
    try:
        document = DOCKER.parse(Source(path="daemon.json", text=text))
    except FormatError:
        return
    for docker in DOCKER.from_files([document], {}):
        assert docker.refused or isinstance(keys.get("x", {}), dict)  # an object's own keys count, not its name
        assert not any(name == "host" for name in docker.lists)


@given(st.text(printable, max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    for name in ("daemon.json", "docker"):
        with suppress(FormatError):
            list(DOCKER.parse(Source(path=name, text=text)).assignments())
