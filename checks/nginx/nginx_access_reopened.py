"""nginx lets everybody in below a path that only some addresses reach.

## Why it matters
`allow` and `deny` in a location replace those around it. One `allow all`, or a single `deny` for a troublemaker, opens
the path to every address while the server around it looks closed.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    allow 10.20.0.0/16;
    deny all;
    location /export/ {
      allow all;  # <-
    }
  }
}
```

## Bad: the list around it is replaced
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    location /records/ {
      allow 10.20.0.0/16;
      deny all;
      location /records/export/ {
        deny 10.20.0.99;  # <-
      }
    }
  }
}
```

## Good: no rules of its own
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    allow 10.20.0.0/16;
    deny all;
    location /export/ {
      expires -1;
    }
  }
}
```

## Good: the one location that is open asks for a password
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    allow 10.20.0.0/16;
    deny all;
    location /export/ {
      allow all;
      auth_basic "staff";
      auth_basic_user_file /etc/nginx/users;
    }
    location /.well-known/acme-challenge/ { allow all; }
  }
}
```

## Fix
Remove the rules, or end them with `deny all`:
```text
location /export/ {
    allow 10.20.0.0/16;
    allow 10.30.0.9;
    deny all;
}
```

## References
- nginx manual, ngx_http_access_module: https://nginx.org/en/docs/http/ngx_http_access_module.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Related, check, fail, known
from auditor.technologies.nginx import Nginx, Place, VirtualServer

from ._common import answering, each_place_decided, is_asset, widest


@check("nginx-access-reopened", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=863)
def nginx_access_reopened(nginx: Nginx) -> Iterator[Diagnostic]:
    def judge(server: VirtualServer, place: Place) -> Iterator[Diagnostic]:
        own = [line for line in place.level.lines if line.name in {"allow", "deny"}]
        parent = place.level.parent
        if not own or parent is None or parent.kind == "http" or place.is_challenge or is_asset(place):
            return
        around, access = known(Place(parent, None).access), known(place.access)
        if around.lets_strangers or not access.lets_strangers or access.needs_login:
            return
        yield fail(
            f"{server} lets every address in at {place}, unlike around it",
            at=own[0].at,
            severity=widest(nginx, server.listens).scale(MEDIUM),
            key=server.keyed(place),
            related=(Related(around.rules[-1].at, "the rules around it, which do not hold here"),),
            expected="no rules here, or rules that end with deny all",
        )

    yield from each_place_decided(nginx, answering, judge)
