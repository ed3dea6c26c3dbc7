"""Traefik offers its profiler and internal variables beside the API.

## Why it matters
`api.debug` adds `/debug/pprof` and `/debug/vars` to the API. Profiles and dumps of goroutines show what the proxy is
working on, and taking them slows it down.

## Bad
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
api:
  debug: true  # <-
```

## Good
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
api:
  debug: false
```

## Good: a comment
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
api:
  dashboard: true
  # debug: true
```

## Fix
```yaml
api:
  debug: false
```

## References
- Traefik 3.7 documentation, API & Dashboard, debug: https://doc.traefik.io/traefik/reference/install-configuration/api-dashboard/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.traefik import Traefik


@check("traefik-api-debug", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=489)
def traefik_api_debug(traefik: Traefik) -> Iterator[Diagnostic]:
    if known(traefik.static.is_on("api", "debug")):
        yield fail(
            "The API also answers /debug/pprof and /debug/vars",
            at=traefik.static.where("api", "debug"),
            expected="api.debug false",
        )
