"""nginx asks for a client certificate and lets clients in without one.

## Why it matters
With `ssl_verify_client optional` or `optional_no_ca` the handshake succeeds without a valid certificate; whether there
was one stands in `$ssl_client_verify`. If nothing looks at it, the certificates protect nothing.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    ssl_client_certificate /etc/nginx/tls/clients.crt;
    ssl_verify_client optional;  # <-
    location / { proxy_pass http://127.0.0.1:8000; }
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
    ssl_client_certificate /etc/nginx/tls/clients.crt;
    ssl_verify_client on;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Good: a location looks at the result
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    ssl_client_certificate /etc/nginx/tls/clients.crt;
    ssl_verify_client optional;
    location / {
      if ($ssl_client_verify != SUCCESS) { return 403; }
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Fix
```text
ssl_verify_client on;
```

## References
- nginx manual, ngx_http_ssl_module, ssl_verify_client: https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_verify_client
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Level, Nginx

from ._common import widest


@check("nginx-client-certificate-optional", severity=HIGH, control=Control.AUTHENTICATION, cwe=295)
def nginx_client_certificate_optional(nginx: Nginx) -> Iterator[Diagnostic]:
    looked_at = nginx.http is not None and any(_looks(level) for level in nginx.http.walk())
    for server in nginx.each_server():
        line = known(server.level.find("ssl_verify_client")) if nginx.tls(server) else None
        if line is not None and known(line.word) in {"optional", "optional_no_ca"} and not looked_at:
            yield fail(
                f"{server} lets clients without a valid certificate in, and nothing looks at $ssl_client_verify",
                at=line.at,
                severity=widest(nginx, nginx.tls(server)).scale(HIGH),
                key=server.key,
                expected="ssl_verify_client on",
            )


def _looks(level: Level) -> bool:
    """Tell whether a line or the head of a block speaks of the result, or hands the certificate to the application."""
    rows = [level.words, *(line.words for line in level.lines)]
    return any("$ssl_client_" in str(word) or "${ssl_client_" in str(word) for words in rows for word in words)
