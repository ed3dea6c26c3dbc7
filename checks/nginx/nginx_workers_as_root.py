"""nginx serves requests as root.

## Why it matters
Only the master process needs root, to open ports below 1024. Workers that read requests from the network as root turn
one fault in nginx or a module into control of the host or the container.

## Bad
```text nginx.conf
user root;  # <-
events { }
http {
  server {
    listen 127.0.0.1:80;
    root /srv/www;
  }
}
```

## Good
```text nginx.conf
user www-data;
events { }
http {
  server {
    listen 127.0.0.1:80;
    root /srv/www;
  }
}
```

## Good: the default, an account without rights
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    root /srv/www;
  }
}
```

## Fix
```text
user nginx;
```

## References
- nginx manual, Core functionality, user: https://nginx.org/en/docs/ngx_core_module.html#user
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.nginx import Nginx


@check("nginx-workers-as-root", severity=HIGH, control=Control.PRIVILEGE, cwe=250)
def nginx_workers_as_root(nginx: Nginx) -> Iterator[Diagnostic]:
    for line in nginx.main.own("user"):
        if line.word in {"root", "0"} and not line.conditional:
            yield fail("nginx reads requests from the network as root", at=line.at, expected="user nginx")
