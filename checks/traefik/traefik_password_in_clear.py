"""Traefik asks for passwords on a connection without TLS.

## Why it matters
Basic authentication sends user name and password with every request, encoded and not encrypted. Whoever listens on the
way has them.

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
      - traefik.http.routers.records.middlewares=staff
      - traefik.http.middlewares.staff.basicauth.usersfile=/etc/traefik/users
```

## Good
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker
      - --providers.docker.exposedByDefault=false
      - --entryPoints.web.address=:443
    ports: ["443:443"]
  records:
    image: clinic/records:1.4.2
    labels:
      - traefik.enable=true
      - traefik.http.routers.records.rule=Host(`records.clinic.example`)
      - traefik.http.routers.records.tls=true
      - traefik.http.routers.records.middlewares=staff
      - traefik.http.middlewares.staff.basicauth.usersfile=/etc/traefik/users
```

## Good: clients are sent to https first
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker
      - --providers.docker.exposedByDefault=false
      - --entryPoints.web.address=:80
      - --entryPoints.web.http.redirections.entryPoint.to=:443
      - --entryPoints.websecure.address=:443
      - --entryPoints.websecure.http.tls=true
    ports: ["80:80", "443:443"]
  records:
    image: clinic/records:1.4.2
    labels:
      - traefik.enable=true
      - traefik.http.routers.records.rule=Host(`records.clinic.example`)
      - traefik.http.routers.records.middlewares=staff
      - traefik.http.middlewares.staff.basicauth.usersfile=/etc/traefik/users
```

## Fix
```yaml
http:
  routers:
    records:
      entryPoints: [websecure]
      middlewares: [staff]
      tls: {}
```

## References
- Traefik 3.7 documentation, BasicAuth: https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/basicauth/
- RFC 7617, The Basic HTTP Authentication Scheme
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.traefik import Traefik


@check(
    "traefik-password-in-clear",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=523,
)
def traefik_password_in_clear(traefik: Traefik) -> Iterator[Diagnostic]:
    for route in traefik.known_routes():
        asks = [each for each in route.middlewares if each.kind == "basicauth"]
        if route.tls is None and asks and not route.redirects and not route.point.exposure.is_loopback:
            exposure = route.point.exposure
            yield fail(
                f"The router {route} asks for passwords on {route.point} without TLS; {exposure.reason}",
                at=route.at,
                severity=exposure.scale(HIGH),
                key=f"{route.name} {route.point.name}",
                expected="tls on the router or entry point, and a redirection on port 80",
            )
