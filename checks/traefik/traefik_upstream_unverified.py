"""Traefik does not check whom it hands requests to.

## Why it matters
With `insecureSkipVerify` Traefik takes any certificate of the server behind it. Whoever gets in between, with a
certificate made a minute ago, receives every request with its passwords and records.

## Bad: for all services
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
serversTransport:
  insecureSkipVerify: true  # <-
```

## Bad: for one service
```yaml routes.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records
      tls: {}
  services:
    records:
      loadBalancer:
        serversTransport: inner
        servers:
          - url: https://10.20.0.7:8443
  serversTransports:
    inner:
      insecureSkipVerify: true  # <-
```

## Bad: by a variable
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    environment:
      TRAEFIK_ENTRYPOINTS_WEBSECURE_ADDRESS: ":443"
      TRAEFIK_SERVERSTRANSPORT_INSECURESKIPVERIFY: "true"  # <-
```

## Bad: an object of Kubernetes
```yaml records.yaml
apiVersion: traefik.containo.us/v1alpha1
kind: ServersTransport
metadata:
  name: records
spec:
  serverName: records.internal
  insecureSkipVerify: true  # <-
```

## Good
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
serversTransport:
  rootCAs:
    - /etc/traefik/ca.pem
```

## Good: no service uses it
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  file:
    filename: routes.yml
```
```yaml routes.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records
      tls: {}
  services:
    records:
      loadBalancer:
        servers:
          - url: https://10.20.0.7:8443
  serversTransports:
    inner:
      insecureSkipVerify: true
```

## Good: flags count, and variables do not
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command: ["--entryPoints.websecure.address=:443"]
    environment:
      TRAEFIK_SERVERSTRANSPORT_INSECURESKIPVERIFY: "true"
```

## Fix
```yaml
serversTransport:
  rootCAs:
    - /etc/traefik/ca.pem
```

## References
- Traefik 3.7 documentation, ServersTransport, insecureSkipVerify: https://doc.traefik.io/traefik/reference/routing-configuration/http/load-balancing/serverstransport/
- Traefik 3.7 documentation, Configuration overview (file, flags and variables exclude each other): https://doc.traefik.io/traefik/getting-started/configuration-overview/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.traefik import Part, Traefik

_SWITCHES = (("insecureskipverify",), ("tls", "insecureskipverify"))


@check("traefik-upstream-unverified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def traefik_upstream_unverified(traefik: Traefik) -> Iterator[Diagnostic]:
    general = ("serverstransport", "tcpserverstransport")
    parts = [(f"Every service without a transport of its own ({name})", name) for name in general]
    for what, name in parts:
        yield from _judged(what, name, traefik.static, (name,))
    for name, part in traefik.transports():
        yield from _judged(f"Every service with the transport {name}", name, part, ())
    for name, part in traefik.elements("http", "middlewares"):
        if "forwardauth" in part.parts:
            yield from _judged(f"The log-in of the middleware {name}", name, part, ("forwardauth",))


def _judged(what: str, key: str, part: Part, path: tuple[str, ...]) -> Iterator[Diagnostic]:
    for switch in _SWITCHES:
        value = part.is_on(*path, *switch)
        if isinstance(value, Unknown):
            yield not_evaluated(value.reason)
        elif value:
            yield fail(
                f"{what} takes any certificate of the server behind it",
                at=part.where(*path, *switch),
                key=key,
                expected="rootCAs instead of insecureSkipVerify",
            )
