"""nginx lets browsers forget soon that they must use https.

## Why it matters
`max-age` of Strict-Transport-Security says for how many seconds a browser insists on https. A person who comes back
after a longer time is open to an attack on the first request; `max-age=0` switches the protection off.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Strict-Transport-Security "max-age=3600" always;  # <-
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
    add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;
    root /srv/www;
  }
}
```

## Good: quoted inside the value
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    add_header Strict-Transport-Security 'max-age="31536000"' always;
    root /srv/www;
  }
}
```

## Fix
```text
add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
```

## References
- RFC 6797, HTTP Strict Transport Security, section 6.1.1
- HSTS preload list, requirements: https://hstspreload.org/
"""

import re
from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Unknown, check, fail, lazy
from auditor.technologies.nginx import Nginx

_AGE = lazy(r"max-age\s*=\s*\"?(\d+)", re.IGNORECASE)
_HALF_A_YEAR = 15_768_000


@check("nginx-hsts-too-short", severity=LOW, control=Control.ENCRYPTION_IN_TRANSIT, cwe=523)
def nginx_hsts_too_short(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for server in nginx.each_server():
        for place in server.places if nginx.tls(server) else ():
            header = place.header("strict-transport-security")
            if header is None or isinstance(header, Unknown) or isinstance(header.value, Unknown):
                continue
            age = _AGE.search(header.value)
            if age is not None and int(age[1]) < _HALF_A_YEAR and header.at not in seen:
                seen.add(header.at)
                yield fail(
                    f"{server} lets browsers forget https after {int(age[1])} seconds",
                    at=header.at,
                    key=server.key,
                    expected="max-age of at least half a year, 15768000",
                )
