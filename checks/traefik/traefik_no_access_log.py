"""Traefik keeps no record of who asked for what.

## Why it matters
The access log is off unless it is switched on. Without it nobody can tell afterwards which records were read, from where
and with which log-in: neither an intrusion nor its extent can be shown.

## Bad: the default
```yaml traefik.yml
entryPoints:  # <-
  websecure:
    address: ":443"
providers:
  file:
    directory: /etc/traefik/routes
```

## Bad: an empty value is no value
```yaml traefik.yml
entryPoints:  # <-
  websecure:
    address: ":443"
providers:
  file:
    directory: /etc/traefik/routes
accessLog:
```

## Bad: switched off
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --entryPoints.websecure.address=:443
      - --providers.docker=true
      - --accesslog=false  # <-
```

## Good
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  file:
    directory: /etc/traefik/routes
accessLog: {}
```

## Good: by a flag of its own
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --accesslog
      - --entryPoints.websecure.address=:443
      - --providers.docker=true
```

## Good: an entry point, and nothing that it leads to
```yaml mail.yml
entryPoints:
  mailsecure:
    address: ":465"
```

## Fix
```yaml
accessLog:
  format: json
```

## References
- Traefik 3.7 documentation, Logs & Access logs: https://doc.traefik.io/traefik/reference/install-configuration/observability/logs-and-accesslogs/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.traefik import Traefik


def _routes(traefik: Traefik) -> bool:
    """Tell whether something gives it routers, or may: providers, its own API, or settings that are not known."""
    static = traefik.static
    has_provider = bool(static.gap("providers")) or any(True for _ in static.each("providers"))
    return has_provider or static.has("api") is not False


@check("traefik-no-access-log", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def traefik_no_access_log(traefik: Traefik) -> Iterator[Diagnostic]:
    static = traefik.static
    if not _routes(traefik):
        return
    if not known(static.has("accesslog")):
        at = static.where("accesslog") if "accesslog" in static.parts else traefik.at
        yield fail("Traefik keeps no record of requests", at=at, expected="accessLog")
        return
    for point in traefik.points:
        switch = known(point.part.text("observability", "accesslogs"))
        if switch is not None and switch.lower() == "false":
            yield fail(
                f"Traefik keeps no record of requests to {point}",
                at=point.part.where("observability", "accesslogs"),
                key=point.name,
                expected="observability.accessLogs true",
            )
