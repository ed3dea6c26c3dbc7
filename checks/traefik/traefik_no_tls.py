"""Traefik serves content without TLS.

## Why it matters
Passwords, session cookies and records cross the network in clear text; whoever listens on the way reads them, and
whoever stands in the way changes them. An entry point on port 80 needs to do no more than send clients to https.

## Bad
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker
      - --providers.docker.exposedByDefault=false
      - --entryPoints.web.address=:80
    ports: ["80:80"]
  records:
    image: clinic/records:1.4.2
    labels:
      - traefik.enable=true
      - traefik.http.routers.records.rule=Host(`records.clinic.example`)  # <-
```

## Bad: the redirection leads to an entry point that is not there, and Traefik drops it
```yaml traefik.yml
entryPoints:
  web:
    address: ":80"
    http:
      redirections:
        entryPoint:
          to: websecure
  secure:
    address: ":443"
providers:
  file:
    filename: routes.yml
```
```yaml routes.yml
http:
  routers:
    records:  # <-
      rule: Host(`records.clinic.example`)
      entryPoints: [web]
      service: records
  services:
    records:
      loadBalancer:
        servers:
          - url: http://127.0.0.1:8000
```

## Good: TLS is the entry point's
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker
      - --providers.docker.exposedByDefault=false
      - --entryPoints.web.address=:443
      - --entryPoints.web.http.tls.certResolver=clinic
    ports: ["443:443"]
  records:
    image: clinic/records:1.4.2
    labels:
      - traefik.enable=true
      - traefik.http.routers.records.rule=Host(`records.clinic.example`)
```

## Good: the entry point sends clients to https before any router
```yaml traefik.yml
entryPoints:
  web:
    address: ":80"
    http:
      redirections:
        entryPoint:
          to: websecure
  websecure:
    address: ":443"
    http:
      tls: {}
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
  services:
    records:
      loadBalancer:
        servers:
          - url: http://127.0.0.1:8000
```

## Good: a middleware sends them
```yaml compose.yaml
services:
  proxy:
    image: traefik:v2.11
    command:
      - --providers.docker
      - --providers.docker.exposedByDefault=false
      - --entryPoints.web.address=:80
      - --entryPoints.websecure.address=:443
    ports: ["80:80", "443:443"]
  records:
    image: clinic/records:1.4.2
    labels:
      - traefik.enable=true
      - traefik.http.routers.records.rule=Host(`records.clinic.example`)
      - traefik.http.routers.records.entrypoints=websecure
      - traefik.http.routers.records.tls=true
      - traefik.http.routers.plain.rule=Host(`records.clinic.example`)
      - traefik.http.routers.plain.entrypoints=web
      - traefik.http.routers.plain.middlewares=upgrade
      - traefik.http.middlewares.upgrade.redirectscheme.scheme=https
```

## Good: the same host only
```yaml traefik.yml
entryPoints:
  web:
    address: "127.0.0.1:80"
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
  services:
    records:
      loadBalancer:
        servers:
          - url: http://127.0.0.1:8000
```

## Fix
Serve content with TLS and redirect port 80:
```yaml
entryPoints:
  web:
    address: ":80"
    http:
      redirections:
        entryPoint:
          to: websecure
  websecure:
    address: ":443"
    http:
      tls: {}
```

## References
- Traefik 3.7 documentation, EntryPoints, redirections and tls: https://doc.traefik.io/traefik/reference/install-configuration/entrypoints/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.traefik import Route, Traefik


@check("traefik-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def traefik_no_tls(traefik: Traefik) -> Iterator[Diagnostic]:
    plain: dict[str, list[Route]] = {}
    for route in traefik.content():
        if route.tls is not None or route.point.exposure.is_loopback:
            continue
        if route.doubt:
            yield not_evaluated(f"whether the router {route} sends clients to https is not known: {route.doubt}")
        else:
            plain.setdefault(route.point.name, []).append(route)
    for name, (first, *others) in plain.items():
        exposure = first.point.exposure
        more = f", and so do {len(others)} more routers" if others else ""
        yield fail(
            f"The router {first} serves content on {first.point} without TLS{more}; {exposure.reason}",
            at=first.at,
            severity=exposure.scale(HIGH),
            key=name,
            expected="tls on the router or entry point, and a redirection on port 80",
        )
    if not plain and traefik.may_serve_in_clear():
        for doubt in traefik.doubts():
            yield not_evaluated(f"what is served without TLS is not known: {doubt}")
            return
