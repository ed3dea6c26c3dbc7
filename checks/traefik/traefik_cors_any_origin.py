"""Traefik lets every web site read answers with the user's log-in.

## Why it matters
A pattern for any origin makes Traefik name whoever asks in `Access-Control-Allow-Origin`. Together with
`accessControlAllowCredentials`, any page that a logged-in person opens reads records in that person's name.

## Bad
```yaml routes.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records@docker
      middlewares: [share]
      tls: {}
  middlewares:
    share:
      headers:
        accessControlAllowCredentials: true
        accessControlAllowOriginListRegex:  # <-
          - ".*"
```

## Good
```yaml routes.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records@docker
      middlewares: [share]
      tls: {}
  middlewares:
    share:
      headers:
        accessControlAllowCredentials: true
        accessControlAllowOriginList:
          - https://portal.clinic.example
```

## Good: browsers refuse `*` together with a log-in
```yaml routes.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records@docker
      middlewares: [share]
      tls: {}
  middlewares:
    share:
      headers:
        accessControlAllowOriginList:
          - "*"
```

## Fix
```yaml
http:
  middlewares:
    share:
      headers:
        accessControlAllowCredentials: true
        accessControlAllowOriginList:
          - https://portal.clinic.example
```

## References
- Traefik 3.7 documentation, Headers, CORS: https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/headers/
- Fetch standard, CORS protocol: https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known, lazy
from auditor.technologies.traefik import Traefik

_ANY = lazy(r"\^?(?:https?\??:\\?/\\?/)?\(?\.[*+]\)?\$?")


@check("traefik-cors-any-origin", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def traefik_cors_any_origin(traefik: Traefik) -> Iterator[Diagnostic]:
    for name, part in traefik.elements("http", "middlewares"):
        if "headers" not in part.parts or not known(part.is_on("headers", "accesscontrolallowcredentials")):
            continue
        origins = known(part.words("headers", "accesscontrolalloworiginlistregex"))
        if any(_ANY.fullmatch(origin) for origin in origins):
            yield fail(
                f"The middleware {name} lets every web site read answers with the user's log-in",
                at=part.where("headers", "accesscontrolalloworiginlistregex"),
                key=name,
                expected="accessControlAllowOriginList with the origins by name",
            )
