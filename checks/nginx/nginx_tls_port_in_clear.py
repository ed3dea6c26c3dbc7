"""nginx speaks clear text on a port meant for TLS.

## Why it matters
Without `ssl` behind `listen`, port 443 is an ordinary HTTP port, whatever certificates stand below it. Clients that
connect to it as configured elsewhere, load balancers for instance, send everything in clear text.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443;  # <-
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    location / { return 200 ok; }
  }
}
```

## Bad: a certificate on another port
```text nginx.conf
events { }
http {
  server {
    listen 8080;  # <-
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    location / { return 200 ok; }
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
    location / { return 200 ok; }
  }
}
```

## Good: another server turns TLS on for the same socket
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  }
  server {
    listen 443;
    server_name other.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  }
}
```

## Fix
```text
listen 443 ssl;
```

## References
- nginx manual, ngx_http_core_module, listen: https://nginx.org/en/docs/http/ngx_http_core_module.html#listen
- nginx manual, Configuring HTTPS servers: https://nginx.org/en/docs/http/configuring_https_servers.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.nginx import Nginx

from ._common import TLS_PORTS


@check("nginx-tls-port-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def nginx_tls_port_in_clear(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        has_certificate = bool(server.level.own("ssl_certificate")) and not nginx.tls(server)
        for listen in nginx.plain(server):
            if listen.port in TLS_PORTS or has_certificate:
                yield fail(
                    f"{server} speaks clear text on {listen}: its listen does not say ssl",
                    at=listen.at,
                    severity=nginx.reach(listen).scale(HIGH),
                    key=server.keyed(listen),
                    expected=f"listen {listen.port} ssl",
                )
