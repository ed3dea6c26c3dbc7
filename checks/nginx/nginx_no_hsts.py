"""nginx does not tell browsers to come back with https only.

## Why it matters
Without `Strict-Transport-Security` (HSTS) a browser that is sent to `http://` once, by a link or by somebody on the
way, shows its cookies in clear text. A location with an `add_header` of its own loses the headers of its server.

## Bad
```text nginx.conf
events { }
http {
  server {  # <-
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
  }
}
```

## Bad: a header of its own takes it away
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Strict-Transport-Security "max-age=63072000" always;
    root /srv/www;
    location /downloads/ {  # <-
      add_header Cache-Control no-store;
    }
  }
}
```

## Bad: so does a text that the configuration holds
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Strict-Transport-Security "max-age=63072000" always;
    location / {  # <-
      add_header X-Site records;
      return 200 "Records of the clinic";
    }
    location /app/ {
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Good: a probe is no page, and a text without a header of its own keeps the server's
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Strict-Transport-Security "max-age=63072000" always;
    location / {
      return 200 "Records of the clinic";
    }
    location /healthz {
      add_header X-Site records;
      return 200 "ok";
    }
    location /app/ {
      proxy_pass http://127.0.0.1:8000;
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
    add_header Strict-Transport-Security "max-age=63072000" always;
    root /srv/www;
    location /downloads/ {
      expires 1h;
    }
  }
}
```

## Good: repeated beside the location's own header
```text nginx.conf
events { }
http {
  add_header Strict-Transport-Security "max-age=63072000" always;
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    location /downloads/ {
      add_header Strict-Transport-Security "max-age=63072000" always;
      add_header Cache-Control no-store;
    }
  }
}
```

## Good: every location has it
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    location /records/ {
      add_header Strict-Transport-Security "max-age=63072000" always;
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Fix
Add it to the server, and again wherever a location has an `add_header` of its own:
```text
add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
```

## References
- nginx manual, ngx_http_headers_module, add_header: https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header
- RFC 6797, HTTP Strict Transport Security
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, UndecidedError, check, fail, known, not_evaluated
from auditor.technologies.nginx import Nginx, Place, VirtualServer

from ._common import answering, is_asset, widest


@check("nginx-no-hsts", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=523)
def nginx_no_hsts(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        listens = nginx.tls(server)
        if not listens or all(listen.is_local for listen in listens):
            continue
        try:
            without = _places_without(server)
        except UndecidedError as undecided:
            yield not_evaluated(undecided.reason)
            continue
        own = [place for place in without if place.serves_files or place.speaks]
        if own == without and len(own) == 1 and own[0].is_bare and len(server.places) > 1:
            continue  # no location is for these paths: they hold nothing, and every other answer tells browsers
        if own:
            whole = len(without) == len(list(_pages(server)))
            yield fail(
                f"{server} sends no Strict-Transport-Security for {'any path' if whole else own[0]}",
                at=server.at if whole else own[0].at,
                severity=widest(nginx, listens).scale(MEDIUM),
                key=server.key,
                expected='add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always',
            )
        elif without:
            yield not_evaluated(f"the program behind {server} may send Strict-Transport-Security itself")


def _pages(server: VirtualServer) -> Iterator[Place]:
    """Yield the places that answer with content, also with a text of the configuration unless it is for programs."""
    yield from answering(server)
    for place in server.places:
        if place.speaks and not (place.is_internal or place.is_challenge or is_asset(place)):
            yield place


def _places_without(server: VirtualServer) -> list[Place]:
    """Return the places whose answers carry no HSTS from nginx."""
    return [place for place in _pages(server) if known(place.header("strict-transport-security")) is None]
