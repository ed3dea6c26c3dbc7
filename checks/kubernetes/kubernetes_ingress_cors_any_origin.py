r"""Pages of every site may read what an Ingress serves.

## Why it matters
With CORS switched on, the NGINX controller allows every origin unless the annotation names some, and lets browsers
send cookies along. A page that a signed-in clinician opens can then read the application in her name.

## Bad: the default
```yaml k8s/portal.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/enable-cors: "true"  # <-
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

## Bad
```yaml k8s/portal.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/enable-cors: "true"
    nginx.ingress.kubernetes.io/cors-allow-origin: "*"  # <-
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
    nginx.ingress.kubernetes.io/enable-cors: "true"
    nginx.ingress.kubernetes.io/cors-allow-origin: https://www.clinic.example
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

## Good: not switched on
```yaml k8s/portal.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/cors-allow-origin: "*"
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
    nginx.ingress.kubernetes.io/cors-allow-origin: https://www.clinic.example
```

## References
- Ingress-NGINX controller 1.12, Annotations, "Enable CORS": https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import Ingress

_PREFIX = "nginx.ingress.kubernetes.io/"


@check("kubernetes-ingress-cors-any-origin", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def kubernetes_ingress_cors_any_origin(ingress: Ingress) -> Iterator[Diagnostic]:
    enabled = ingress.annotations.get(_PREFIX + "enable-cors")
    if enabled is None or known(enabled.value).lower() != "true":
        return
    origin = ingress.annotations.get(_PREFIX + "cors-allow-origin")
    if origin is None or "*" in [each.strip() for each in known(origin.value).split(",")]:
        credentials = ingress.annotations.get(_PREFIX + "cors-allow-credentials")
        with_cookies = credentials is None or known(credentials.value).lower() != "false"
        yield fail(
            f"Ingress {ingress.name} lets pages of every site read its answers{', with cookies' if with_cookies else ''}",
            at=(origin or enabled).at,
            severity=MEDIUM if with_cookies else LOW,
            expected="cors-allow-origin with the origins that need it",
        )
