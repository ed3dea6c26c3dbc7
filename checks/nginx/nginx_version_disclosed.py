"""nginx tells its version to everybody.

## Why it matters
The `Server` header and error pages name the exact version, so that a scan finds the servers a new exploit works on.
`server_tokens` is on by default.

## Bad
```text nginx.conf
events { }
http {  # <-
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
  }
}
```

## Bad: one server of two
```text nginx.conf
events { }
http {
  server_tokens off;
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    server_tokens on;  # <-
    root /srv/www;
  }
}
```

## Good
```text nginx.conf
events { }
http {
  server_tokens off;
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
  }
}
```

## Good: for the same host only
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    root /srv/www;
  }
}
```

## Fix
```text
http {
    server_tokens off;
}
```

## References
- nginx manual, ngx_http_core_module, server_tokens: https://nginx.org/en/docs/http/ngx_http_core_module.html#server_tokens
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Nginx


@check("nginx-version-disclosed", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def nginx_version_disclosed(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for server in nginx.each_server():
        if all(listen.is_local for listen in server.listens):
            continue
        value = known(server.level.text("server_tokens", "on"))
        line = known(server.level.find("server_tokens"))
        at = line.at if line is not None else nginx.http.at if nginx.http is not None else nginx.at
        if value in {"on", "build"} and at not in seen:
            seen.add(at)
            yield fail(
                f"{server} names its version in every answer", at=at, key=server.key, expected="server_tokens off"
            )
