"""nginx accepts request bodies of any size.

## Why it matters
`client_max_body_size 0` takes the limit of 1 MiB away altogether. nginx writes large bodies to its disk before it hands
them on, so that any client can fill it.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    client_max_body_size 0;  # <-
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Good
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    client_max_body_size 50m;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Good: bounded where requests go
```text nginx.conf
events { }
http {
  client_max_body_size 0;
  server {
    listen 127.0.0.1:80;
    client_max_body_size 2m;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Fix
```text
client_max_body_size 50m;
```

## References
- nginx manual, ngx_http_core_module, client_max_body_size: https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Related, Unknown, check, fail, not_evaluated
from auditor.technologies.nginx import Line, Nginx

from ._common import answering


@check("nginx-body-size-unlimited", severity=LOW, control=Control.RESOURCE_LIMITS, cwe=770)
def nginx_body_size_unlimited(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        found = [
            (place, place.level.find("client_max_body_size")) for place in answering(server) if place.passes is not None
        ]
        lines = {
            line.at: place for place, line in found if isinstance(line, Line) and str(line.word).rstrip("kKmMgG") == "0"
        }
        if lines:
            first, *others = lines
            yield fail(
                f"{server} accepts bodies of any size at {lines[first]}"
                + (f" and {len(others)} more places" if others else ""),
                at=first,
                key=server.key,
                related=tuple(Related(at, str(lines[at])) for at in others),
                expected="a size, such as client_max_body_size 50m",
            )
        for _, line in found:
            if isinstance(line, Unknown):
                yield not_evaluated(line.reason)
                break
