"""nginx serves content without TLS.

## Why it matters
Passwords, session cookies and records cross the network in clear text; whoever listens on the way reads them, and
whoever stands in the way changes them. A server on port 80 needs to do no more than send clients to https.

## Bad
```text nginx.conf
events { }
http {
  server {  # <-
    listen 80;
    server_name records.example;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Bad: one location beside the redirect still answers
```text nginx.conf
events { }
http {
  server {
    listen 80;
    server_name records.example;
    location / { return 301 https://$host$request_uri; }
    location /api/ {  # <-
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Bad: the page of the image
```yaml compose.yaml
services:
  web:
    image: nginx:1.28.0  # <-
    ports: ["80:80"]
```

## Good: a redirect, and what certificate authorities ask for
```text nginx.conf
events { }
http {
  server {
    listen 80;
    server_name records.example;
    location /.well-known/acme-challenge/ { root /var/www/acme; }
    location / { return 301 https://$host$request_uri; }
  }
}
```

## Good: nothing but what certificate authorities ask for
```text nginx.conf
events { }
http {
  server {
    listen 80 default_server;
    location /.well-known/ { root /var/www/acme; }
  }
}
```

## Bad: a folder beside it
```text nginx.conf
events { }
http {
  server {  # <-
    listen 80;
    root /srv/records;
    location /.well-known/ { root /var/www/acme; }
  }
}
```

## Good: a redirect by a test of the scheme
```text nginx.conf
events { }
http {
  server {
    listen 80;
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    if ($scheme = http) { return 301 https://$host$request_uri; }
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Good: for the same host only
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Fix
Serve content on port 443 and redirect port 80:
```text
server {
    listen 80;
    return 301 https://$host$request_uri;
}
```

## References
- nginx manual, Configuring HTTPS servers: https://nginx.org/en/docs/http/configuring_https_servers.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.nginx import Nginx

from ._common import TLS_PORTS, widest


@check("nginx-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def nginx_no_tls(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        places = nginx.content_in_clear(server)
        listens = tuple(listen for listen in nginx.plain(server) if listen.port not in TLS_PORTS)
        if not places or not listens:
            continue
        exposure = widest(nginx, listens).in_clear
        whole = len(places) == len(server.places)
        named = ", ".join(str(place) for place in places[:3]) + (" and others" if len(places) > 3 else "")
        what = "everything" if whole else named
        yield fail(
            f"{server} serves {what} on {next(iter(listens))} without TLS; {exposure.reason}",
            at=server.at if whole else next(iter(places)).at,
            severity=exposure.scale(HIGH),
            key=server.key,
            expected="listen 443 ssl, and a redirect on port 80",
        )
