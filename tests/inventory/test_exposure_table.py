"""The table of exposures in the manual: each row is a scan, and each is told from its neighbours by one line."""

import re
from pathlib import Path

import pytest

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.severity import Severity
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

MANUAL = Path(__file__).parents[2] / "docs/effective-configuration.md"


def compose(*lines: str, rest: str = "") -> dict[str, str]:
    inside = "".join(f"    {line}\n" for line in lines)
    return {"compose.yaml": f"services:\n  cache:\n    image: redis:7.4\n{inside}{rest}"}


def unit(*lines: str, conf: str = "bind 0.0.0.0\n") -> dict[str, str]:
    text = "\n".join(["[Service]", "ExecStart=/usr/bin/redis-server /etc/redis/redis.conf", *lines, ""])
    return {"etc/systemd/system/redis.service": text, "etc/redis/redis.conf": conf}


POD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: cache}
spec:
  template:
    metadata: {labels: {app: cache}}
    spec:
      HOST
      containers:
        - name: cache
          image: redis:7.4
          ports: [{containerPort: 6379}]
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: cache}
spec:
  type: TYPE
  selector: {app: cache}
  ports: [{port: 6379}]
"""
POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cache}
spec:
  podSelector: SELECTOR
  policyTypes: [Ingress]
  ingress: RULES
"""
INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front}
spec:
  rules:
    - http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: NAME, port: {number: 6379}}}}
"""
ROUTE = """\
apiVersion: route.openshift.io/v1
kind: Route
metadata: {name: front}
spec:
  to: {kind: Service, name: cache}
"""
HTTP_ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: front}
spec:
  parentRefs: [{name: gate}]
  rules:
    - backendRefs: [{name: cache, port: 6379}]
"""
NAMED = "[{from: [{podSelector: {matchLabels: {app: api}}}]}]"


def pod(*others: str, host: str = "terminationGracePeriodSeconds: 5") -> dict[str, str]:
    return {"k8s/all.yaml": "---\n".join([POD.replace("HOST", host), *others])}


def service(kind: str) -> str:
    return SERVICE.replace("TYPE", kind)


def policy(rules: str = NAMED, selector: str = "{matchLabels: {app: cache}}") -> str:
    return POLICY.replace("SELECTOR", selector).replace("RULES", rules)


INTERNAL = "networks:\n  data: {internal: true}\n  front: {}\n"
ROWS: dict[str, tuple[dict[str, str], Reach]] = {
    "Host: the server listens on loopback addresses only": (unit(conf="bind 127.0.0.1\n"), Reach.LOOPBACK),
    "Host: the server listens on another address": (unit(conf="bind 127.0.0.1 10.0.0.5\n"), Reach.HOST_NETWORK),
    "Host: systemd `PrivateNetwork=yes`": (unit("PrivateNetwork=yes"), Reach.LOOPBACK),
    "Host: systemd `IPAddressDeny=any`, only local addresses allowed": (
        unit("IPAddressDeny=any", "IPAddressAllow=localhost"),
        Reach.LOOPBACK,
    ),
    "Host: systemd `IPAddressDeny=any`, a network allowed": (
        unit("IPAddressDeny=any", "IPAddressAllow=10.0.0.0/8"),
        Reach.HOST_NETWORK,
    ),
    "Compose: no `ports`": (compose(), Reach.CONTAINER_NETWORK),
    "Compose: `expose` only": (compose("expose: ['6379']"), Reach.CONTAINER_NETWORK),
    "Compose: `ports` on all addresses": (compose("ports: ['6379:6379']"), Reach.PUBLISHED),
    "Compose: `ports` on one address of the host": (compose("ports: ['10.0.0.5:6379:6379']"), Reach.PUBLISHED),
    "Compose: `ports` on the host's loopback address": (
        compose("ports: ['127.0.0.1:6379:6379']"),
        Reach.CONTAINER_NETWORK,
    ),
    "Compose: `ports` of another port": (compose("ports: ['9121:9121']"), Reach.CONTAINER_NETWORK),
    "Compose: `ports` with an address that a variable sets": (
        compose("ports: ['${ADDRESS}:6379:6379']"),
        Reach.UNKNOWN,
    ),
    "Compose: `ports`, but internal networks only": (
        compose("ports: ['6379:6379']", "networks: [data]", rest=INTERNAL),
        Reach.CONTAINER_NETWORK,
    ),
    "Compose: `ports`, an internal network and another one": (
        compose("ports: ['6379:6379']", "networks: [data, front]", rest=INTERNAL),
        Reach.PUBLISHED,
    ),
    "Compose: `network_mode: host`": (compose("network_mode: host"), Reach.HOST_NETWORK),
    "Compose: `network_mode: none`": (compose("network_mode: none"), Reach.LOOPBACK),
    "Compose: the network of a service that publishes the port": (
        compose("network_mode: service:vpn", rest="  vpn:\n    image: example/vpn:1\n    ports: ['6379:6379']\n"),
        Reach.PUBLISHED,
    ),
    "Compose: the network of a service that publishes another port": (
        compose("network_mode: service:vpn", rest="  vpn:\n    image: example/vpn:1\n    ports: ['8080:8080']\n"),
        Reach.CONTAINER_NETWORK,
    ),
    "Compose: the network of a container that is not in the file": (
        compose("network_mode: container:vpn"),
        Reach.UNKNOWN,
    ),
    "Container: the server listens on loopback addresses only": (
        compose("command: [redis-server, --bind, 127.0.0.1]", "ports: ['6379:6379']"),
        Reach.LOOPBACK,
    ),
    "Kubernetes: no Service": (pod(), Reach.CONTAINER_NETWORK),
    "Kubernetes: Service of type ClusterIP": (pod(service("ClusterIP")), Reach.CONTAINER_NETWORK),
    "Kubernetes: Service of type NodePort": (pod(service("NodePort")), Reach.PUBLISHED),
    "Kubernetes: Service of type LoadBalancer": (pod(service("LoadBalancer")), Reach.PUBLISHED),
    "Kubernetes: Service whose type a template sets": (
        {
            "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
            "c/templates/all.yaml": pod(service("{{ .Values.type }}"))["k8s/all.yaml"],
        },
        Reach.UNKNOWN,
    ),
    "Kubernetes: Service of type LoadBalancer before other Pods": (
        pod(service("LoadBalancer").replace("app: cache", "app: web")),
        Reach.CONTAINER_NETWORK,
    ),
    "Kubernetes: Ingress to the Service": (
        pod(service("ClusterIP"), INGRESS.replace("NAME", "cache")),
        Reach.PUBLISHED,
    ),
    "Kubernetes: Ingress to another Service": (
        pod(service("ClusterIP"), INGRESS.replace("NAME", "web")),
        Reach.CONTAINER_NETWORK,
    ),
    "Kubernetes: Route of OpenShift to the Service": (pod(service("ClusterIP"), ROUTE), Reach.PUBLISHED),
    "Kubernetes: HTTPRoute to the Service": (pod(service("ClusterIP"), HTTP_ROUTE), Reach.PUBLISHED),
    "Kubernetes: `hostPort`": (
        {"k8s/all.yaml": POD.replace("HOST", "").replace("6379}", "6379, hostPort: 6379}")},
        Reach.PUBLISHED,
    ),
    "Kubernetes: `hostNetwork`": (pod(host="hostNetwork: true"), Reach.HOST_NETWORK),
    "Kubernetes: NetworkPolicy that lets named Pods in": (pod(policy()), Reach.NAMED_PEERS),
    "Kubernetes: NetworkPolicy that lets nobody in": (pod(policy("[]", "{}")), Reach.NAMED_PEERS),
    "Kubernetes: NetworkPolicy that lets all Pods of a namespace in": (
        pod(policy("[{from: [{podSelector: {}}]}]")),
        Reach.CONTAINER_NETWORK,
    ),
    "Kubernetes: NetworkPolicy that lets an address range in": (
        pod(policy("[{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]")),
        Reach.CONTAINER_NETWORK,
    ),
    "Kubernetes: NetworkPolicy that lets everybody in": (pod(policy("[{}]")), Reach.CONTAINER_NETWORK),
    "Kubernetes: a second NetworkPolicy that lets everybody in": (
        pod(policy(), policy("[{}]", "{}")),
        Reach.CONTAINER_NETWORK,
    ),
    "Kubernetes: NetworkPolicy for other Pods": (
        pod(policy(selector="{matchLabels: {app: web}}")),
        Reach.CONTAINER_NETWORK,
    ),
    "Kubernetes: NetworkPolicy for outgoing connections only": (
        pod(policy("[]").replace("[Ingress]", "[Egress]")),
        Reach.CONTAINER_NETWORK,
    ),
    "Kubernetes: NetworkPolicy of another namespace": (
        pod(policy().replace("metadata: {name: cache}", "metadata: {name: cache, namespace: web}")),
        Reach.CONTAINER_NETWORK,
    ),
    "Kubernetes: NetworkPolicy and a Service of type LoadBalancer": (
        pod(policy(), service("LoadBalancer")),
        Reach.PUBLISHED,
    ),
}


TLS = "  tls: [{secretName: front-tls}]\n"
EDGE = "  tls: {termination: edge}\n"
GATE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gate}
spec:
  listeners:
    - {name: web, port: 443, protocol: HTTPS}
"""
WITH_TLS = INGRESS.replace("NAME", "cache") + TLS
CLEAR_TOO = WITH_TLS.replace(
    "{name: front}", "{name: front, annotations: {nginx.ingress.kubernetes.io/ssl-redirect: 'false'}}"
)
PASSED = WITH_TLS.replace(
    "{name: front}", "{name: front, annotations: {nginx.ingress.kubernetes.io/ssl-passthrough: 'true'}}"
)
CLEAR_ROWS: dict[str, tuple[dict[str, str], Reach]] = {
    "Ingress with certificates": (pod(service("ClusterIP"), WITH_TLS), Reach.CONTAINER_NETWORK),
    "Ingress without certificates": (pod(service("ClusterIP"), INGRESS.replace("NAME", "cache")), Reach.PUBLISHED),
    'Ingress with certificates and `ssl-redirect: "false"`': (pod(service("ClusterIP"), CLEAR_TOO), Reach.PUBLISHED),
    "Ingress with `ssl-passthrough`": (pod(service("ClusterIP"), PASSED), Reach.PUBLISHED),
    "Ingress with certificates and a Service of type NodePort": (pod(service("NodePort"), WITH_TLS), Reach.PUBLISHED),
    "Route of OpenShift with termination edge or reencrypt": (
        pod(service("ClusterIP"), ROUTE + EDGE),
        Reach.CONTAINER_NETWORK,
    ),
    "Route of OpenShift that also allows insecure clients": (
        pod(service("ClusterIP"), ROUTE + "  tls: {termination: edge, insecureEdgeTerminationPolicy: Allow}\n"),
        Reach.PUBLISHED,
    ),
    "HTTPRoute at listeners with HTTPS": (pod(service("ClusterIP"), HTTP_ROUTE, GATE), Reach.CONTAINER_NETWORK),
    "HTTPRoute at a listener with HTTP too": (
        pod(service("ClusterIP"), HTTP_ROUTE, GATE + "    - {name: old, port: 80, protocol: HTTP}\n"),
        Reach.PUBLISHED,
    ),
    "HTTPRoute at a Gateway that is not in the files": (pod(service("ClusterIP"), HTTP_ROUTE), Reach.PUBLISHED),
}
"""What a server sends without TLS, by the way that clients from outside come."""


def exposure(files: dict[str, str]) -> Exposure:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    (found,) = [fact for fact in estate.facts if isinstance(fact, Service)]
    return found.exposure


@pytest.mark.parametrize("title", list(ROWS))
def test_each_row(title: str) -> None:
    files, reach = ROWS[title]
    found = exposure(files)
    assert found.reach is reach, found.reason
    assert found.reason


@pytest.mark.parametrize("title", list(CLEAR_ROWS))
def test_each_row_of_traffic_in_clear(title: str) -> None:
    files, reach = CLEAR_ROWS[title]
    found = exposure(files)
    assert found.reach is Reach.PUBLISHED
    assert found.in_clear.reach is reach, found.in_clear.reason


def test_the_manual_has_the_same_rows_of_traffic_in_clear() -> None:
    text = MANUAL.read_text("utf-8")
    rows = re.findall(r"^\| ((?:Ingress|Route|HTTPRoute) .*?) \| (.*?) \|", text, re.M)
    assert rows == [(title, reach.value) for title, (_, reach) in CLEAR_ROWS.items()]


def test_the_manual_has_the_same_rows() -> None:
    text = MANUAL.read_text("utf-8")
    rows = re.findall(r"^\| ((?:Host|Container|Compose|Kubernetes): .*?) \| (.*?) \|", text, re.M)
    assert rows == [(title, reach.value) for title, (_, reach) in ROWS.items()]


def test_the_manual_tells_what_a_reach_does_to_a_severity() -> None:
    text = MANUAL.read_text("utf-8")
    for reach in Reach:
        scaled = Exposure(reach=reach, reason="x").scale(Severity.CRITICAL)
        assert f"| {reach.value} | critical stays {scaled.value} |" in text.replace("becomes", "stays"), reach


def test_the_reason_of_a_policy_names_it_and_its_place() -> None:
    found = exposure(pod(policy()))
    assert found.reason == "network policy cache lets only pods that it names in"
    assert found.at is not None
    assert found.at.path == "k8s/all.yaml"


def test_unwritten_namespaces_in_different_folders_do_not_meet() -> None:
    files = {"a/pod.yaml": pod()["k8s/all.yaml"], "b/policy.yaml": policy()}
    assert exposure(files).reach is Reach.CONTAINER_NETWORK


@pytest.mark.parametrize("narrow", list(Reach))
def test_is_within_orders_by_who_reaches_it(narrow: Reach) -> None:
    unknown, loopback = (Exposure(reach=reach, reason="x") for reach in (Reach.UNKNOWN, Reach.LOOPBACK))
    each = Exposure(reach=narrow, reason="x")
    assert each.is_within(unknown)
    assert loopback.is_within(each)
    assert each.is_within(each)
