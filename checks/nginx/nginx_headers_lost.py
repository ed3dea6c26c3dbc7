"""nginx drops security headers where a block has an add_header of its own.

## Why it matters
`add_header` is inherited only by blocks that have none. One line for caching in a location takes all headers of the
server away from its answers, those with `always` too, and nothing tells.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Content-Security-Policy "default-src 'self'" always;
    add_header X-Content-Type-Options nosniff always;
    location / { root /srv/www; }
    location /downloads/ {
      root /srv/www;
      add_header Cache-Control no-store;  # <-
    }
  }
}
```

## Bad: a test inside a location
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Content-Security-Policy "default-src 'self'" always;
    location / {
      root /srv/www;
      if ($arg_download) {
        add_header Content-Disposition attachment;  # <-
      }
    }
  }
}
```

## Good: no header of its own
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Content-Security-Policy "default-src 'self'" always;
    location / { root /srv/www; }
    location /downloads/ {
      root /srv/www;
      expires -1;
    }
  }
}
```

## Good: all of them repeated
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Content-Security-Policy "default-src 'self'" always;
    location / { root /srv/www; }
    location /downloads/ {
      root /srv/www;
      add_header content-security-policy "default-src 'none'" always;
      add_header Cache-Control no-store;
    }
  }
}
```

## Fix
Keep the headers in a file and include it in every block that has an `add_header`:
```text
location /downloads/ {
    include snippets/security-headers.conf;
    add_header Cache-Control no-store;
}
```
From nginx 1.29.3 on, `add_header_inherit merge;` in the http block adds instead of replacing.

## References
- nginx manual, ngx_http_headers_module: https://nginx.org/en/docs/http/ngx_http_headers_module.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Related, Unknown, check, fail
from auditor.technologies.nginx import Header, Nginx, Place, own_headers

from ._common import SECURITY_HEADERS, answering, is_asset


@check("nginx-headers-lost", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, cwe=693)
def nginx_headers_lost(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        cases = (case for place in answering(server) for case in (place, *place.cases) if case.returns is None)
        for place in cases:
            lost = _lost(place)
            if lost and not is_asset(place):
                names = ", ".join(SECURITY_HEADERS[header.name] for header in lost)
                yield fail(
                    f"{server} sends {place} without {names}: the add_header here replaces those around it",
                    at=own_headers(place.level)[0].at,
                    key=server.keyed(place),
                    related=tuple(Related(header.at, "not sent here") for header in lost),
                    expected="the same headers repeated in this block",
                )


def _lost(place: Place) -> list[Header]:
    """Return the security headers that the block around would have passed on."""
    parent = place.level.parent
    if place.level.kind not in {"location", "if"} or parent is None or not own_headers(place.level):
        return []
    sent = place.headers
    outer = Place(parent, None).headers
    if isinstance(sent, Unknown) or isinstance(outer, Unknown):
        return []
    names = {header.name for header in sent}
    return [header for header in outer if header.name in SECURITY_HEADERS and header.name not in names]
