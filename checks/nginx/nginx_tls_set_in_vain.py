"""nginx ignores the ssl_protocols of a server because another one decides.

## Why it matters
Before nginx 1.29.2 the protocol versions are negotiated before the name is looked at: `ssl_protocols` of the socket's
default server holds for all names on it. A stricter line in one of the others is without effect.

## Bad
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
  server_name portal.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  ssl_protocols TLSv1.1 TLSv1.2;
  location / { return 200 ok; }
}
server {
  listen 443 ssl;
  server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  ssl_protocols TLSv1.3;  # <-
  location / { return 200 ok; }
}
```

## Good: the strict server is the default one
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
  server_name portal.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  location / { return 200 ok; }
}
server {
  listen 443 ssl default_server;
  server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  location / { return 200 ok; }
}
```

## Good: from 1.29.2 on the name decides
```yaml compose.yaml
services:
  web:
    image: nginx:1.29.3
    ports: ["443:443"]
    volumes: ["./site.conf:/etc/nginx/conf.d/default.conf:ro"]
```
```text site.conf
server {
  listen 443 ssl;
  server_name portal.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  location / { return 200 ok; }
}
server {
  listen 443 ssl;
  server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  ssl_protocols TLSv1.3;
  location / { return 200 ok; }
}
```

## Fix
Set the versions once, in the http block:
```text
http {
    ssl_protocols TLSv1.2 TLSv1.3;
}
```

## References
- nginx manual, ngx_http_ssl_module, ssl_protocols: https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Related, check, fail, known
from auditor.technologies.nginx import NAMES, Nginx


@check("nginx-tls-set-in-vain", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=757)
def nginx_tls_set_in_vain(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        own = server.level.own("ssl_protocols")
        for listen in nginx.tls(server) if own else ():
            if "quic" in listen.flags:
                continue
            wanted = {word for line in own for word in line.words if isinstance(word, str)}
            default = nginx.default_of(listen)
            protocols = known(nginx.protocols(server, listen))
            more = protocols.names - wanted
            if more:
                shown = ", ".join(NAMES.get(name, name.replace("TLSv", "TLS ")) for name in sorted(more))
                yield fail(
                    f"{server} accepts {shown} on {listen} in spite of this line: {default} decides for the socket",
                    at=own[-1].at,
                    severity=nginx.reach(listen).scale(MEDIUM),
                    key=server.keyed(listen),
                    related=(Related(default.at, "the default server"),),
                    expected="the same ssl_protocols in the default server, or in the http block",
                )
                break
