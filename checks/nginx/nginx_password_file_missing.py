"""nginx asks for no password because the file of passwords is not named.

## Why it matters
`auth_basic` without `auth_basic_user_file` does nothing, and nginx does not complain: everybody is let in.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /admin/ {
      auth_basic "staff";  # <-
      root /srv/www;
    }
  }
}
```

## Good
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /admin/ {
      auth_basic "staff";
      auth_basic_user_file /etc/nginx/users;
      root /srv/www;
    }
  }
}
```

## Good: the file is named further out
```text nginx.conf
events { }
http {
  auth_basic_user_file /etc/nginx/users;
  server {
    listen 127.0.0.1:80;
    location /admin/ {
      auth_basic "staff";
      root /srv/www;
    }
  }
}
```

## Fix
```text
auth_basic "staff";
auth_basic_user_file /etc/nginx/users;
```

## References
- nginx manual, ngx_http_auth_basic_module: https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Nginx

from ._common import widest


@check("nginx-password-file-missing", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def nginx_password_file_missing(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for server in nginx.each_server():
        for place in server.places:
            line = known(place.level.find("auth_basic"))
            if line is None or known(line.word) == "off" or line.at in seen:
                continue
            if known(place.level.find("auth_basic_user_file")) is None:
                seen.add(line.at)
                yield fail(
                    f"{server} lets everybody in at {place}: auth_basic has no auth_basic_user_file",
                    at=line.at,
                    severity=widest(nginx, server.listens).scale(HIGH),
                    key=server.keyed(place),
                    expected="auth_basic_user_file",
                )
