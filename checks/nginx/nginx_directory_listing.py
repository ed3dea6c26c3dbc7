"""nginx lists the files of a folder.

## Why it matters
`autoindex` shows everybody which files there are: exports, backups and uploads that no page links to.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    location /exports/ {
      autoindex on;  # <-
    }
  }
}
```

## Bad: inherited from the http block
```text nginx.conf
events { }
http {
  autoindex on;  # <-
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
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
  location /export/ {
    root /srv/www;
    autoindex on;  # <-
  }
}
```

## Good: switched off below
```text nginx.conf
events { }
http {
  autoindex on;
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    autoindex off;
  }
}
```

## Good: the requests go to a program
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    autoindex on;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Fix
```text
autoindex off;
```

## References
- nginx manual, ngx_http_autoindex_module: https://nginx.org/en/docs/http/ngx_http_autoindex_module.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Nginx, Place, VirtualServer

from ._common import answering, each_place_decided, widest


@check("nginx-directory-listing", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=548)
def nginx_directory_listing(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()

    def judge(server: VirtualServer, place: Place) -> Iterator[Diagnostic]:
        line = known(place.level.find("autoindex")) if place.serves_files else None
        if line is None or not known(place.level.flag("autoindex")) or line.at in seen:
            return
        seen.add(line.at)
        restricted = known(place.access).is_restricted
        yield fail(
            f"{server} lists the files of {place}" + (" to those it lets in" if restricted else ""),
            at=line.at,
            severity=LOW if restricted else widest(nginx, server.listens).scale(MEDIUM),
            key=server.keyed(place),
            expected="autoindex off",
        )

    yield from each_place_decided(nginx, answering, judge)
