r"""An Ingress with TLS also serves its hosts without TLS.

## Why it matters
The annotation keeps the NGINX controller from sending browsers to HTTPS, so that a link or a typed address stays on
`http://` with its cookies and log-ins.

## Bad
```yaml k8s/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/ssl-redirect: "false"  # <-
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

## Good: redirected by the other annotation
```yaml k8s/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/ssl-redirect: "false"
    nginx.ingress.kubernetes.io/force-ssl-redirect: "true"
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

## Fix
Remove the annotation; the controller redirects hosts with TLS by default.
```yaml
metadata:
  annotations:
    nginx.ingress.kubernetes.io/ssl-redirect: "true"
```

## References
- Ingress-NGINX controller 1.12, Annotations, "Server-side HTTPS enforcement through redirect": https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import Ingress


@check("kubernetes-ingress-redirect-off", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def kubernetes_ingress_redirect_off(ingress: Ingress) -> Iterator[Diagnostic]:
    redirect = ingress.annotations.get("nginx.ingress.kubernetes.io/ssl-redirect")
    forced = ingress.annotations.get("nginx.ingress.kubernetes.io/force-ssl-redirect")
    if redirect is None or not known(ingress.has_tls):
        return
    if known(redirect.value).lower() == "false" and (forced is None or known(forced.value).lower() != "true"):
        yield fail(
            f"Ingress {ingress.name} also serves its hosts without TLS: it does not redirect to HTTPS", at=redirect.at
        )
