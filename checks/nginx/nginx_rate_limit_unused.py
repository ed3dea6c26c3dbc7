"""nginx defines a rate limit that nothing uses.

## Why it matters
`limit_req_zone` and `limit_conn_zone` only reserve memory for counting. Until a `limit_req` or `limit_conn` names the
zone, passwords can be guessed at full speed while the configuration looks as if they could not.

## Bad
```text nginx.conf
events { }
http {
  limit_req_zone $binary_remote_addr zone=login:10m rate=5r/m;  # <-
  server {
    listen 127.0.0.1:80;
    location /login { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Good
```text nginx.conf
events { }
http {
  limit_req_zone $binary_remote_addr zone=login:10m rate=5r/m;
  server {
    listen 127.0.0.1:80;
    location /login {
      limit_req zone=login burst=5;
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Good: one of two zones for connections
```text nginx.conf
events { }
http {
  limit_conn_zone $binary_remote_addr zone=clients:10m;
  limit_conn clients 20;
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Fix
```text
location /login {
    limit_req zone=login burst=5;
}
```

## References
- nginx manual, ngx_http_limit_req_module: https://nginx.org/en/docs/http/ngx_http_limit_req_module.html
- nginx manual, ngx_http_limit_conn_module: https://nginx.org/en/docs/http/ngx_http_limit_conn_module.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.nginx import Nginx


@check("nginx-rate-limit-unused", severity=LOW, control=Control.PASSWORD_POLICY, cwe=307)
def nginx_rate_limit_unused(nginx: Nginx) -> Iterator[Diagnostic]:
    known(nginx.servers)
    if nginx.http is None:
        return
    levels = list(nginx.http.walk())
    used = " ".join(
        str(word)
        for level in levels
        for name in ("limit_req", "limit_conn")
        for line in level.own(name)
        for word in line.words
    )
    names = used.replace("zone=", "").split()
    hidden = next((level.open for level in levels if level.open), "")
    for line in [*nginx.http.own("limit_req_zone"), *nginx.http.own("limit_conn_zone")]:
        zone = next((str(word)[5:].partition(":")[0] for word in line.words if str(word).startswith("zone=")), "")
        if not zone or zone in names:
            continue
        if hidden:
            yield not_evaluated(hidden)
        else:
            yield fail(
                f"The zone {zone} limits nothing: no {line.name.removesuffix('_zone')} names it",
                at=line.at,
                key=zone,
                expected=f"{line.name.removesuffix('_zone')} where passwords are checked",
            )
