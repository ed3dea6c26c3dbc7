"""Traefik passes over a part of this file.

## Why it matters
A file is either static configuration or one that the file provider reads. Routers, middlewares and TLS options in the
static file are passed over without a word: log-ins, headers and TLS versions that are written there are not in force.

## Bad
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
tls:  # <-
  options:
    default:
      minVersion: VersionTLS12
```

## Good: the file provider reads the same file
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  file:
    filename: traefik.yml
tls:
  options:
    default:
      minVersion: VersionTLS12
```

## Good: in a file of its own
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  file:
    filename: tls.yml
```
```yaml tls.yml
tls:
  options:
    default:
      minVersion: VersionTLS12
```

## Fix
Move it into a file that the file provider reads:
```yaml
providers:
  file:
    directory: /etc/traefik/dynamic
```

## References
- Traefik 3.7 documentation, Configuration overview: https://doc.traefik.io/traefik/getting-started/configuration-overview/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.traefik import Traefik


@check("traefik-ignored-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE)
def traefik_ignored_configuration(traefik: Traefik) -> Iterator[Diagnostic]:
    for part in traefik.ignored:
        yield fail(
            f"Traefik passes over {part.name} in its static configuration",
            at=part.at,
            key=part.name,
            expected="a file that providers.file names",
        )
