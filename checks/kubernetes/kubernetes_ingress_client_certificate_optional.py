r"""An Ingress asks for client certificates and lets in whoever has none.

## Why it matters
The Ingress names the authority whose certificates it wants, but `optional` also lets in clients without one, and
`optional_no_ca` any certificate at all. Unless the application itself refuses them, the certificates protect nothing.

## Bad
```yaml k8s/portal.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/auth-tls-secret: default/staff-ca
    nginx.ingress.kubernetes.io/auth-tls-verify-client: optional  # <-
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

## Good: on unless written
```yaml k8s/portal.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/auth-tls-secret: default/staff-ca
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
    nginx.ingress.kubernetes.io/auth-tls-verify-client: "on"
```

## References
- Ingress-NGINX controller 1.12, Annotations, "Client Certificate Authentication": https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import Ingress


@check("kubernetes-ingress-client-certificate-optional", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=295)
def kubernetes_ingress_client_certificate_optional(ingress: Ingress) -> Iterator[Diagnostic]:
    verify = ingress.annotations.get("nginx.ingress.kubernetes.io/auth-tls-verify-client")
    if verify is None or "nginx.ingress.kubernetes.io/auth-tls-secret" not in ingress.annotations:
        return
    mode = known(verify.value).lower()
    if mode in {"optional", "optional_no_ca", "off"}:
        lets = "whoever has any certificate, or none" if mode == "optional_no_ca" else "whoever has no certificate"
        yield fail(f"Ingress {ingress.name} also lets in {lets}", at=verify.at, expected='auth-tls-verify-client: "on"')
