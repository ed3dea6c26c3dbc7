"""Who is reached from outside through a proxy: the rows of the manual's table, and each kind of proxy."""

import re
from pathlib import Path

import pytest

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.linking import Upstream
from auditor.model.workload import Workload
from auditor.scan import Estate, take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.nginx import Nginx

MANUAL = Path(__file__).parents[2] / "docs/effective-configuration.md"
Files = dict[str, str]

PASSES = "events { }\nstream {\n  server {\n    listen 6379;\n    proxy_pass HOST;\n  }\n}\n"


def nginx(host: str = "cache:6379") -> str:
    return PASSES.replace("HOST", host)


def project(
    *, ports: str = "ports: ['6379:6379']", proxy: str = "", cache: str = "", rest: str = "", conf: str | None = None
) -> Files:
    """Return a project with a Redis and an nginx that passes connections on to it."""
    return {
        "compose.yaml": f"""\
services:
  proxy:
    image: nginx:1.27
    volumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro']
    {ports}
    {proxy}
  cache:
    image: redis:7.4
    {cache}
{rest}""",
        "nginx.conf": conf if conf is not None else nginx(),
    }


def other_project() -> Files:
    files = project()
    proxy, cache = files["compose.yaml"].split("  cache:\n")
    return {
        "front/compose.yaml": proxy,
        "front/nginx.conf": nginx(),
        "data/compose.yaml": f"services:\n  cache:\n{cache}",
    }


NETWORKS = "networks:\n  front: {}\n  data: {internal: true}\n"
WEB = """\
events { }
http {
  server {
    listen 6379;
    location / {
      LIMIT
      proxy_pass http://cache:6379;
    }
  }
}
"""
CHAIN = """\
  first:
    image: haproxy:3.0
    ports: ['6379:6379']
    volumes: ['./haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro']
"""
CHAINED = """\
defaults
  mode tcp
listen redis
  bind :6379
  server proxy proxy:6379
"""
PODS = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: proxy, namespace: clinic}
data:
  nginx.conf: |
    events { }
    stream {
      server {
        listen 6379;
        proxy_pass HOST;
      }
    }
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: proxy, namespace: clinic}
spec:
  template:
    metadata: {labels: {app: proxy}}
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
          volumeMounts: [{name: conf, mountPath: /etc/nginx/nginx.conf, subPath: nginx.conf}]
        # BESIDE
      volumes: [{name: conf, configMap: {name: proxy}}]
---
apiVersion: v1
kind: Service
metadata: {name: proxy, namespace: clinic}
spec: {type: TYPE, selector: {app: proxy}, ports: [{port: 6379}]}
"""
CACHE = """\
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cache, namespace: NAMESPACE}
spec:
  template:
    metadata: {labels: {app: cache}}
    spec:
      containers: [{name: redis, image: 'redis:7.4'}]
---
apiVersion: v1
kind: Service
metadata: {name: store, namespace: NAMESPACE}
spec: {selector: {app: cache}, ports: [{port: 7000, targetPort: 6379}]}
"""
POLICY = """\
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cache, namespace: WHERE}
spec:
  podSelector: {matchLabels: {app: cache}}
  policyTypes: [Ingress]
  ingress:
    - from: [{podSelector: {matchLabels: {app: APP}}}]
      ports: [{port: PORT}]
"""
BESIDE = """\
- name: redis
          image: redis:7.4
          args: [--bind, 127.0.0.1]
"""


def cluster(
    host: str = "store:7000",
    kind: str = "LoadBalancer",
    *,
    namespace: str = "clinic",
    app: str = "",
    port: int = 6379,
    policy: str = "clinic",
) -> Files:
    """Return a cluster with a Redis behind a Service of another port, and an nginx that passes connections on."""
    text = PODS.replace("HOST", host).replace("TYPE", kind) + CACHE.replace("NAMESPACE", namespace)
    rules = POLICY.replace("APP", app).replace("PORT", str(port)).replace("WHERE", policy) if app else ""
    return {"k8s/all.yaml": text + rules}


def sidecar() -> Files:
    text = PODS.replace("HOST", "127.0.0.1:6379").replace("TYPE", "LoadBalancer").replace("# BESIDE", BESIDE)
    return {"k8s/all.yaml": text}


def host(*, conf: str | None = None, folder: str = "files") -> Files:
    """Return a host with a Redis on loopback and an nginx that passes connections on to it."""
    return {
        f"{folder}/etc/systemd/system/redis.service": "[Service]\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf\n",
        f"{folder}/etc/redis/redis.conf": "bind 127.0.0.1\n",
        "files/etc/systemd/system/nginx.service": "[Service]\nExecStart=/usr/sbin/nginx -c /etc/nginx/nginx.conf\n",
        "files/etc/nginx/nginx.conf": conf
        or PASSES.replace("listen 6379", "listen 16379").replace("HOST", "127.0.0.1:6379"),
    }


def published_on_loopback(*, second: str = "") -> Files:
    text = "services:\n  cache:\n    image: redis:7.4\n    ports: ['127.0.0.1:7000:6379']\n"
    files = {"app/compose.yaml": text, "app/nginx.conf": nginx("127.0.0.1:7000")}
    return {**files, "app/other/compose.yaml": text.replace("cache", "second")} if second else files


ROWS: dict[str, tuple[Files, Reach]] = {
    "Proxy: published, of the same Compose project": (project(), Reach.PUBLISHED),
    "Proxy: not published": (project(ports=""), Reach.CONTAINER_NETWORK),
    "Proxy: published on the host's loopback address": (
        project(ports="ports: ['127.0.0.1:6379:6379']"),
        Reach.CONTAINER_NETWORK,
    ),
    "Proxy: another of its ports is published": (project(ports="ports: ['443:443']"), Reach.CONTAINER_NETWORK),
    "Proxy: on the host's network": (project(ports="network_mode: host"), Reach.CONTAINER_NETWORK),
    "Proxy: on the host's network, to the port published on loopback": (
        project(ports="network_mode: host", cache="ports: ['127.0.0.1:7000:6379']", conf=nginx("127.0.0.1:7000")),
        Reach.HOST_NETWORK,
    ),
    "Proxy: of another Compose project": (other_project(), Reach.CONTAINER_NETWORK),
    "Proxy: on no network of the server's": (
        project(proxy="networks: [front]", cache="networks: [data]", rest=NETWORKS),
        Reach.CONTAINER_NETWORK,
    ),
    "Proxy: on an internal network with the server": (
        project(proxy="networks: [front, data]", cache="networks: [data]", rest=NETWORKS),
        Reach.PUBLISHED,
    ),
    "Proxy: to an address that a variable sets": (project(conf=nginx("$where")), Reach.CONTAINER_NETWORK),
    "Proxy: to another port of the server": (project(conf=nginx("cache:6380")), Reach.CONTAINER_NETWORK),
    "Proxy: lets in after a log-in only": (
        project(conf=WEB.replace("LIMIT", "auth_basic x; auth_basic_user_file /etc/nginx/users;")),
        Reach.CONTAINER_NETWORK,
    ),
    "Proxy: lets certain addresses in": (
        project(conf=WEB.replace("LIMIT", "allow 10.0.0.0/8; deny all;")),
        Reach.CONTAINER_NETWORK,
    ),
    "Proxy: lets everybody in": (project(conf=WEB.replace("LIMIT", "")), Reach.PUBLISHED),
    "Proxy: would not start": (project(conf=nginx() + "}\n"), Reach.CONTAINER_NETWORK),
    "Proxy: behind a proxy that is published": (
        {**project(ports="", rest=CHAIN), "haproxy.cfg": CHAINED},
        Reach.PUBLISHED,
    ),
    "Proxy: of the same namespace, behind a Service of type LoadBalancer": (cluster(), Reach.PUBLISHED),
    "Proxy: of the same namespace, behind a Service of type ClusterIP": (
        cluster(kind="ClusterIP"),
        Reach.CONTAINER_NETWORK,
    ),
    "Proxy: of another namespace, by the Service's whole name": (
        cluster("store.data.svc.cluster.local:7000", namespace="data"),
        Reach.PUBLISHED,
    ),
    "Proxy: of another namespace, by the Service's short name": (cluster(namespace="data"), Reach.CONTAINER_NETWORK),
    "Proxy: NetworkPolicy that lets the proxy in": (cluster(app="proxy"), Reach.PUBLISHED),
    "Proxy: NetworkPolicy that lets other Pods in": (cluster(app="api"), Reach.NAMED_PEERS),
    "Proxy: NetworkPolicy that lets the proxy in at another port": (cluster(app="proxy", port=1), Reach.NAMED_PEERS),
    "Proxy: NetworkPolicy that lets such Pods of another namespace in": (
        cluster("store.data:7000", namespace="data", app="proxy", policy="data"),
        Reach.NAMED_PEERS,
    ),
    "Proxy: of the same Pod, to a server on loopback": (sidecar(), Reach.PUBLISHED),
    "Proxy: of the same host, to a server on loopback": (host(), Reach.HOST_NETWORK),
    "Proxy: of another host, to a server on loopback": (host(folder="other"), Reach.LOOPBACK),
    "Proxy: a file beside the project, to the port published on loopback": (
        published_on_loopback(),
        Reach.HOST_NETWORK,
    ),
    "Proxy: a file beside two projects that publish the port": (
        published_on_loopback(second="yes"),
        Reach.CONTAINER_NETWORK,
    ),
}


def estate_of(files: Files) -> Estate:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return estate


def exposures(files: Files, technology: str) -> list[Exposure]:
    facts = estate_of(files).facts
    return [fact.exposure for fact in facts if isinstance(fact, Service) and fact.technology == technology]


@pytest.mark.parametrize("title", list(ROWS))
def test_each_row(title: str) -> None:
    files, reach = ROWS[title]
    found = exposures(files, "redis")
    assert {each.reach for each in found} == {reach}, [each.reason for each in found]


def test_the_manual_has_the_same_rows() -> None:
    rows = re.findall(r"^\| (Proxy: .*?) \| (.*?) \|", MANUAL.read_text("utf-8"), re.M)
    assert rows == [(title, reach.value) for title, (_, reach) in ROWS.items()]


TRAEFIK = """\
services:
  proxy:
    image: traefik:v3.3
    command: ["--providers.PROVIDER", "--entrypoints.one.address=:6379"]
    ports: ['6379:6379']
    volumes: ['./traefik:/etc/traefik']
  cache:
    image: redis:7.4
    labels:
LABELS
"""
ENVOY = """\
static_resources:
  listeners:
    - address: { socket_address: { address: 0.0.0.0, port_value: 6379 } }
      filter_chains:
        - filters:
            - typed_config:
                CONFIG
  clusters:
    - name: one
      load_assignment:
        endpoints:
          - lb_endpoints:
              - endpoint: { address: { socket_address: { address: cache, port_value: 6379 } } }
"""
TCP_PROXY = '{"@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy, stat_prefix: a, cluster: one}'
MANAGER = (
    '{"@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager, '
    "stat_prefix: a, http_filters: [FILTER], "
    "route_config: {virtual_hosts: [{name: a, domains: ['*'], routes: [{match: {prefix: /}, route: {cluster: one}}]}]}}"
)
RBAC = '{typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC}}'
ROUTER = '{typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}}'
APACHE = """\
ServerRoot "/usr/local/apache2"
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule authz_host_module modules/mod_authz_host.so
LoadModule unixd_module modules/mod_unixd.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
Listen 6379
ProxyPass "/" "SCHEME://cache:6379/"
<Location "/">
  Require REQUIRED
</Location>
"""


def haproxy(*, mode: str = "tcp", rule: str = "", options: str = "") -> Files:
    conf = "userlist staff\n  user one password $5$fake\n"
    conf += f"defaults\n  mode {mode}\nfrontend one\n  bind :6379 {options}\n  {rule}\n  default_backend two\n"
    return _behind("haproxy:3.0", "/usr/local/etc/haproxy/haproxy.cfg", f"{conf}backend two\n  server x cache:6379\n")


def _behind(image: str, path: str, conf: str) -> Files:
    files = project(conf=conf)
    text = files["compose.yaml"].replace("nginx:1.27", image).replace("/etc/nginx/nginx.conf", path)
    return {**files, "compose.yaml": text}


def traefik(*labels: str, provider: str = "docker=true", **files: str) -> Files:
    lines = "\n".join(f"      - {label!r}" for label in labels or ("none=none",))
    folder = {f"traefik/{name}.yml": text for name, text in files.items()}
    return {"compose.yaml": TRAEFIK.replace("PROVIDER", provider).replace("LABELS", lines), **folder}


ROUTED = ("traefik.http.routers.a.rule=PathPrefix(`/`)", "traefik.http.services.a.loadbalancer.server.port=6379")
TCP_ROUTED = ("traefik.tcp.routers.a.rule=HostSNI(`*`)", "traefik.tcp.services.a.loadbalancer.server.port=6379")
FILE = """\
http:
  routers: {a: {rule: 'PathPrefix(`/`)', service: s}}
  services: {s: {loadBalancer: {servers: [{url: 'http://cache:6379'}]}}}
"""
TCP_FILE = """\
tcp:
  routers: {a: {rule: 'HostSNI(`*`)', service: s}}
  services: {s: {loadBalancer: {servers: [{address: 'cache:6379'}]}}}
"""
ASKS = ("traefik.http.routers.a.middlewares=x", "traefik.http.middlewares.x.basicauth.users=a:b")


def envoy(config: str) -> Files:
    return _behind("envoyproxy/envoy:v1.31.0", "/etc/envoy/envoy.yaml", ENVOY.replace("CONFIG", config))


def apache(scheme: str = "http", required: str = "all granted") -> Files:
    conf = APACHE.replace("SCHEME", scheme).replace("REQUIRED", required)
    return _behind("httpd:2.4", "/usr/local/apache2/conf/httpd.conf", conf)


KINDS: dict[str, tuple[Files, bool]] = {
    "nginx by http": (project(conf=WEB.replace("LIMIT", "")), True),
    "nginx by an upstream": (
        project(conf=nginx("all").replace("stream {", "stream {\n  upstream all { server cache:6379; }")),
        True,
    ),
    "nginx to a server that is down": (
        project(conf=nginx("all").replace("stream {", "stream {\n  upstream all { server cache:6379 down; }")),
        False,
    ),
    "nginx by FastCGI, which clients of nginx cannot speak": (
        project(conf=WEB.replace("LIMIT", "").replace("proxy_pass http://", "fastcgi_pass ")),
        False,
    ),
    "nginx at one path": (project(conf=WEB.replace("LIMIT", "").replace("location /", "location = /ping")), False),
    "nginx to clients with a certificate": (
        project(
            conf=WEB.replace("listen 6379", "listen 6379 ssl; ssl_certificate /c; ssl_certificate_key /k").replace(
                "LIMIT", "ssl_verify_client on; ssl_client_certificate /ca;"
            )
        ),
        False,
    ),
    "HAProxy by tcp": (haproxy(), True),
    "HAProxy that turns addresses away": (haproxy(rule="tcp-request connection reject if !{ src 10.0.0.0/8 }"), False),
    "HAProxy that would not start": (haproxy(rule="use_backend nowhere"), False),
    "HAProxy by http": (haproxy(mode="http"), True),
    "HAProxy that asks for a log-in": (
        haproxy(mode="http", rule="http-request auth unless { http_auth(staff) }"),
        False,
    ),
    "HAProxy to clients with a certificate": (haproxy(options="ssl crt /c.pem ca-file /ca.pem verify required"), False),
    "Apache": (apache(), True),
    "Apache for one address": (apache(required="ip 10.1.2.3"), False),
    "Apache by AJP, which clients of Apache cannot speak": (apache(scheme="ajp"), False),
    "Traefik by labels": (traefik(*ROUTED), True),
    "Traefik by labels, switched off": (traefik(*ROUTED, "traefik.enable=false"), False),
    "Traefik by labels, with a log-in": (traefik(*ROUTED, *ASKS), False),
    "Traefik by labels without a port": (traefik(ROUTED[0]), False),
    "Traefik by labels for tcp": (traefik(*TCP_ROUTED), True),
    "Traefik by a file": (traefik(provider="file.filename=/etc/traefik/a.yml", a=FILE), True),
    "Traefik by a file that it does not read": (
        traefik(provider="file.filename=/etc/traefik/b.yml", a=FILE, b="{}\n"),
        False,
    ),
    "Traefik by a file for tcp": (traefik(provider="file.filename=/etc/traefik/a.yml", a=TCP_FILE), True),
    "Envoy by tcp": (envoy(TCP_PROXY), True),
    "Envoy by http": (envoy(MANAGER.replace("FILTER", ROUTER)), True),
    "Envoy that would not start": (
        envoy(
            MANAGER.replace("FILTER", ROUTER).replace(
                "routes: [", "routes: [{match: {path: /x}, route: {cluster: no}}, "
            )
        ),
        False,
    ),
    "Envoy with rules of who may": (envoy(MANAGER.replace("FILTER", f"{RBAC}, {ROUTER}")), False),
}


@pytest.mark.parametrize("title", list(KINDS))
def test_each_kind_of_proxy(title: str) -> None:
    files, reached = KINDS[title]
    (found,) = exposures(files, "redis")
    assert found.reach is (Reach.PUBLISHED if reached else Reach.CONTAINER_NETWORK), found.reason
    assert (found.through == "proxy") is reached


NAMES: dict[str, tuple[Files, bool]] = {
    "container_name": (project(cache="container_name: store", conf=nginx("store:6379")), True),
    "an alias": (project(cache="networks: {default: {aliases: [store]}}", conf=nginx("store:6379")), True),
    "an alias on a network that the proxy is not on": (
        project(
            proxy="networks: [front]",
            cache="networks: {front: {}, data: {aliases: [store]}}",
            rest=NETWORKS,
            conf=nginx("store:6379"),
        ),
        False,
    ),
    "a link": (project(proxy="links: ['cache:store']", conf=nginx("store:6379")), True),
    "a link of another service": (
        project(conf=nginx("store:6379"), rest="  other:\n    image: example/other:1\n    links: ['cache:store']\n"),
        False,
    ),
    "loopback of a shared network": (
        project(ports="network_mode: service:cache", cache="ports: ['6379:6380']", conf=nginx("localhost:6379")),
        False,
    ),
    "the service whose network it shares": (
        project(cache="network_mode: service:vpn", rest="  vpn:\n    image: example/vpn:1\n", conf=nginx("vpn:6379")),
        True,
    ),
    "its own name, though it shares another one's network": (
        project(cache="network_mode: service:vpn", rest="  vpn:\n    image: example/vpn:1\n"),
        False,
    ),
    "an alias that two services have": (
        project(
            cache="networks: {default: {aliases: [store]}}",
            rest="  second:\n    image: example/x:1\n    networks: {default: {aliases: [store]}}\n",
            conf=nginx("store:6379"),
        ),
        False,
    ),
}


@pytest.mark.parametrize("title", list(NAMES))
def test_each_way_of_naming(title: str) -> None:
    files, reached = NAMES[title]
    (found,) = exposures(files, "redis")
    assert (found.reach is Reach.PUBLISHED) is reached, found.reason


@pytest.mark.parametrize(("address", "reached"), [("", True), ("127.0.0.1:", True), ("10.0.0.5:", False)])
def test_loopback_of_the_host_leads_to_what_is_published_on_it(address: str, reached: bool) -> None:
    cache = f"ports: ['{address}7000:6380']"
    files = project(ports="network_mode: host", cache=cache, conf=nginx("127.0.0.1:7000"))
    (proxy,) = [fact for fact in estate_of(files).facts if isinstance(fact, Service) and fact.technology == "nginx"]
    assert bool(proxy.behind) is reached


@pytest.mark.parametrize(("others", "reach"), [(38, Reach.HOST_NETWORK), (60, Reach.LOOPBACK)])
def test_of_very_many_programs_on_a_host_none_is_taken_for_the_one_that_listens(others: int, reach: Reach) -> None:
    units = {f"files/etc/systemd/system/u{i}.service": "[Service]\nExecStart=/usr/bin/example\n" for i in range(others)}
    (found,) = exposures({**host(), **units}, "redis")
    assert found.reach is reach


def test_a_file_that_is_included_shares_the_network() -> None:
    files = project()
    proxy, cache = files["compose.yaml"].split("  cache:\n")
    files = {**files, "compose.yaml": f"include: [data/compose.yaml]\n{proxy}"}
    (found,) = exposures({**files, "data/compose.yaml": f"services:\n  cache:\n{cache}"}, "redis")
    assert found.reach is Reach.PUBLISHED


def test_a_variant_with_the_proxy_reaches_the_services_that_it_builds_on() -> None:
    files = project()
    proxy, cache = files["compose.yaml"].split("  cache:\n")
    files["compose.yaml"] = f"services:\n  api: {{image: 'example/api:1'}}\n  cache:\n{cache}"
    (found,) = exposures({**files, "compose.prod.yaml": f"{proxy}  api: {{restart: always}}\n"}, "redis")
    assert found.reach is Reach.PUBLISHED


def test_a_variant_with_a_server_of_its_own_leaves_the_one_that_it_builds_on_alone() -> None:
    files = project()
    proxy, cache = files["compose.yaml"].split("  cache:\n")
    files["compose.yaml"] = f"services:\n  api: {{image: 'example/api:1'}}\n  cache:\n{cache}"
    variant = f"{proxy}  api: {{restart: always}}\n  cache: {{restart: always}}\n"
    facts = estate_of({**files, "compose.prod.yaml": variant}).facts
    found = {fact.component: fact.exposure.reach for fact in facts if isinstance(fact, Service)}
    assert found["cache"] is Reach.CONTAINER_NETWORK
    assert found["compose.prod.yaml:cache"] is Reach.PUBLISHED


def test_a_proxy_that_passes_bytes_on_counts_before_one_that_ends_connections() -> None:
    conf = "events { }\nhttp { server { listen 80; location / { proxy_pass http://cache:6379; } } }\n" + nginx()[11:]
    (found,) = exposures(project(ports="ports: ['80:80', '6379:6379']", conf=conf), "redis")
    assert found.in_clear.reach is Reach.PUBLISHED, found.in_clear.reason


def test_a_proxy_is_not_behind_itself() -> None:
    conf = WEB.replace("LIMIT", "").replace("cache:6379", "127.0.0.1:8080")
    estate = estate_of(project(conf=conf))
    (proxy,) = [fact for fact in estate.facts if isinstance(fact, Service) and fact.technology == "nginx"]
    assert not proxy.behind
    assert not any(fact.passages for fact in estate.facts if isinstance(fact, Workload))


def test_a_network_that_two_projects_share_by_its_name() -> None:
    shared = "networks:\n  default: {name: clinic}\n"
    files = other_project()
    files = {path: text + shared * path.endswith("compose.yaml") for path, text in files.items()}
    assert [each.reach for each in exposures(files, "redis")] == [Reach.PUBLISHED]


def test_the_reason_names_the_proxy_its_port_and_what_is_handed_on() -> None:
    conf = WEB.replace("listen 6379", "listen 443 ssl; ssl_certificate /c; ssl_certificate_key /k")
    (found,) = exposures(project(ports="ports: ['443:443']", conf=conf.replace("LIMIT", "")), "redis")
    assert found.reason == (
        "it is reached through nginx (proxy), port 443 with TLS, location /, handed on in clear to port 6379; "
        "there, port 443 is published on all addresses (ports)"
    )
    assert found.at is not None
    assert (found.at.path, found.at.line) == ("nginx.conf", 7)


@pytest.mark.parametrize(
    ("files", "reach"),
    [
        (project(), Reach.PUBLISHED),
        (project(conf=WEB.replace("LIMIT", "")), Reach.CONTAINER_NETWORK),
        (haproxy(options="ssl crt /c.pem"), Reach.CONTAINER_NETWORK),
    ],
)
def test_what_is_sent_in_clear_is_read_where_the_connection_of_clients_goes(files: Files, reach: Reach) -> None:
    (found,) = exposures(files, "redis")
    assert found.reach is Reach.PUBLISHED
    assert found.in_clear.reach is reach


def test_proxies_that_hand_on_to_each_other_end() -> None:
    conf = CHAINED.replace("proxy proxy", "proxy cache") + "listen back\n  bind :6380\n  server proxy proxy:6379\n"
    files = {**project(conf=nginx("first:6380"), rest=CHAIN), "haproxy.cfg": conf}
    (found,) = exposures(files, "redis")
    assert found.through == "first"


def test_a_workload_without_a_known_server_is_shown_with_its_way_in() -> None:
    files = project(conf=nginx("cache:8000"))
    files["compose.yaml"] = files["compose.yaml"].replace("redis:7.4", "example/app:1")
    (app,) = [fact for fact in estate_of(files).facts if isinstance(fact, Workload) and fact.name == "cache"]
    assert app.exposure(8000).reach is Reach.PUBLISHED
    assert app.exposure(8001).reach is Reach.CONTAINER_NETWORK


def test_the_proxy_knows_what_answers_behind_it() -> None:
    conf = WEB.replace("LIMIT", "auth_basic x; auth_basic_user_file /etc/nginx/users;")
    (proxy,) = [
        fact for fact in estate_of(project(conf=conf)).facts if isinstance(fact, Service) and fact.technology == "nginx"
    ]
    ((at, (behind,)),) = proxy.behind.items()
    assert (at.path, at.line, behind.component) == ("nginx.conf", 7, "cache")


def test_a_fault_of_a_proxy_costs_what_it_tells_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Nginx) -> list[Upstream]:
        raise ZeroDivisionError

    monkeypatch.setattr(Nginx, "hands_on", fail)
    estate = take_estate(MemoryTree(project()))
    assert [(fault.technology, fault.path) for fault in estate.faults] == [("nginx", "compose.yaml")]
    assert {fact.technology for fact in estate.facts if isinstance(fact, Service)} == {"nginx", "redis"}


INGRESS = """\
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front, namespace: clinic}
spec:
  tls: [{secretName: front-tls}]
  rules:
    - http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: proxy, port: {number: 6379}}}}
"""


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("cache-0.store:6379", True),
        ("cache-1.store.clinic.svc:6379", True),
        ("cache-2.store:6379", False),
        ("cache-0.other:6379", False),
        ("cache-0:6379", False),
    ],
)
def test_a_pod_of_a_stateful_set_by_its_name(host: str, reached: bool) -> None:
    text = cluster(host)["k8s/all.yaml"].replace(
        "kind: Deployment\nmetadata: {name: cache, namespace: clinic}\nspec:\n",
        "kind: StatefulSet\nmetadata: {name: cache, namespace: clinic}\nspec:\n  serviceName: store\n  replicas: 2\n",
    )
    assert "StatefulSet" in text
    (found,) = exposures({"k8s/all.yaml": text}, "redis")
    assert (found.reach is Reach.PUBLISHED) is reached


def test_tls_that_ends_before_the_proxy_has_ended_for_what_is_behind_it() -> None:
    files = cluster(kind="ClusterIP")
    (found,) = exposures({"k8s/all.yaml": files["k8s/all.yaml"] + INGRESS}, "redis")
    assert found.reach is Reach.PUBLISHED
    assert found.tls_ends
    assert found.in_clear.reach is Reach.CONTAINER_NETWORK
    assert "Ingress front" in found.reason
