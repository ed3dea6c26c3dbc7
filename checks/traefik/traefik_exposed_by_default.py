"""Traefik makes a route to every container.

## Why it matters
`exposedByDefault` is true unless it is switched off: each container that publishes or exposes a port gets a router, those
of databases and administration among them, without anybody having asked for it.

## Bad: the default
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker=true  # <-
      - --entryPoints.websecure.address=:443
    ports: ["443:443"]
```

## Bad
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  docker:
    exposedByDefault: true  # <-
```

## Good
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker=true
      - --providers.docker.exposedbydefault=false
      - --entryPoints.websecure.address=:443
    ports: ["443:443"]
```

## Good: a constraint chooses the containers
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  docker:
    constraints: Label(`public`,`yes`)
```

## Good: the provider is switched off
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --providers.docker=false
      - --providers.file.directory=/etc/traefik/dynamic
    ports: ["443:443"]
```

## Fix
```yaml
providers:
  docker:
    exposedByDefault: false
```

## References
- Traefik 3.7 documentation, Docker provider, exposedByDefault: https://doc.traefik.io/traefik/reference/install-configuration/providers/docker/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.traefik import Traefik

_PROVIDERS = {
    "docker": "Docker",
    "swarm": "Swarm",
    "consulcatalog": "Consul Catalog",
    "nomad": "Nomad",
    "ecs": "ECS",
}


@check("traefik-exposed-by-default", severity=MEDIUM, control=Control.NETWORK_EXPOSURE, cwe=1188)
def traefik_exposed_by_default(traefik: Traefik) -> Iterator[Diagnostic]:
    static = traefik.static
    for name, title in _PROVIDERS.items():
        if not known(static.has("providers", name)) or known(static.text("providers", name, "constraints")):
            continue
        value = known(static.text("providers", name, "exposedbydefault"))
        if value is None or value.lower() == "true":
            yield fail(
                f"Every container that {title} runs gets a router, whether it was meant to be reached or not",
                at=static.where("providers", name, "exposedbydefault"),
                key=name,
                expected="exposedByDefault false",
            )
