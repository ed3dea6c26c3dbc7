"""Ways into the cluster: where TLS ends, and what goes on to the Pods."""

import pytest

from auditor.engine import run
from auditor.model.severity import Severity
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.kubernetes import Entrance

POD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: portal}
spec:
  template:
    metadata:
      labels: {app: portal}
      annotations: {note: "none"}
    spec:
      containers:
        - {name: portal, image: grafana/grafana:11.2.0, ports: [{containerPort: 3000}]}
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: portal, annotations: {note: "none"}}
spec:
  selector: {app: portal}
  ports: [{name: web, port: 80, targetPort: 3000}]
"""
INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front, annotations: {note: "none"}}
spec:
  tls: [{hosts: [portal.clinic.example], secretName: front-tls}]
  rules:
    - host: portal.clinic.example
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: portal, port: {number: 80}}}}
"""
STRICT = """\
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: all, namespace: PLACE}
spec:
  mtls: {mode: MODE}
"""
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: default, labels: {istio-injection: enabled}}\n"
POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: portal}
spec:
  podSelector: {matchLabels: {app: portal}}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchLabels: {app: front}}}]}]
"""


def noted(text: str, note: str) -> str:
    return text.replace('note: "none"', note)


def entrances(*documents: str) -> list[Entrance]:
    estate = take_estate(MemoryTree({"k8s/all.yaml": "---\n".join(documents)}))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Entrance)]


def strict(place: str, mode: str) -> str:
    return STRICT.replace("PLACE", place).replace("MODE", mode)


def test_of_services_with_one_name_the_closest_to_the_ingress_is_meant() -> None:
    files = {
        f"{place}/{name}.yaml": text
        for place in ("production", "test")
        for name, text in {"pod": POD, "service": SERVICE, "ingress": INGRESS}.items()
    }
    estate = take_estate(MemoryTree(files))
    pods = [fact for fact in estate.facts if isinstance(fact, Workload)]
    led = {pod.at.path: [port.at.path for port in pod.ports if port.published and port.at] for pod in pods}
    assert led == {f"{place}/pod.yaml": [f"{place}/ingress.yaml"] for place in ("production", "test")}


NGINX = "nginx.ingress.kubernetes.io/backend-protocol"


@pytest.mark.parametrize(
    ("documents", "encrypts"),
    [
        ((POD, SERVICE, INGRESS), False),
        ((POD, SERVICE, noted(INGRESS, f"{NGINX}: HTTPS")), True),
        ((POD, SERVICE, noted(INGRESS, f"{NGINX}: GRPCS")), True),
        ((POD, SERVICE, noted(INGRESS, f"{NGINX}: AUTO_HTTP")), None),
        ((POD, noted(SERVICE, "traefik.ingress.kubernetes.io/service.serversscheme: https"), INGRESS), True),
        ((POD, SERVICE, noted(INGRESS, "haproxy.org/server-ssl: 'true'")), True),
        ((POD, SERVICE, noted(INGRESS, "haproxy.org/server-ssl: 'false'")), False),
        ((POD, SERVICE.replace("name: web", "name: https"), INGRESS), None),
        ((POD, SERVICE, INGRESS, strict("default", "STRICT")), True),
        ((POD, SERVICE, INGRESS, strict("istio-system", "STRICT")), True),
        ((POD, SERVICE, INGRESS, strict("other", "STRICT")), False),
        ((POD, SERVICE, INGRESS, strict("istio-system", "STRICT"), strict("default", "PERMISSIVE")), False),
        ((POD, SERVICE, INGRESS, strict("default", "STRICT") + "  portLevelMtls: {3000: {mode: DISABLE}}\n"), None),
        ((POD, SERVICE, INGRESS, NAMESPACE), None),
        ((noted(POD, "linkerd.io/inject: enabled"), SERVICE, INGRESS), None),
    ],
)
def test_what_goes_on_to_the_pods(documents: tuple[str, ...], encrypts: bool | None) -> None:
    (found,) = entrances(*documents)
    assert found.ends_tls is True
    assert (None if isinstance(found.encrypts, Unknown) else found.encrypts) is encrypts


@pytest.mark.parametrize(
    "documents",
    [
        (POD, SERVICE, INGRESS.replace("tls: [{hosts: [portal.clinic.example]", "tls: [{hosts: [www.clinic.example]")),
        (POD, SERVICE, noted(INGRESS, "nginx.ingress.kubernetes.io/ssl-passthrough: 'true'")),
        (POD, SERVICE.replace("app: portal", "app: other"), INGRESS),
        (POD, INGRESS),
    ],
)
def test_no_entrance(documents: tuple[str, ...]) -> None:
    assert not entrances(*documents)


def test_a_wildcard_certificate_covers_the_host() -> None:
    (found,) = entrances(POD, SERVICE, INGRESS.replace("[portal.clinic.example], s", "['*.clinic.example'], s"))
    assert found.ends_tls is True


def test_a_network_policy_confines_the_pods() -> None:
    assert [found.confined for found in entrances(POD, SERVICE, INGRESS)] == [False]
    assert [found.confined for found in entrances(POD, SERVICE, INGRESS, POLICY)] == [True]


@pytest.mark.parametrize(
    ("documents", "severity"),
    [
        ((POD, SERVICE, INGRESS), Severity.MEDIUM),
        (
            (POD, SERVICE, INGRESS.replace("  tls: [{hosts: [portal.clinic.example], secretName: front-tls}]\n", "")),
            Severity.HIGH,
        ),
        ((POD, SERVICE.replace("spec:\n", "spec:\n  type: LoadBalancer\n"), INGRESS), Severity.HIGH),
    ],
)
def test_a_server_without_tls_behind_an_ingress(documents: tuple[str, ...], severity: Severity) -> None:
    estate = take_estate(MemoryTree({"k8s/all.yaml": "---\n".join(documents)}))
    (check,) = (each for each in load_packs(folders={"grafana"}).checks if each.id == "grafana-no-tls")
    (failure,) = (failure for outcome in run([check], estate.facts) for failure in outcome.failures)
    assert failure.severity is severity
