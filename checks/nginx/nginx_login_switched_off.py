"""nginx asks for no password below a path that is protected.

## Why it matters
`auth_basic off` or `auth_request off` in a location opens it to everybody while the server around it looks protected.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    auth_basic "staff";
    auth_basic_user_file /etc/nginx/users;
    root /srv/www;
    location /reports/ {
      auth_basic off;  # <-
    }
  }
}
```

## Good
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    auth_basic "staff";
    auth_basic_user_file /etc/nginx/users;
    root /srv/www;
    location /reports/ {
      expires -1;
    }
  }
}
```

## Good: another way to log in
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    auth_basic "staff";
    auth_basic_user_file /etc/nginx/users;
    root /srv/www;
    location /reports/ {
      auth_basic off;
      auth_request /check;
    }
    location = /check { internal; proxy_pass http://127.0.0.1:8000; }
    location /.well-known/acme-challenge/ { auth_basic off; }
  }
}
```

## Fix
Remove the line, or let in the addresses that need it:
```text
location /reports/ {
    auth_basic off;
    allow 10.20.0.9;
    deny all;
}
```

## References
- nginx manual, ngx_http_auth_basic_module: https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html
- nginx manual, ngx_http_auth_request_module: https://nginx.org/en/docs/http/ngx_http_auth_request_module.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Nginx, Place, VirtualServer

from ._common import answering, each_place_decided, is_asset, widest


@check("nginx-login-switched-off", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=306)
def nginx_login_switched_off(nginx: Nginx) -> Iterator[Diagnostic]:
    def judge(server: VirtualServer, place: Place) -> Iterator[Diagnostic]:
        lines = [line for name in ("auth_basic", "auth_request") for line in place.level.own(name)]
        off = [line for line in lines if line.word == "off"]
        parent = place.level.parent
        if not off or parent is None or place.is_challenge or is_asset(place):
            return
        if known(Place(parent, None).access).needs_login and not known(place.access).is_restricted:
            yield fail(
                f"{server} asks for no password at {place}, unlike around it",
                at=off[0].at,
                severity=widest(nginx, server.listens).scale(MEDIUM),
                key=server.keyed(place),
                expected="no off here, or address rules that end with deny all",
            )

    yield from each_place_decided(nginx, answering, judge)
