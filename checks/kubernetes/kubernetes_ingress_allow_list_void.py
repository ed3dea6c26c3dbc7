r"""The list of addresses an Ingress admits admits everybody.

## Why it matters
The annotation reads as if only certain networks got in. With `0.0.0.0/0` in it, alone or beside others, all do.

## Bad
```yaml k8s/portal.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8, 0.0.0.0/0  # <-
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
                port: {number: 80}
```

## Good
```yaml k8s/portal.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8
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
                port: {number: 80}
```

## Fix
```yaml
metadata:
  annotations:
    nginx.ingress.kubernetes.io/allowlist-source-range: 10.0.0.0/8
```

## References
- Ingress-NGINX controller 1.12, Annotations, "Whitelist source range": https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, is_everywhere, known
from auditor.technologies.kubernetes import Ingress

_LISTS = (
    "nginx.ingress.kubernetes.io/whitelist-source-range",
    "nginx.ingress.kubernetes.io/allowlist-source-range",
    "haproxy.org/allow-list",
    "haproxy.org/whitelist",
    "haproxy-ingress.github.io/allowlist-source-range",
    "haproxy-ingress.github.io/whitelist-source-range",
)


@check("kubernetes-ingress-allow-list-void", severity=MEDIUM, control=Control.NETWORK_EXPOSURE, cwe=284)
def kubernetes_ingress_allow_list_void(ingress: Ingress) -> Iterator[Diagnostic]:
    for name in _LISTS:
        written = ingress.annotations.get(name)
        if written is not None and any(is_everywhere(each.strip()) for each in known(written.value).split(",")):
            yield fail(
                f"Ingress {ingress.name} admits every address", at=written.at, expected="the networks that need it"
            )
