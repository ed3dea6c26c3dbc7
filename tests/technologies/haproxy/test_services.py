"""HAProxy's configuration; cases that a comparison with 2.6 found have their own names."""

from pathlib import Path

import pytest

from auditor.model.exposure import Reach
from auditor.model.unknown import UndecidedError, Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.haproxy import Haproxy, Kind, Outcome, Request, Server

APP = "backend app\n  server app1 127.0.0.1:8000\n"


def only(files: dict[str, str]) -> Haproxy:
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Haproxy))
    return found


def haproxy(text: str) -> Haproxy:
    return only({"haproxy.cfg": text})


def kind(text: str, request: Request, frontend: int = 0) -> Kind:
    found = haproxy(text)
    assert not found.refused, found.refused
    (outcome,) = found.answers(list(found.frontends())[frontend], request)
    assert isinstance(outcome, Outcome), outcome
    return outcome.kind


def servers(text: str) -> list[Server]:
    found = haproxy(text)
    return [one for proxy in found.backends() for one in found.servers(proxy) if isinstance(one, Server)]


def test_the_latest_defaults_before_a_proxy_count() -> None:
    text = "defaults\n mode http\nfrontend a\n bind :81\ndefaults\n mode tcp\nfrontend b\n bind :82\n"
    assert [proxy.mode for proxy in haproxy(text).frontends()] == ["http", "tcp"]


def test_defaults_take_nothing_over_unless_they_say_so() -> None:
    text = "defaults a\n mode http\ndefaults b\n option httplog\ndefaults c from a\n option httplog\n"
    found = haproxy(text + "frontend x from b\n bind :81\nfrontend y from c\n bind :82\n")
    assert [proxy.mode for proxy in found.frontends()] == ["tcp", "http"]


def test_an_option_is_taken_back() -> None:
    text = "defaults\n mode http\n option dontlog-normal\nfrontend a\n bind :81\n no option dontlog-normal\n"
    (proxy,) = haproxy(text).frontends()
    assert proxy.option("dontlog-normal") is False


def test_a_condition_without_a_term_is_never_met() -> None:
    text = "defaults\n mode http\nfrontend a\n bind :81\n http-request deny if\n default_backend app\n" + APP
    assert kind(text, Request()) is Kind.SERVERS


def test_other_methods_pass_the_statistics_by() -> None:
    text = "defaults\n mode http\nfrontend a\n bind :81\n stats uri /s\n default_backend app\n" + APP
    assert kind(text, Request(path="/s")) is Kind.STATISTICS
    assert kind(text, Request(path="/s", method="PUT")) is Kind.SERVERS


def test_statistics_of_defaults_are_left_behind_by_a_line_of_ones_own() -> None:
    text = (
        "defaults\n mode http\n stats auth watch:sample\nfrontend a\n bind :81\n stats uri /s\nfrontend b\n bind :82\n"
    )
    assert kind(text, Request(path="/s")) is Kind.STATISTICS
    assert kind(text, Request(path="/haproxy?stats"), frontend=1) is Kind.LOGIN


def test_rules_of_tcp_requests_in_a_backend_are_asked() -> None:
    text = "defaults\n mode http\nfrontend a\n bind :81\n default_backend app\n"
    text += APP + "  tcp-request content reject unless { src 127.0.0.0/8 }\n"
    assert kind(text, Request(source="127.0.0.1")) is Kind.SERVERS
    assert kind(text, Request()) is Kind.CLOSED


def test_a_path_has_no_query() -> None:
    text = (
        "defaults\n mode http\nfrontend a\n bind :81\n http-request deny if { path /a }\n default_backend app\n" + APP
    )
    assert kind(text, Request(path="/a?b")) is Kind.DENIED


@pytest.mark.parametrize(
    "text",
    [
        "defaults a\n http-request deny\nlisten l from a\n bind :81\n",
        "defaults a\n http-request deny\nfrontend f from a\n bind :81\nbackend b from a\n",
        "defaults a\n http-request deny\ndefaults b from a\n",
        "defaults a\n mode http\ndefaults a\n mode http\nfrontend f from a\n bind :81\n",
        "frontend f from later\n bind :81\ndefaults later\n mode http\n",
        "listen l\n bind :81\n stats http-request allow\n stats auth watch:sample\n",
        "backend b\n tcp-request connection accept\n",
        "backend b\n default-server ssl\n server s 127.0.0.1:1 no-ssl\n",
        "backend b\n server s 127.0.0.1:1 check check-ssl\n",
        "global\n ssl-server-verify none\nbackend b\n server s 127.0.0.1:1 ssl verify required\n",
        "frontend f\n bind 7999\n",
        "frontend f\n bind :81\n default_backend none\n",
        "defaults\n timeout client soon\n",
        "frontend f\n bind :443 ssl crt a.pem no-tlsv12 no-tlsv13\n",
        "frontend f\n bind :81\n.if 1\n",
        "frontend f\n bind :81",
    ],
)
def test_what_is_refused(text: str) -> None:
    assert haproxy("global\n maxconn 10\n" + text).refused


@pytest.mark.parametrize(
    "text",
    [
        "backend b\n bind 127.0.0.1:7999\n",
        "global\n ssl-server-verify none\nbackend b\n server s 127.0.0.1:1 ssl\n",
        "frontend f\n bind :81\n redirect scheme https if\n",
        "frontend f\n bind :443 ssl strict-sni\n",
        "defaults a\n http-request deny\ndefaults\nfrontend f from a\n bind :81\nbackend b\n",
        "frontend same\n bind :81\nbackend same\n",
        "frontend f\n bind :443 ssl crt a.pem ssl-min-ver TLSv1.2 no-tlsv12 no-tlsv13\n",
    ],
)
def test_what_is_not_refused(text: str) -> None:
    assert not haproxy("global\n maxconn 10\n" + text).refused


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ("", ("TLSv1.2", "TLSv1.3")),
        ("ssl-min-ver TLSv1.0 no-tlsv10 no-tlsv11", ("TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3")),
        ("ssl-max-ver TLSv1.1", ("TLSv1.1",)),
        ("no-tlsv12", ("TLSv1.3",)),
        ("force-tlsv10 ssl-max-ver TLSv1.2", ("TLSv1.0", "TLSv1.1", "TLSv1.2")),
    ],
)
def test_versions(options: str, names: tuple[str, ...]) -> None:
    found = haproxy(f"frontend f\n bind :443 ssl crt a.pem {options}\ndefaults\n")
    (proxy,) = found.frontends()
    versions = found.versions(found.known_binds(proxy)[0])
    assert not isinstance(versions, Unknown)
    assert versions.names == names


def test_a_global_section_behind_a_listener_comes_too_late() -> None:
    late = "frontend f\n bind :443 ssl crt a.pem\nglobal\n ssl-default-bind-options ssl-min-ver TLSv1.0\n"
    found = haproxy(late)
    (proxy,) = found.frontends()
    versions = found.versions(found.known_binds(proxy)[0])
    assert not isinstance(versions, Unknown)
    assert not versions.old


def test_default_server_counts_for_the_servers_behind_it() -> None:
    text = (
        "defaults\n mode http\nbackend b\n server a 10.0.0.1:1\n default-server ssl verify none\n server b 10.0.0.2:1\n"
    )
    assert [server.is_tls for server in servers(text + " server c 10.0.0.3:1 no-ssl\n")] == [False, True, False]


def test_a_variable_is_read_within_double_quotes_only() -> None:
    compose = """
services:
  proxy:
    image: haproxy:3.0
    environment: {SECRET_PATH: /a}
    volumes: ["./haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro"]
    ports: ["80:80"]
"""
    rules = """defaults
 mode http
frontend a
 bind :80
 http-request deny if { path_beg "$SECRET_PATH" }
 http-request deny if { path_beg '$NOTHING' }
 default_backend app
"""
    found = only({"compose.yaml": compose, "haproxy.cfg": rules + APP})
    (frontend,) = found.frontends()
    assert found.version == "3.0"
    assert found.exposure.reach is Reach.PUBLISHED
    outcomes = [next(iter(found.answers(frontend, Request(path=path)))) for path in ("/a/x", "/b")]
    assert [outcome.kind for outcome in outcomes if isinstance(outcome, Outcome)] == [Kind.DENIED, Kind.SERVERS]


def test_a_folder_of_parts_and_several_files() -> None:
    compose = """
services:
  proxy:
    image: haproxy:2.8
    command: ["-f", "/usr/local/etc/haproxy/haproxy.cfg", "-f", "/conf"]
    volumes: ["./haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro", "./parts:/conf:ro"]
"""
    files = {
        "compose.yaml": compose,
        "haproxy.cfg": "defaults\n mode http\n",
        "parts/20-app.cfg": APP,
        "parts/10-front.cfg": "frontend a\n bind :80\n default_backend app\n",
    }
    found = only(files)
    assert not found.refused
    assert [proxy.name for proxy in found.proxies] == ["a", "app"]
    assert len(found.consumed) == 3


def test_conf_d_belongs_to_the_file_beside_it() -> None:
    found = only(
        {"etc/haproxy/haproxy.cfg": "defaults\n mode http\n", "etc/haproxy/conf.d/a.cfg": "frontend a\n bind :80\n"}
    )
    assert [proxy.mode for proxy in found.proxies] == ["http"]


def test_a_unit_that_names_the_file() -> None:
    unit = "[Service]\nExecStart=/usr/sbin/haproxy -Ws -dV -f /etc/haproxy/site.cfg -p /run/haproxy.pid\n"
    text = "defaults\n mode http\nfrontend a\n bind :80\n default_backend b\nbackend b\n server s 10.0.0.1:1 ssl ca-file c\n"
    found = only({"etc/systemd/system/haproxy.service": unit, "etc/haproxy/site.cfg": text})
    assert found.exposure.reach is Reach.HOST_NETWORK
    assert found.general("ssl-server-verify") == "none"


def test_a_template_leaves_its_own_lines_open() -> None:
    text = (
        "defaults\n mode http\nfrontend a\n{% if tls %}\n bind :443 ssl crt a.pem\n{% else %}\n bind :80\n{% endif %}\n"
    )
    found = only({"haproxy.cfg.j2": text})
    (frontend,) = found.frontends()
    assert all(isinstance(bind, Unknown) for bind in found.binds(frontend))


def test_the_default_file_of_debian() -> None:
    path = Path("/etc/haproxy/haproxy.cfg")
    if not path.exists():
        pytest.skip("haproxy is not installed")
    found = haproxy(path.read_text())
    assert not found.refused
    assert [socket.options.get("mode") for socket in found.sockets()] == ["660"]


def test_no_password_is_shown() -> None:
    text = "userlist u\n user nurse insecure-password fake-sample-secret\nlisten s\n bind :81\n mode http\n stats auth a:fake-sample-secret\n"
    found = haproxy(text)
    shown = [f"{setting.name} {setting.shown()}" for setting in found.shown_settings()]
    assert not any("fake-sample-secret" in text for text in [*shown, repr(found)])


def test_a_config_map_keeps_the_lines_of_its_file() -> None:
    manifests = """apiVersion: v1
kind: ConfigMap
metadata: {name: proxy}
data:
  haproxy.cfg: |
    defaults
      mode http
    frontend www
      bind :8080
      default_backend app
    backend app
      server app1 app:8000
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: proxy}
spec:
  selector: {matchLabels: {app: proxy}}
  template:
    metadata: {labels: {app: proxy}}
    spec:
      containers:
        - name: proxy
          image: haproxy:3.2
          volumeMounts: [{name: config, mountPath: /usr/local/etc/haproxy}]
      volumes: [{name: config, configMap: {name: proxy}}]
"""
    found = only({"proxy.yaml": manifests})
    (frontend,) = found.frontends()
    assert (frontend.at.path, frontend.at.line) == ("proxy.yaml", 8)
    assert found.exposure.reach is Reach.CONTAINER_NETWORK


def test_a_file_that_an_image_copies_is_judged_through_it() -> None:
    dockerfile = "FROM haproxy:2.1\nCOPY haproxy.cfg /usr/local/etc/haproxy/haproxy.cfg\n"
    found = only(
        {"Dockerfile": dockerfile, "haproxy.cfg": "defaults\n mode http\nfrontend a\n bind :443 ssl crt a.pem"}
    )
    assert not found.refused, "2.1 takes a last line without a line feed"
    (frontend,) = found.frontends()
    versions = found.versions(found.known_binds(frontend)[0])
    assert not isinstance(versions, Unknown)
    assert versions.old == ("TLSv1.0", "TLSv1.1"), "before 2.2 no least version is set"


def test_addresses_and_modes_that_are_not_known_end_undecided() -> None:
    filled = haproxy("defaults\n mode http\nfrontend a\n bind :80\nfrontend b\n bind ${ADDRESS} ssl crt ${FILE}\n")
    seen: list[str] = []
    with pytest.raises(UndecidedError):
        seen.extend(proxy.name for proxy in filled.listening(filled.web()))
    part = only({"conf/haproxy/part.cfg": "frontend a\n bind :80\n default_backend b\n"})
    with pytest.raises(UndecidedError):
        list(part.web())


def test_a_runtime_api_on_tcp_is_reached_where_it_listens_itself() -> None:
    found = haproxy("global\n  stats socket ipv4@0.0.0.0:9999 level admin\n")  # read
    (socket,) = found.sockets()
    assert found.reach(socket).reach is Reach.HOST_NETWORK


def test_or_is_read_in_any_case_and_if_is_not() -> None:
    rule = "frontend a\n bind :81\n acl x path /x\n acl y path /y\n http-request deny {} x OR y\n default_backend app\n"
    text = f"defaults\n mode http\n{rule.format('if')}{APP}"
    assert kind(text, Request(path="/y")) is Kind.DENIED
    assert kind(text, Request(path="/z")) is Kind.SERVERS


@pytest.mark.parametrize(
    ("time", "refused"), [("15min", False), ("5s", False), ("15x", True), ("5u", True), ("5.5s", True)]
)
def test_letters_behind_a_unit_of_time_only_warn(time: str, refused: bool) -> None:
    assert bool(haproxy(f"defaults\n mode http\n timeout client {time}\nfrontend a\n bind :81\n").refused) is refused


@pytest.mark.parametrize(
    ("level", "own", "kinds", "is_doubted"),
    [
        ("connection", "", Kind.SERVERS, True),
        ("session", "", Kind.SERVERS, True),
        ("connection", " tcp-request connection accept if { src 192.0.2.1 }\n", Kind.CLOSED, False),
        ("content", "", Kind.CLOSED, False),
    ],
)
def test_releases_pass_connection_rules_of_defaults_over_where_the_frontend_has_none(
    level: str, own: str, kinds: Kind, is_doubted: bool
) -> None:
    text = f"defaults d\n mode http\n tcp-request {level} reject if {{ src 203.0.113.0/24 }}\ndefaults e\n mode http\n"
    text += f"frontend a from d\n bind :81\n{own} default_backend app\n{APP.replace('app', 'app from e', 1)}"
    found = haproxy(text)
    (outcome,) = found.answers(next(found.frontends()), Request(source="203.0.113.9"))
    assert isinstance(outcome, Outcome)
    assert (outcome.kind, bool(outcome.doubts)) == (kinds, is_doubted)
