"""Traefik takes routers from anyone who reaches a port.

## Why it matters
`providers.rest.insecure` puts the REST provider on the entry point `traefik` (:8080) without a log-in. One PUT request
replaces routers and services: whoever sends it reads all traffic from then on.

## Bad
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  rest:
    insecure: true  # <-
```

## Good
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  rest:
    insecure: false
```

## Good: without the open port
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  rest: {}
```

## Fix
Reach the provider through a router to `rest@internal` that asks for a log-in, or read routers from files.
```yaml
providers:
  file:
    directory: /etc/traefik/dynamic
```

## References
- Traefik 2.11 documentation, Providers, REST: https://doc.traefik.io/traefik/v2.11/providers/rest/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.traefik import Traefik


@check("traefik-rest-open", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def traefik_rest_open(traefik: Traefik) -> Iterator[Diagnostic]:
    if not known(traefik.static.is_on("providers", "rest", "insecure")):
        return
    guarded = traefik.guards("traefik")
    if isinstance(guarded, Unknown):
        yield not_evaluated(guarded.reason)
    elif not guarded:
        exposure = traefik.reach("traefik")
        yield fail(
            f"Whoever reaches the entry point traefik may replace routers and services; {exposure.reason}",
            at=traefik.static.where("providers", "rest", "insecure"),
            severity=exposure.scale(CRITICAL),
            expected="providers.rest.insecure false",
        )
