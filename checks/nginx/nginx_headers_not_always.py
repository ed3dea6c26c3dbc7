"""nginx leaves security headers out of error pages.

## Why it matters
Without `always`, `add_header` adds to answers with the statuses 200 to 308 of a short list only. Pages for 401, 403, 404
or 500 come without it: they can be framed, and they do not remind the browser of https.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Strict-Transport-Security "max-age=63072000";  # <-
    root /srv/www;
  }
}
```

## Good
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Strict-Transport-Security "max-age=63072000" always;
    root /srv/www;
  }
}
```

## Good: a header that matters for content only
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Strict-Transport-Security "max-age=63072000" always;
    add_header Cache-Control no-store;
    root /srv/www;
  }
}
```

## Fix
```text
add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
```

## References
- nginx manual, ngx_http_headers_module, add_header: https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Unknown, check, fail
from auditor.technologies.nginx import Nginx

from ._common import SECURITY_HEADERS


@check("nginx-headers-not-always", severity=LOW, control=Control.CONFIGURATION_HYGIENE, cwe=693)
def nginx_headers_not_always(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for server in nginx.each_server():
        for place in server.places if nginx.tls(server) else ():
            headers = place.headers
            for header in () if isinstance(headers, Unknown) else headers:
                if header.name in SECURITY_HEADERS and not header.always and header.at not in seen:
                    seen.add(header.at)
                    yield fail(
                        f"{server} sends {SECURITY_HEADERS[header.name]} with successful answers only",
                        at=header.at,
                        key=server.keyed(header.name),
                        expected="always at the end of the line",
                    )
