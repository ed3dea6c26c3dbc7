"""Traefik asks for a client certificate and lets clients in without one.

## Why it matters
With `RequestClientCert` and `VerifyClientCertIfGiven` the handshake succeeds without a certificate, and with
`RequireAnyClientCert` any certificate will do. If nothing behind looks at it, the certificates protect nothing.

## Bad
```yaml tls.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records@docker
      tls:
        options: partners
tls:
  options:
    partners:
      clientAuth:
        caFiles: [/etc/traefik/partners.pem]
        clientAuthType: VerifyClientCertIfGiven  # <-
```

## Bad: any certificate, in TOML
```toml traefik/tls.toml
[tls.options.default.clientAuth]
  caFiles = ["/etc/traefik/partners.pem"]
  clientAuthType = "RequireAnyClientCert"  # <-
```

## Bad: an object of Kubernetes
```yaml options.yaml
apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata:
  name: partners
  namespace: clinic
spec:
  clientAuth:
    clientAuthType: RequestClientCert  # <-
```

## Good
```yaml tls.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records@docker
      tls:
        options: partners
tls:
  options:
    partners:
      clientAuth:
        caFiles: [/etc/traefik/partners.pem]
        clientAuthType: RequireAndVerifyClientCert
```

## Good: the application is told
```yaml tls.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records@docker
      middlewares: [tell]
      tls:
        options: partners
  middlewares:
    tell:
      passTLSClientCert:
        pem: true
tls:
  options:
    partners:
      clientAuth:
        caFiles: [/etc/traefik/partners.pem]
        clientAuthType: VerifyClientCertIfGiven
```

## Fix
```yaml
tls:
  options:
    partners:
      clientAuth:
        caFiles: [/etc/traefik/partners.pem]
        clientAuthType: RequireAndVerifyClientCert
```

## References
- Traefik 3.7 documentation, TLS options, client authentication: https://doc.traefik.io/traefik/reference/routing-configuration/http/tls/tls-options/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.traefik import Traefik

_OPEN = {
    "RequestClientCert": "without a certificate, or with any,",
    "RequireAnyClientCert": "with any certificate",
    "VerifyClientCertIfGiven": "without a certificate",
}


@check("traefik-client-certificate-optional", severity=HIGH, control=Control.AUTHENTICATION, cwe=295)
def traefik_client_certificate_optional(traefik: Traefik) -> Iterator[Diagnostic]:
    if any("passtlsclientcert" in part.parts for _, part in traefik.elements("http", "middlewares")):
        return
    for options in traefik.tls_options():
        kind = known(options.part.text("clientauth", "clientauthtype"))
        if kind in _OPEN:
            yield fail(
                f"{options} let clients in {_OPEN[kind]} and nothing looks at the result",
                at=options.part.where("clientauth", "clientauthtype"),
                severity=traefik.exposure.scale(HIGH),
                key=options.name,
                expected="clientAuthType RequireAndVerifyClientCert",
            )
