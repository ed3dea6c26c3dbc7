"""Traefik logs at a level for debugging.

## Why it matters
At `DEBUG` Traefik writes its static configuration file to the log as it stands, tokens in it included, and details of
requests. Logs are read by more people and copied further than the configuration.

## Bad
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
log:
  level: DEBUG  # <-
```

## Good
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
log:
  level: INFO
```

## Good: the mounted file counts, and the flag does not
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command: ["--log.level=DEBUG"]
    volumes: ["./traefik.yml:/traefik.yml:ro"]
```
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
```

## Fix
```yaml
log:
  level: INFO
```

## References
- Traefik 3.7 documentation, Logs & Access logs, level: https://doc.traefik.io/traefik/reference/install-configuration/observability/logs-and-accesslogs/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.traefik import Traefik


@check("traefik-debug-log", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=532)
def traefik_debug_log(traefik: Traefik) -> Iterator[Diagnostic]:
    level = known(traefik.static.text("log", "level")) or ""
    if level.upper() in {"DEBUG", "TRACE"}:
        yield fail(
            f"Traefik logs at level {level.upper()}, which is for debugging",
            at=traefik.static.where("log", "level"),
            expected="log.level INFO",
        )
