r"""An Ingress serves its hosts without TLS.

## Why it matters
Log-ins, session cookies and patients' data pass in clear from the browser to the ingress controller.

## Bad
```yaml k8s/ingress.yaml
apiVersion: networking.k8s.io/v1  # <-
kind: Ingress
metadata:
  name: portal
spec:
  ingressClassName: nginx
  rules:
    - host: portal.clinic.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 80
```

## Bad: another host has TLS
```yaml k8s/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
spec:
  ingressClassName: nginx
  tls:
    - hosts: [www.clinic.example]
      secretName: www-tls
  rules:
    - host: portal.clinic.example  # <-
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 80
```

## Good
```yaml k8s/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
spec:
  ingressClassName: nginx
  tls:
    - hosts: [portal.clinic.example]
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 80
```

## Good: a wildcard certificate
```yaml k8s/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
spec:
  ingressClassName: nginx
  tls:
    - hosts: ["*.clinic.example"]
      secretName: clinic-tls
  rules:
    - host: portal.clinic.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 80
```

## Good: the load balancer ends TLS
```yaml k8s/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-central-1:111122223333:certificate/example
spec:
  ingressClassName: nginx
  rules:
    - host: portal.clinic.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 80
```

## Fix
Give the Ingress a certificate for each of its hosts.
```yaml
spec:
  tls:
    - hosts: [portal.clinic.example]
      secretName: portal-tls
```

## References
- Kubernetes 1.34, Ingress, "TLS": https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import Ingress


@check("kubernetes-ingress-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def kubernetes_ingress_no_tls(ingress: Ingress) -> Iterator[Diagnostic]:
    if ingress.tls_elsewhere:
        return
    if not known(ingress.has_tls):
        yield fail(f"Ingress {ingress.name} serves {_hosts(ingress)} without TLS", expected="spec.tls")
        return
    for host in ingress.hosts:
        if isinstance(host.value, str) and not _is_covered(host.value, ingress.tls_hosts):
            yield fail(
                f"Ingress {ingress.name} serves {host.value} without TLS: no entry of spec.tls names it",
                at=host.at,
                key=host.value,
            )


def _hosts(ingress: Ingress) -> str:
    names = [host.value for host in ingress.hosts if isinstance(host.value, str)]
    if not ingress.hosts:
        return "every host"
    return ", ".join(names) if len(names) == len(ingress.hosts) else "its hosts"


def _is_covered(host: str, names: frozenset[str] | None) -> bool:
    """Tell whether an entry serves `host`, by its name or by a wildcard for its first label."""
    return names is None or host in names or f"*.{host.partition('.')[2]}" in names
