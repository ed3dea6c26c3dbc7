"""Traefik shows its dashboard without asking who is there.

## Why it matters
A router to `api@internal` without a middleware that asks for a log-in hands every router, every internal address and the
settings of middlewares to anybody: a map for the next step of an attack.

## Bad
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker
      - --providers.docker.exposedByDefault=false
      - --entryPoints.websecure.address=:443
      - --api
    ports: ["443:443"]
    labels:
      - traefik.enable=true
      - traefik.http.routers.dash.rule=Host(`traefik.clinic.example`)  # <-
      - traefik.http.routers.dash.service=api@internal
      - traefik.http.routers.dash.tls=true
```

## Bad: the middlewares do something else
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  file:
    filename: routes.yml
api: {}
```
```yaml routes.yml
http:
  routers:
    dash:  # <-
      rule: Host(`traefik.clinic.example`)
      service: api@internal
      middlewares: [strip]
      tls: {}
  middlewares:
    strip:
      stripPrefix:
        prefixes: [/proxy]
```

## Good
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker
      - --providers.docker.exposedByDefault=false
      - --entryPoints.websecure.address=:443
      - --api
    ports: ["443:443"]
    labels:
      - traefik.enable=true
      - traefik.http.routers.dash.rule=Host(`traefik.clinic.example`)
      - traefik.http.routers.dash.service=api@internal
      - traefik.http.routers.dash.tls=true
      - traefik.http.routers.dash.middlewares=staff
      - traefik.http.middlewares.staff.basicauth.usersfile=/etc/traefik/users
```

## Good: the log-in is in a chain of the entry point
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
    http:
      middlewares: [outer@file]
providers:
  file:
    filename: routes.yml
api: {}
```
```yaml routes.yml
http:
  routers:
    dash:
      rule: Host(`traefik.clinic.example`)
      service: api@internal
      tls: {}
  middlewares:
    outer:
      chain:
        middlewares: [staff]
    staff:
      forwardAuth:
        address: https://login.clinic.example/verify
```

## Good: the API is not switched on
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
    dash:
      rule: Host(`traefik.clinic.example`)
      service: api@internal
      tls: {}
```

## Fix
```yaml
http:
  routers:
    dash:
      rule: Host(`traefik.clinic.example`)
      service: api@internal
      middlewares: [staff]
      tls: {}
  middlewares:
    staff:
      forwardAuth:
        address: https://login.clinic.example/verify
```

## References
- Traefik 3.7 documentation, API & Dashboard: https://doc.traefik.io/traefik/reference/install-configuration/api-dashboard/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.traefik import Traefik


@check(
    "traefik-dashboard-open",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.INFORMATION_DISCLOSURE,),
    cwe=306,
)
def traefik_dashboard_open(traefik: Traefik) -> Iterator[Diagnostic]:
    if not known(traefik.static.has("api")):
        return
    seen: set[str] = set()
    for route in traefik.serves_api():
        asks = traefik.asks_who(route)
        if isinstance(asks, Unknown):
            yield not_evaluated(f"whether the router {route} asks for a log-in is not known: {asks.reason}")
        elif not asks and route.name not in seen:
            seen.add(route.name)
            yield fail(
                f"The router {route} shows the dashboard to everybody on {route.point}; {route.point.exposure.reason}",
                at=route.at,
                severity=route.point.exposure.scale(HIGH),
                key=route.name,
                expected="a middleware that asks for a log-in",
            )
    if not seen:
        for doubt in traefik.doubts():
            yield not_evaluated(f"whether a router leads to the dashboard is not known: {doubt}")
            return
