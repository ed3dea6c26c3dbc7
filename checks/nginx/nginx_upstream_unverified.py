"""nginx does not check whom it hands requests to.

## Why it matters
`proxy_ssl_verify` is off by default: nginx takes any certificate of the server behind it. Whoever gets in between, with
a certificate made a minute ago, receives every request with its passwords and records.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / {
      proxy_pass https://records.internal;  # <-
    }
  }
}
```

## Bad: switched off
```text nginx.conf
events { }
http {
  proxy_ssl_verify on;
  proxy_ssl_trusted_certificate /etc/nginx/tls/ca.crt;
  server {
    listen 127.0.0.1:80;
    location / {
      proxy_ssl_verify off;  # <-
      proxy_pass https://records.internal;
    }
  }
}
```

## Good
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / {
      proxy_pass https://records.internal;
      proxy_ssl_verify on;
      proxy_ssl_trusted_certificate /etc/nginx/tls/ca.crt;
    }
  }
}
```

## Good: set once for all servers
```text nginx.conf
events { }
http {
  proxy_ssl_verify on;
  proxy_ssl_trusted_certificate /etc/nginx/tls/ca.crt;
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass https://records.internal; }
  }
}
```

## Good: the same host
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass https://127.0.0.1:8443; }
  }
}
```

## Fix
```text
proxy_ssl_verify on;
proxy_ssl_trusted_certificate /etc/nginx/tls/ca.crt;
proxy_ssl_name records.internal;
proxy_ssl_server_name on;
```

## References
- nginx manual, ngx_http_proxy_module, proxy_ssl_verify: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.nginx import Nginx, Place, VirtualServer

from ._common import each_place_decided

_SWITCH = {"proxy_pass": "proxy_ssl_verify", "grpc_pass": "grpc_ssl_verify", "uwsgi_pass": "uwsgi_ssl_verify"}


@check("nginx-upstream-unverified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def nginx_upstream_unverified(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()

    def judge(server: VirtualServer, place: Place) -> Iterator[Diagnostic]:
        targets = nginx.targets(place)
        if isinstance(targets, Unknown):
            yield not_evaluated(targets.reason)
            return
        encrypted = [target for target in targets if target.is_encrypted and not target.is_local]
        if not encrypted:
            return
        target, switch = encrypted[0], _SWITCH[encrypted[0].line.name]
        line = known(place.level.find(switch))
        at = line.at if line is not None else target.line.at
        if not known(place.level.flag(switch)) and at not in seen:
            seen.add(at)
            yield fail(
                f"{place} of {server} takes any certificate of {target.host}",
                at=at,
                key=server.keyed(place),
                expected=f"{switch} on, with a trusted certificate",
            )

    yield from each_place_decided(nginx, lambda server: server.cases, judge)
