"""nginx lets everybody write or delete files.

## Why it matters
`dav_methods PUT` stores whatever a client sends below the folder of the location: pages with scripts, malware for the
next visitor, or a full disk. `DELETE` and `MOVE` take files away.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    location /exchange/ {
      root /srv;
      dav_methods PUT DELETE;  # <-
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
    location /exchange/ {
      root /srv;
      dav_methods PUT DELETE;
      auth_basic "partners";
      auth_basic_user_file /etc/nginx/users;
    }
  }
}
```

## Good: everybody reads, some write
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    location /exchange/ {
      root /srv;
      dav_methods PUT;
      limit_except GET { allow 10.20.0.0/16; deny all; }
    }
  }
}
```

## Fix
```text
limit_except GET {
    auth_basic "partners";
    auth_basic_user_file /etc/nginx/users;
}
```

## References
- nginx manual, ngx_http_dav_module: https://nginx.org/en/docs/http/ngx_http_dav_module.html
- nginx manual, ngx_http_core_module, limit_except: https://nginx.org/en/docs/http/ngx_http_core_module.html#limit_except
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Level, Nginx, Place, VirtualServer

from ._common import answering, each_place_decided, widest


@check(
    "nginx-anybody-writes-files",
    severity=CRITICAL,
    control=Control.MALICIOUS_UPLOAD,
    also=(Control.AUTHENTICATION,),
    cwe=434,
)
def nginx_anybody_writes_files(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()

    def judge(server: VirtualServer, place: Place) -> Iterator[Diagnostic]:
        line = known(place.level.find("dav_methods")) if place.serves_files else None
        methods = {word for word in known(line.texts()) if word != "off"} if line is not None else set[str]()
        limits = place.level.children("limit_except")
        if line is None or not methods or line.at in seen:
            return
        open_to_all = [method for method in sorted(methods) if not _is_restricted(method, limits, place)]
        if open_to_all:
            seen.add(line.at)
            yield fail(
                f"{server} lets everybody {', '.join(open_to_all)} files at {place}",
                at=line.at,
                severity=widest(nginx, server.listens).scale(CRITICAL),
                key=server.keyed(place),
                expected="a log-in or allowed addresses for these methods",
            )

    yield from each_place_decided(nginx, answering, judge)


def _is_restricted(method: str, limits: list[Level], place: Place) -> bool:
    for limit in limits:
        if method not in limit.words:
            return known(Place(limit, None).access).is_restricted
    return known(place.access).is_restricted
