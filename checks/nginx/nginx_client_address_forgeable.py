"""nginx takes the client's address from whoever sends it.

## Why it matters
With `set_real_ip_from 0.0.0.0/0` every client names its own address in a header. Address rules and rate limits then
protect nothing, and the log holds what the client wants it to hold.

## Bad
```text nginx.conf
events { }
http {
  set_real_ip_from 0.0.0.0/0;  # <-
  real_ip_header X-Forwarded-For;
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
  }
}
```

## Good
```text nginx.conf
events { }
http {
  set_real_ip_from 10.20.0.0/24;
  real_ip_header X-Forwarded-For;
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
  }
}
```

## Good: replaced in the server
```text nginx.conf
events { }
http {
  set_real_ip_from 0.0.0.0/0;
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    set_real_ip_from 10.20.0.7;
    root /srv/www;
  }
}
```

## Fix
Name the proxies in front:
```text
set_real_ip_from 10.20.0.0/24;
real_ip_header X-Forwarded-For;
real_ip_recursive on;
```

## References
- nginx manual, ngx_http_realip_module: https://nginx.org/en/docs/http/ngx_http_realip_module.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, is_everywhere, known
from auditor.technologies.nginx import Nginx, Place, VirtualServer

from ._common import each_place_decided, widest


@check(
    "nginx-client-address-forgeable",
    severity=MEDIUM,
    control=Control.AUTHENTICATION,
    also=(Control.AUDIT_LOGGING,),
    cwe=348,
)
def nginx_client_address_forgeable(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()

    def judge(server: VirtualServer, place: Place) -> Iterator[Diagnostic]:
        for line in known(place.level.in_force("set_real_ip_from")):
            if is_everywhere(known(line.word)) and line.at not in seen:
                seen.add(line.at)
                yield fail(
                    f"{server} believes every client what address it has",
                    at=line.at,
                    severity=widest(nginx, server.listens).scale(MEDIUM),
                    key=server.keyed(known(line.word)),
                    expected="the addresses of the proxies in front",
                )

    yield from each_place_decided(nginx, lambda server: server.places, judge)
