"""Traefik does not tell browsers to come back with https only.

## Why it matters
Without `Strict-Transport-Security` (HSTS) a browser that is sent to `http://` once, by a link or by somebody on the
way, shows its cookies in clear text. Traefik's own pages, such as the dashboard, carry the header only if a middleware
`headers` adds it; so do those of a program that does not send it itself.

## Bad
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  file:
    filename: routes.yml
api: {}
```
```yaml routes.yml
http:
  routers:
    dash:  # <-
      rule: Host(`traefik.clinic.example`)
      service: api@internal
      middlewares: [staff]
      tls: {}
  middlewares:
    staff:
      basicAuth:
        usersFile: /etc/traefik/users
```

## Bad: for an hour
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
providers:
  file:
    filename: routes.yml
```
```yaml routes.yml
http:
  routers:
    records:  # <-
      rule: Host(`records.clinic.example`)
      service: records
      middlewares: [strict]
      tls: {}
  middlewares:
    strict:
      headers:
        stsSeconds: 3600
  services:
    records:
      loadBalancer:
        servers:
          - url: http://127.0.0.1:8000
```

## Good
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
    http:
      middlewares: [strict@file]
providers:
  file:
    filename: routes.yml
api: {}
```
```yaml routes.yml
http:
  routers:
    dash:
      rule: Host(`traefik.clinic.example`)
      service: api@internal
      middlewares: [staff]
      tls: {}
  middlewares:
    staff:
      basicAuth:
        usersFile: /etc/traefik/users
    strict:
      headers:
        stsSeconds: 63072000
```

## Fix
```yaml
http:
  middlewares:
    strict:
      headers:
        stsSeconds: 63072000
        stsIncludeSubdomains: true
```

## References
- Traefik 3.7 documentation, Headers, stsSeconds: https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/headers/
- RFC 6797, HTTP Strict Transport Security
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, is_whole_number, not_evaluated
from auditor.technologies.traefik import Route, Traefik

_MONTH = 30 * 86_400


def _seconds(route: Route) -> int | Unknown | None:
    """Return the seconds that the last middleware with the header gives, None if none does."""
    found: int | Unknown | None = None
    for each in route.middlewares:
        if each.kind == "headers":
            value = each.part.text("headers", "stsseconds")
            own = each.part.text("headers", "customresponseheaders", "strict-transport-security")
            if own is not None:
                found = Unknown("it is written as a header of its own")
            elif value is not None:
                found = value if isinstance(value, Unknown) else int(value) if is_whole_number(value) else 0
    return found


@check("traefik-no-hsts", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=523)
def traefik_no_hsts(traefik: Traefik) -> Iterator[Diagnostic]:
    own = list(traefik.serves_api()) if traefik.static.has("api") is True else []
    for route in (*own, *traefik.content()):
        is_own = route.service.lower() in {"api@internal", "dashboard@internal"}
        if route.tls is None:
            continue
        seconds = _seconds(route)
        if isinstance(seconds, Unknown) or route.doubt:
            yield not_evaluated(f"whether the router {route} adds Strict-Transport-Security is not known")
        elif seconds is None and not is_own:
            yield not_evaluated(f"the program behind the router {route} may send Strict-Transport-Security itself")
        elif not seconds or seconds < _MONTH:
            tells = (
                f"tells browsers to use https for {seconds} seconds" if seconds else "never tells browsers to use https"
            )
            yield fail(
                f"The router {route} {tells}",
                at=route.at,
                severity=route.point.exposure.scale(MEDIUM),
                key=f"{route.name} {route.point.name}",
                expected="a middleware headers with stsSeconds 63072000",
            )
