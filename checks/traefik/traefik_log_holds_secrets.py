"""Traefik writes credentials of requests to its log.

## Why it matters
Logs are read by more people, kept longer and copied further than the data they speak of. A log with `Authorization`
headers or cookies is a collection of log-ins in clear text. Headers are dropped unless `fields.headers` keeps them, and
only the format `json` has room for them.

## Bad
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
accessLog:
  format: json
  fields:
    headers:
      defaultMode: keep  # <-
```

## Bad: by name
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --accesslog=true
      - --accesslog.format=json
      - --accesslog.fields.headers.names.Authorization=keep  # <-
```

## Good: the sensitive ones are left out
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
accessLog:
  format: json
  fields:
    headers:
      defaultMode: keep
      names:
        Authorization: redact
        Cookie: drop
        Set-Cookie: drop
```

## Good: the common format has no headers
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
accessLog:
  fields:
    headers:
      defaultMode: keep
```

## Fix
```yaml
accessLog:
  format: json
  fields:
    headers:
      defaultMode: drop
      names:
        User-Agent: keep
```

## References
- Traefik 3.7 documentation, Logs & Access logs, fields.headers: https://doc.traefik.io/traefik/reference/install-configuration/observability/logs-and-accesslogs/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.traefik import Traefik

_HEADERS = ("Authorization", "Cookie")
_PATH = ("accesslog", "fields", "headers")


@check("traefik-log-holds-secrets", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=532)
def traefik_log_holds_secrets(traefik: Traefik) -> Iterator[Diagnostic]:
    static = traefik.static
    if not known(static.has("accesslog")) or known(static.text("accesslog", "format")) != "json":
        return
    default = known(static.text(*_PATH, "defaultmode"))
    modes = {name: known(static.text(*_PATH, "names", name.lower())) or default for name in _HEADERS}
    kept = [name for name, mode in modes.items() if mode == "keep"]
    if kept:
        by_name = known(static.text(*_PATH, "names", kept[0].lower())) is not None
        path = (*_PATH, "names", kept[0].lower()) if by_name else (*_PATH, "defaultmode")
        yield fail(
            f"The access log holds {' and '.join(kept)} of every request",
            at=static.where(*path),
            expected="fields.headers.defaultMode drop",
        )
