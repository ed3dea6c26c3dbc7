"""nginx drops headers for the application where a block has a proxy_set_header of its own.

## Why it matters
`proxy_set_header` is inherited only by blocks that have none. One more line in a location takes the server's away: the
application no longer learns that the client used https, or whose request it is, and an identity header that the server
clears reaches the application as the client wrote it.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    proxy_set_header X-Forwarded-Proto https;
    proxy_set_header X-Remote-User "";
    location / { proxy_pass http://127.0.0.1:8000; }
    location /live/ {
      proxy_pass http://127.0.0.1:8000;
      proxy_set_header Upgrade $http_upgrade;  # <-
    }
  }
}
```

## Good: no line of its own
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    proxy_set_header X-Forwarded-Proto https;
    location / { proxy_pass http://127.0.0.1:8000; }
    location /live/ {
      proxy_pass http://127.0.0.1:8000;
      proxy_read_timeout 1h;
    }
  }
}
```

## Good: repeated in the location
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    proxy_set_header X-Forwarded-Proto https;
    location / { proxy_pass http://127.0.0.1:8000; }
    location /live/ {
      proxy_pass http://127.0.0.1:8000;
      proxy_set_header x-forwarded-proto https;
      proxy_set_header Upgrade $http_upgrade;
    }
  }
}
```

## Fix
Keep the headers in a file and include it wherever a block has a `proxy_set_header`:
```text
location /live/ {
    include snippets/proxy-headers.conf;
    proxy_set_header Upgrade $http_upgrade;
}
```

## References
- nginx manual, ngx_http_proxy_module, proxy_set_header: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Related, Unknown, check, fail
from auditor.technologies.nginx import Line, Nginx, Place

_IDENTITY = ("user", "auth", "identity", "email", "role", "group", "verify", "cert", "dn")
_CLIENT = frozenset({"x-forwarded-proto", "x-forwarded-for", "x-real-ip", "x-forwarded-ssl"})


@check("nginx-proxy-headers-lost", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=348)
def nginx_proxy_headers_lost(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        for place in server.places:
            lost = _lost(place)
            if lost:
                yield fail(
                    f"{server} hands {place} on without {', '.join(str(line.word) for line in lost)}: "
                    "the proxy_set_header here replaces those around it",
                    at=place.level.own("proxy_set_header")[0].at,
                    key=server.keyed(place),
                    related=tuple(Related(line.at, "not set here") for line in lost),
                    expected="the same headers repeated in this block",
                )


def _lost(place: Place) -> list[Line]:
    own, parent = place.level.own("proxy_set_header"), place.level.parent
    if not own or parent is None or place.level.kind != "location" or not place.level.own("proxy_pass"):
        return []
    outer = parent.in_force("proxy_set_header")
    if isinstance(outer, Unknown):
        return []
    names = {str(line.word).lower() for line in own}
    return [line for line in outer if _matters(str(line.word).lower()) and str(line.word).lower() not in names]


def _matters(name: str) -> bool:
    return name in _CLIENT or any(word in name.split("-") or word == name for word in _IDENTITY)
