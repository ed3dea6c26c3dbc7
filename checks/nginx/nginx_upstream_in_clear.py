"""nginx hands requests to another host in clear text.

## Why it matters
TLS that ends at nginx protects nothing behind it. Whoever listens on the inner network, which is where an intruder
arrives first, reads passwords and records, and changes them.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / {
      proxy_pass http://10.20.0.7:8000;  # <-
    }
  }
}
```

## Bad: the servers of an upstream
```text nginx.conf
events { }
http {
  upstream records { server 127.0.0.1:8000; server 10.20.0.8:8000 backup; }
  server {
    listen 127.0.0.1:80;
    location / {
      proxy_pass http://records;  # <-
    }
  }
}
```

## Bad: a variable names the host
```text nginx.conf
events { }
http {
  resolver 127.0.0.11;
  server {
    listen 127.0.0.1:80;
    location / {
      set $records http://records:8000;
      proxy_pass $records;  # <-
    }
  }
}
```

## Good: https
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / {
      proxy_pass https://10.20.0.7:8443;
      proxy_ssl_verify on;
      proxy_ssl_trusted_certificate /etc/nginx/tls/ca.crt;
    }
  }
}
```

## Good: the same host
```text nginx.conf
events { }
http {
  upstream records { server unix:/run/records.sock; server [::1]:8000; }
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://records; }
    location /old/ { fastcgi_pass unix:/run/php/php-fpm.sock; }
  }
}
```

## Good: what certificate authorities ask for
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /.well-known/acme-challenge/ { proxy_pass http://certbot:8080; }
    location / { return 301 https://$host$request_uri; }
  }
}
```

## Fix
```text
proxy_pass https://records.internal:8443;
proxy_ssl_verify on;
proxy_ssl_trusted_certificate /etc/nginx/tls/ca.crt;
proxy_ssl_name records.internal;
```

## References
- nginx manual, ngx_http_proxy_module, proxy_pass: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Related, Unknown, check, fail, is_neighbour, not_evaluated
from auditor.technologies.nginx import Nginx, Target


@check("nginx-upstream-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def nginx_upstream_in_clear(nginx: Nginx) -> Iterator[Diagnostic]:
    found: dict[tuple[str, ...], list[tuple[str, Target]]] = {}
    for server in nginx.each_server():
        for place in server.cases:
            targets = nginx.targets(place)
            if isinstance(targets, Unknown):
                yield not_evaluated(targets.reason)
                continue
            remote = [target for target in targets if not target.is_encrypted and not target.is_local]
            if remote and not place.is_challenge:  # certificate authorities ask in clear text, and everybody may see it
                hosts = tuple(dict.fromkeys(target.host for target in remote))
                found.setdefault(hosts, []).append((f"{place} of {server}", remote[0]))
    for hosts, uses in found.items():
        (first, target), *others = uses
        yield fail(
            f"{first} hands requests to {', '.join(hosts[:3])} by {target.scheme} in clear text"
            + (f", and so do {len(others)} more places" if others else ""),
            at=target.line.at,
            severity=MEDIUM if all(is_neighbour(host) for host in hosts) else HIGH,
            key=" ".join(hosts),
            related=tuple(Related(other.line.at, where) for where, other in others[:5]),
            expected="an https address with proxy_ssl_verify on",
        )
