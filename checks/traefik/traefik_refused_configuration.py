"""Traefik would refuse this configuration.

## Why it matters
Traefik stops at options that its version no longer has and at a file that it cannot read; a broken file of the file
provider is passed over, and its routers, log-ins and TLS options with it. What is written is not in force.

## Bad: an option that version 3 has removed
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker
      - --providers.docker.swarmMode=true  # <-
```

## Bad: a file of the file provider in the place of the static one
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    volumes: ["./routes.yml:/etc/traefik/traefik.yml:ro"]
```
```yaml routes.yml
http:  # <-
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records@docker
```

## Good: version 2 has the option
```yaml compose.yaml
services:
  proxy:
    image: traefik:v2.11
    command:
      - --providers.docker
      - --providers.docker.swarmMode=true
```

## Good
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    volumes: ["./traefik.yml:/etc/traefik/traefik.yml:ro", "./routes.yml:/etc/traefik/routes.yml:ro"]
```
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  file:
    filename: /etc/traefik/routes.yml
```
```yaml routes.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records@docker
```

## Fix
Correct the line, and look into Traefik's log after the change:
```text
docker compose logs traefik
```

## References
- Traefik 3.7 documentation, migration from version 2 to 3, removed options: https://doc.traefik.io/traefik/migrate/v2-to-v3-details/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.traefik import Traefik


@check(
    "traefik-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def traefik_refused_configuration(traefik: Traefik) -> Iterator[Diagnostic]:
    for problem in traefik.refused:
        yield fail(f"Traefik would refuse to start: {problem.message}", at=problem.at, key=problem.message)
    for problem in traefik.broken:
        yield fail(f"Traefik would pass over this file: {problem.message}", at=problem.at, key=problem.message)
