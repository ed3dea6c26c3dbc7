"""nginx shows its status page to everybody.

## Why it matters
`stub_status` tells how many connections and requests there are: when nobody is watching, and whether an attack works.
The `api` of NGINX Plus shows the servers behind it as well, and with `write=on` lets whoever reaches it change them.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    location = /status {
      stub_status;  # <-
    }
  }
}
```

## Bad: the programming interface of NGINX Plus
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    location /api {
      api write=on;  # <-
    }
  }
}
```

## Bad: a site in a file of its own
```text conf.d/records.conf
server {
  listen 443 ssl;
  server_name records.example;
  ssl_certificate /etc/nginx/tls/site.crt;
  ssl_certificate_key /etc/nginx/tls/site.key;
  location / { proxy_pass http://127.0.0.1:8000; }
  location /state/ {
    stub_status;  # <-
  }
}
```

## Good
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    location = /status {
      stub_status;
      allow 127.0.0.1;
      deny all;
    }
  }
}
```

## Good: on a socket for the same host
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:8080;
    location = /status { stub_status; }
  }
}
```

## Fix
```text
location = /status {
    stub_status;
    allow 127.0.0.1;
    deny all;
}
```

## References
- nginx manual, ngx_http_stub_status_module: https://nginx.org/en/docs/http/ngx_http_stub_status_module.html
- nginx manual, ngx_http_api_module: https://nginx.org/en/docs/http/ngx_http_api_module.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Nginx, Place, VirtualServer

from ._common import each_place_decided, widest


@check("nginx-status-page-open", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def nginx_status_page_open(nginx: Nginx) -> Iterator[Diagnostic]:
    def judge(server: VirtualServer, place: Place) -> Iterator[Diagnostic]:
        if not place.is_status or all(listen.is_local for listen in server.listens):
            return
        if not known(place.access).is_restricted:
            line = (place.level.own("stub_status") + place.level.own("api"))[0]
            writes = "write=on" in line.words
            yield fail(
                f"{server} lets everybody change its upstream servers at {place}"
                if writes
                else f"{server} shows its status at {place} to everybody",
                at=line.at,
                severity=widest(nginx, server.listens).scale(HIGH) if writes else LOW,
                key=server.keyed(place),
                expected="allow for those who watch it, then deny all",
            )

    yield from each_place_decided(nginx, lambda server: server.places, judge)
