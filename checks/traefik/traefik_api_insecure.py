"""Traefik hands its API and dashboard to anyone who reaches a port.

## Why it matters
`api.insecure` puts API and dashboard on the entry point `traefik` (:8080) without a log-in. They show every router,
every internal address and the settings of middlewares: a map for the next step of an attack.

## Bad
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  file:
    filename: routes.yml
api:
  insecure: true  # <-
```

## Bad: by a flag, with the port published
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker
      - --api.insecure=true  # <-
    ports: ["80:80", "8080:8080"]
```

## Good
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  file:
    filename: routes.yml
api:
  insecure: false
```

## Good: the file counts, and the flag does not
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command: ["--api.insecure=true"]
    volumes: ["./traefik.yml:/etc/traefik/traefik.yml:ro"]
```
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
```

## Good: the entry point asks for a log-in
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker
      - --providers.docker.exposedByDefault=false
      - --entryPoints.traefik.address=:8080
      - --entryPoints.traefik.http.middlewares=staff@docker
      - --api.insecure=true
    labels:
      traefik.enable: "true"
      traefik.http.middlewares.staff.basicauth.usersfile: /etc/traefik/users
      traefik.http.routers.none.rule: Host(`none.example`)
      traefik.http.routers.none.tls: "true"
```

## Fix
Give the dashboard a router with TLS and a log-in:
```yaml
http:
  routers:
    dashboard:
      rule: Host(`traefik.clinic.example`)
      entryPoints: [websecure]
      service: api@internal
      middlewares: [staff]
      tls: {}
```

## References
- Traefik 3.7 documentation, API & Dashboard, insecure: https://doc.traefik.io/traefik/reference/install-configuration/api-dashboard/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.traefik import Traefik


@check(
    "traefik-api-insecure",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.INFORMATION_DISCLOSURE,),
    cwe=306,
)
def traefik_api_insecure(traefik: Traefik) -> Iterator[Diagnostic]:
    if not known(traefik.static.is_on("api", "insecure")):
        return
    guarded = traefik.guards("traefik")
    if isinstance(guarded, Unknown):
        yield not_evaluated(guarded.reason)
    elif not guarded:
        exposure = traefik.reach("traefik")
        yield fail(
            f"Traefik hands its API and dashboard to anyone who reaches the entry point traefik; {exposure.reason}",
            at=traefik.static.where("api", "insecure"),
            severity=exposure.scale(HIGH),
            expected="api.insecure false, and a router to api@internal with a log-in",
        )
