"""nginx keeps no record of who asked for what.

## Why it matters
With `access_log off` nobody can tell afterwards which records were read, from where and with which log-in: neither an
intrusion nor its extent can be shown.

## Bad
```text nginx.conf
events { }
http {
  access_log off;  # <-
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Bad: for one path
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /api/ {
      access_log /dev/null;  # <-
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Bad: a site in a file of its own
```text conf.d/records.conf
server {
  listen 443 ssl;
  server_name records.example;
  ssl_certificate /etc/nginx/tls/site.crt;
  ssl_certificate_key /etc/nginx/tls/site.key;
  location / { proxy_pass http://127.0.0.1:8000; }
  location /records/ {
    access_log off;  # <-
    proxy_pass http://127.0.0.1:8000;
  }
}
```

## Good: the default
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Good: off for parts of pages and probes only
```text nginx.conf
events { }
http {
  access_log /var/log/nginx/access.log;
  server {
    listen 127.0.0.1:80;
    location = /favicon.ico { access_log off; root /srv/www; }
    location /static/ { access_log off; root /srv/www; }
    location = /healthz { access_log off; return 200 ok; }
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Good: off further out, on where it matters
```text nginx.conf
events { }
http {
  access_log off;
  server {
    listen 127.0.0.1:80;
    access_log /var/log/nginx/records.log;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Fix
```text
access_log /var/log/nginx/access.log;
```

## References
- nginx manual, ngx_http_log_module, access_log: https://nginx.org/en/docs/http/ngx_http_log_module.html#access_log
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Nginx, Place, VirtualServer

from ._common import answering, each_place_decided, is_asset


@check("nginx-no-access-log", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def nginx_no_access_log(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()

    def judge(server: VirtualServer, place: Place) -> Iterator[Diagnostic]:
        if is_asset(place) or place.is_status or place.is_challenge:
            return
        lines = known(place.level.in_force("access_log"))
        off = [line for line in lines if known(line.word) in {"off", "/dev/null"}]
        if off and (len(off) == len(lines) or any(line.word == "off" for line in off)) and off[0].at not in seen:
            seen.add(off[0].at)
            yield fail(
                f"{server} keeps no record of requests to {place}",
                at=off[0].at,
                key=server.keyed(place),
                expected="access_log with a file or syslog",
            )

    yield from each_place_decided(nginx, answering, judge)
