"""nginx sends a security header to the application instead of the browser.

## Why it matters
`proxy_set_header` sets headers of the request that goes to the application behind. A `Strict-Transport-Security` or
`Content-Security-Policy` set that way never reaches a browser and protects nothing.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / {
      proxy_pass http://127.0.0.1:8000;
      proxy_set_header X-Content-Type-Options nosniff;  # <-
    }
  }
}
```

## Good
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / {
      proxy_pass http://127.0.0.1:8000;
      proxy_set_header X-Forwarded-Proto https;
      add_header X-Content-Type-Options nosniff always;
    }
  }
}
```

## Good: the browser gets it as well
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / {
      proxy_pass http://127.0.0.1:8000;
      proxy_set_header X-Frame-Options DENY;
      add_header X-Frame-Options DENY always;
    }
  }
}
```

## Fix
```text
add_header X-Content-Type-Options nosniff always;
```

## References
- nginx manual, ngx_http_headers_module, add_header: https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header
- nginx manual, ngx_http_proxy_module, proxy_set_header: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Nginx, Place, VirtualServer

from ._common import SECURITY_HEADERS, each_place_decided


@check("nginx-security-header-to-application", severity=LOW, control=Control.CONFIGURATION_HYGIENE, cwe=693)
def nginx_security_header_to_application(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()

    def judge(server: VirtualServer, place: Place) -> Iterator[Diagnostic]:
        for line in known(place.level.in_force("proxy_set_header")) if place.passes is not None else ():
            name = known(line.word).lower()
            if name in SECURITY_HEADERS and known(place.header(name)) is None and line.at not in seen:
                seen.add(line.at)
                yield fail(
                    f"{server} sends {SECURITY_HEADERS[name]} at {place} to the application, not to browsers",
                    at=line.at,
                    key=server.keyed(place, name),
                    expected=f"add_header {SECURITY_HEADERS[name]} with always",
                )

    yield from each_place_decided(nginx, lambda server: server.places, judge)
