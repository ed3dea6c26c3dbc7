"""Web interfaces, flags and connections of Prometheus, Alertmanager and exporters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engine import run
from auditor.model.exposure import Reach
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.prometheus import PROMETHEUS, AlertmanagerConfig, MonitoringServer, PrometheusConfig
from auditor.technologies.prometheus.flags import read_flags

HASH = "$2b$04$abcdefghijklmnopqrstuun80YGF0cS0ofV.1sxVlCYKmJ1jWgZmO"
MADE_UP = "example-Passw0rd-0192"
PAIR = "tls_server_config: {cert_file: a.crt, key_file: a.key}\n"
DEBIAN = """\
global:
  scrape_interval: 15s
  external_labels:
      monitor: 'example'
alerting:
  alertmanagers:
  - static_configs:
    - targets: ['localhost:9093']
rule_files:
scrape_configs:
  - job_name: 'prometheus'
    static_configs:
      - targets: ['localhost:9090']
  - job_name: node
    static_configs:
      - targets: ['localhost:9100']
"""


def services(files: dict[str, str]) -> list[Service]:
    estate = take_estate(MemoryTree(dict(files)))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Service) and fact.technology == "prometheus"]


def web(text: str) -> MonitoringServer:
    (found,) = services({"web-config.yml": text})
    assert isinstance(found, MonitoringServer)
    return found


def server(command: str, image: str = "prom/prometheus:v2.53.0", **files: str) -> MonitoringServer:
    text = f"services:\n  m:\n    image: {image}\n    ports: ['9090:9090', '9094:9094']\n    volumes: ['./web.yml:/web.yml']\n"
    if command:
        text += f"    command: {command}\n"
    found = services({"compose.yaml": text, **{name.replace("_", "."): content for name, content in files.items()}})
    (one,) = [each for each in found if isinstance(each, MonitoringServer)]
    return one


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("prometheus.yml", "scrape_configs:\n  - job_name: a\n", 3),
        ("prometheus.yml.j2", "global:\n  x: {{ y }}\nscrape_configs:\n  - job_name: a\n", 3),
        ("prometheus-agent.yaml", "remote_write:\n  - url: https://x\n", 3),
        ("monitoring.yml", "global: {}\nscrape_configs:\n- job_name: a\n", 2),
        ("promtail.yaml", "server: {}\npositions: {}\nclients: []\nscrape_configs:\n- job_name: a\n", None),
        ("otel.yaml", "receivers:\n  prometheus:\n    config:\n      scrape_configs:\n        - job_name: a\n", None),
        ("crd.yaml", "kind: Prometheus\nspec:\n  remoteWrite: []\n", None),
        ("web-config.yml", "basic_auth_users:\n  a: b\n", 3),
        ("tls.yml", "tls_server_config:\n  cert_file: a\n", 2),
        ("alertmanager.yml", "route:\n  receiver: a\nreceivers:\n- name: a\n", 3),
        ("collector.yml", "receivers:\n  otlp:\nexporters:\n  route:\n", None),
        ("alert.yml", "route: {receiver: a}\nreceivers: [{name: a, email_configs: [{to: a@clinic.example}]}]\n", 2),
        ("all.yml", "scrape_configs: [{job_name: a}]\n", 2),
        ("rules.yml", "groups:\n- name: a\n  rules: []\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = PROMETHEUS.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


@pytest.mark.parametrize(
    ("text", "tls", "users", "asks"),
    [
        ("basic_auth_users: {}\n", False, False, False),
        (f"basic_auth_users: {{a: {HASH}}}\n", False, True, True),
        (PAIR, True, False, False),
        (PAIR.replace("}", ", client_auth_type: RequireAnyClientCert}"), True, False, False),
        (PAIR.replace("}", ", client_auth_type: RequireAndVerifyClientCert}"), True, False, True),
        ("tls_server_config: {min_version: TLS10}\n", False, False, False),
        (PAIR.replace("}", ", min_version: TLS13, max_version: TLS12}"), True, False, True),
    ],
)
def test_who_gets_in(text: str, tls: bool, users: bool, asks: bool) -> None:
    found = web(text)
    assert (found.refused, found.has_tls, found.has_users, found.asks_who) == ((), tls, users, asks)


@pytest.mark.parametrize(
    "text",
    [
        f"basic_auth_users: {{a: {MADE_UP}}}\n",
        "tls_server_config: {cert_file: a}\n",
        "tls_server_config: {client_auth_type: NoClientCert}\n",
        PAIR.replace("}", ", client_ca_file: ca.crt}"),
        PAIR.replace("}", ", min_version: TLSv1.2}"),
        "basic_auth_users: {}\nhttp_server_config: {headers: {X-Frame-Options: DENY}}\n",
        "basic_auth_users: {}\nusers: {}\n",
        "basic_auth_users: {}\nbasic_auth_users: {}\n",
    ],
)
def test_what_the_toolkit_refuses(text: str) -> None:
    found = web(text)
    assert len(found.refused) >= 1
    assert MADE_UP not in repr(found)


def test_a_template_leaves_users_open() -> None:
    found = web("tls_server_config: {cert_file: a, key_file: b}\nbasic_auth_users:\n  {{ user }}: {{ hash }}\n")
    assert not found.refused
    assert found.asks_who is True or isinstance(found.asks_who, Unknown)


def test_defaults_of_an_image() -> None:
    found = server("")
    assert (found.title, found.version, found.web) == ("Prometheus", "2.53.0", None)
    assert found.exposure.reach is Reach.PUBLISHED
    assert [found.is_on(name) for name in ("web.enable-admin-api", "web.enable-lifecycle")] == [False, False]


def test_flags() -> None:
    found = server(
        "[--web.config.file, /web.yml, --web.enable-admin-api]", web_yml=f"basic_auth_users: {{a: {HASH}}}\n"
    )
    assert (found.is_on("web.enable-admin-api"), found.has_users) == (True, True)
    assert server("[--no-web.enable-lifecycle]").is_on("web.enable-lifecycle") is False
    assert server("--web.listen-address=127.0.0.1:9090").exposure.is_loopback
    assert server("--web.listen-address=:8080").exposure.reach is Reach.CONTAINER_NETWORK


def test_a_flag_with_an_unknown_value_leaves_the_others_known() -> None:
    for command in (
        "['--web.external-url=${URL}', --web.enable-lifecycle]",
        "[--web.enable-lifecycle, --web.external-url, '${URL}']",
    ):
        found = server(command)
        assert [found.is_on(name) for name in ("web.enable-admin-api", "web.enable-lifecycle")] == [False, True]
        assert (found.asks_who, found.incomplete) == (False, "")
        assert isinstance(found.text("web.external-url"), Unknown)
    assert isinstance(server("['--web.config.file=${FILE}']").asks_who, Unknown)


def test_an_unknown_word_may_be_any_flag_that_is_not_given() -> None:
    found = server("[--web.enable-lifecycle, '${MORE}']")
    assert found.is_on("web.enable-lifecycle") is True
    assert isinstance(found.is_on("web.enable-admin-api"), Unknown)
    assert isinstance(found.asks_who, Unknown)
    assert isinstance(server("['--web.${WHAT}']").asks_who, Unknown)


@pytest.mark.parametrize(
    "files",
    [
        {"p.service": "[Service]\nEnvironmentFile=/x\nExecStart=/usr/bin/prometheus --web.external-url=http://${H}/\n"},
        {"Dockerfile": 'FROM scratch\nENTRYPOINT ["sh", "-c", "exec prometheus --web.external-url=$URL"]\n'},
        {
            "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: p\n"
            "    image: prom/prometheus:v2.53.0\n    args: ['--web.external-url={{ .Values.url }}']\n"
        },
    ],
    ids=lambda files: next(iter(files)),
)
def test_a_value_that_is_not_known_elsewhere_than_in_compose(files: dict[str, str]) -> None:
    (found,) = services(files)
    assert isinstance(found, MonitoringServer)
    assert isinstance(found.text("web.external-url"), Unknown)
    assert (found.is_on("web.enable-admin-api"), found.incomplete) == (False, "")


def test_refusals_of_a_long_file_are_not_all_told() -> None:
    found = web("basic_auth_users:\n" + "".join(f"  user{number}: a\n" for number in range(5000)))
    assert 1 < len(found.refused) < 100


def test_a_web_configuration_that_is_not_here() -> None:
    assert isinstance(server("--web.config.file=/secrets/web.yml").asks_who, Unknown)


@pytest.mark.parametrize(
    "command",
    [
        "--web.enable-lifecycle=true",
        "[--web.enable-lifecycle, 'true']",
        "-web.enable-lifecycle",
        "[--web.enable-lifecycle, --no-web.enable-lifecycle]",
    ],
)
def test_refused_flags(command: str) -> None:
    assert server(command).refused


NAME = st.sampled_from(
    ["web.listen-address", "web.config.file", "config.file", "log.level", "storage.tsdb.path", "query.x"]
)
VALUE = st.text("ab0:/._", min_size=1, max_size=12)


@given(st.dictionaries(NAME, VALUE, max_size=6), st.booleans())
def test_both_ways_to_give_a_value(given_flags: dict[str, str], together: bool) -> None:
    at = Location("compose.yaml", 1)
    words = [
        word
        for name, value in given_flags.items()
        for word in ([f"--{name}={value}"] if together else [f"--{name}", value])
    ]
    flags = read_flags([Located(value=word, at=at) for word in words])
    assert {name: [each.value for each in found] for name, found in flags.values.items()} == {
        name: [value] for name, value in given_flags.items()
    }
    assert not flags.refused


def test_exporters_and_other_programs() -> None:
    assert server("", image="prom/node-exporter:v1.8.0").title == "The node exporter"
    assert server("", image="quay.io/prometheuscommunity/postgres-exporter").is_exporter
    for image in ("prometheuscommunity/windows-tool", "quay.io/prometheus-operator/prometheus-operator:v0.70"):
        assert services({"compose.yaml": f"services:\n  m:\n    image: {image}\n"}) == []


def test_gossip() -> None:
    found = server("[--config.file=/a.yml]", image="prom/alertmanager:v0.27.0")
    assert found.gossip.reach is Reach.PUBLISHED
    assert server("[--cluster.listen-address=]", image="prom/alertmanager:v0.27.0").gossip.is_loopback


def test_units() -> None:
    files = {
        "etc/systemd/system/p.service": "[Service]\nExecStart=/usr/bin/prometheus --web.config.file=/etc/prometheus/web.yml\n",
        "etc/prometheus/web.yml": PAIR,
    }
    (found,) = services(files)
    assert isinstance(found, MonitoringServer)
    assert (found.origin, found.has_tls, found.exposure.reach) == ("systemd", True, Reach.HOST_NETWORK)


def test_arguments_from_elsewhere() -> None:
    files = {"etc/systemd/system/p.service": "[Service]\nEnvironmentFile=/x\nExecStart=/usr/bin/prometheus $ARGS\n"}
    (found,) = services(files)
    assert isinstance(found, MonitoringServer)
    assert isinstance(found.asks_who, Unknown)


def test_clients() -> None:
    text = (
        "scrape_configs:\n"
        "- job_name: a\n  basic_auth: {username: x, password: y}\n  static_configs: [{targets: ['localhost:1', 'h.example:2']}]\n"
        "- job_name: b\n  scheme: https\n  kubernetes_sd_configs: [{role: pod}]\n  tls_config: {insecure_skip_verify: true}\n"
        "- job_name: c\n  relabel_configs: [{target_label: __scheme__}]\n  static_configs: [{targets: ['127.0.0.1:1']}]\n"
        "remote_write: [{url: 'http://u:p@far.example/w'}]\n"
    )
    (found,) = services({"prometheus.yml": text})
    assert isinstance(found, PrometheusConfig)
    a, b, c, sent = found.clients
    assert (a.scheme, a.logs_in, a.is_elsewhere, a.is_far) == ("http", True, True, True)
    assert (b.scheme, b.skips_verification, b.is_elsewhere, b.is_far) == ("https", True, True, False)
    assert isinstance(c.scheme, Unknown)
    assert c.is_elsewhere is False
    assert (sent.scheme, sent.hosts, sent.logs_in) == ("http", ("far.example",), True)


def test_mail_takes_what_the_receiver_says() -> None:
    text = (
        "global: {smtp_smarthost: 'm.example:587', smtp_require_tls: false}\nroute: {receiver: a}\nreceivers:\n"
        "- name: a\n  email_configs: [{to: x}, {to: y, require_tls: true}, {to: z, smarthost: 'm.example:465'}]\n"
    )
    (found,) = services({"alertmanager.yml": text})
    assert isinstance(found, AlertmanagerConfig)
    assert [each.requires_tls for each in found.mail] == [False, True, True]


def test_secrets_in_the_files() -> None:
    files = {
        "prometheus.yml": f"scrape_configs:\n- job_name: a\n  basic_auth: {{username: u, password: {MADE_UP}}}\n",
        "alertmanager.yml": (
            f"route: {{receiver: a}}\nreceivers:\n- name: a\n  slack_configs: [{{api_url: 'https://hooks.example/{MADE_UP}'}}]\n"
            f"  pagerduty_configs: [{{routing_key: {MADE_UP}}}]\n"
        ),
        "web-config.yml": f"basic_auth_users: {{a: {HASH}}}\n",
    }
    found = {
        name: [
            (each.key, each.principal)
            for each in PROMETHEUS.parse(Source(path=name, text=text)).assignments()
            if each.server_secret
        ]
        for name, text in files.items()
    }
    assert found == {
        "prometheus.yml": [("password", None)],
        "alertmanager.yml": [("api_url", None), ("routing_key", None)],
        "web-config.yml": [("password", "a")],
    }


def test_shipped_configuration() -> None:
    estate = take_estate(MemoryTree({"etc/prometheus/prometheus.yml": DEBIAN}))
    outcomes = run([check for check in load_packs().checks if check.id.startswith("prometheus-")], estate.facts)
    # Debian's file names an Alertmanager and no rules.
    assert [o.check.id for o in outcomes for _ in o.failures] == ["prometheus-nobody-is-alerted"]
