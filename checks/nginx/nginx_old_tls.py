"""nginx accepts TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996): they rest on broken hashes and let an attacker force old ciphers. What
counts is `ssl_protocols` of the socket's default server; before nginx 1.27.3 both are on where it is not set. OpenSSL's
own policy may still refuse them.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2;  # <-
  }
}
```

## Bad: the default of an old version
```yaml compose.yaml
services:
  web:
    image: nginx:1.24.0
    ports: ["443:443"]
    volumes: ["./site.conf:/etc/nginx/conf.d/default.conf:ro"]
```
```text site.conf
server {  # <-
  listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  location / { return 200 ok; }
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
    ssl_protocols TLSv1.2 TLSv1.3;
  }
}
```

## Good: set once for all servers
```text nginx.conf
events { }
http {
  ssl_protocols TLSv1.3 TLSv1.2;
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  }
}
```

## Good: the default of a current version
```yaml compose.yaml
services:
  web:
    image: nginx:1.28.0
    ports: ["443:443"]
    volumes: ["./site.conf:/etc/nginx/conf.d/default.conf:ro"]
```
```text site.conf
server {
  listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  location / { return 200 ok; }
}
```

## Fix
```text
ssl_protocols TLSv1.2 TLSv1.3;
```

## References
- nginx manual, ngx_http_ssl_module, ssl_protocols: https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import NAMES, Nginx


@check("nginx-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def nginx_old_tls(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for server in (*nginx.each_server(), *known(nginx.streams)):
        for listen in nginx.tls(server):
            if "quic" in listen.flags or nginx.default_of(listen) is not server:
                continue
            protocols = known(nginx.protocols(server, listen))
            found = [NAMES[name] for name in sorted(protocols.names) if name in NAMES]
            at = protocols.at or server.at
            if found and at not in seen:
                seen.add(at)
                yield fail(
                    f"{server} accepts {' and '.join(found)} on {listen}",
                    at=at,
                    severity=nginx.reach(listen).scale(MEDIUM),
                    key=server.keyed(listen),
                    expected="ssl_protocols TLSv1.2 TLSv1.3",
                )
