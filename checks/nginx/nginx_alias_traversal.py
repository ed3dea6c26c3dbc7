"""nginx serves files beside the folder that a location stands for.

## Why it matters
If `alias` ends with a slash and the path of its location does not, `/files../` leads to the folder's parent: with
`alias /srv/app/files/`, a request for `/files../settings.py` answers with `/srv/app/settings.py`.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /files {
      alias /srv/app/files/;  # <-
    }
  }
}
```

## Good: both end with a slash
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /files/ { alias /srv/app/files/; }
  }
}
```

## Good: neither does
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /files { alias /srv/app/files; }
  }
}
```

## Good: one path only
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location = /files { alias /srv/app/files/; }
  }
}
```

## Fix
```text
location /files/ {
    alias /srv/app/files/;
}
```

## References
- nginx manual, ngx_http_core_module, alias: https://nginx.org/en/docs/http/ngx_http_core_module.html#alias
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail
from auditor.technologies.nginx import Nginx

from ._common import widest


@check("nginx-alias-traversal", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=22)
def nginx_alias_traversal(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        for place in server.places:
            head = place.head
            if head is None or head.sign not in {"", "^~"} or head.path.endswith("/"):
                continue
            for line in place.level.own("alias"):
                folder = line.word
                if not isinstance(folder, Unknown) and folder.endswith("/") and folder != "/":
                    parent = folder.rstrip("/").rpartition("/")[0] or "/"
                    yield fail(
                        f"{server} serves files of {parent} for requests that begin with {head.path}../",
                        at=line.at,
                        severity=widest(nginx, server.listens).scale(HIGH),
                        key=server.keyed(place),
                        expected=f"location {head.path}/",
                    )
