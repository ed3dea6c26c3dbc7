"""nginx asks for passwords on a connection without TLS.

## Why it matters
Basic authentication sends user name and password with every request, encoded and not encrypted. Whoever listens on the
way has them.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 80;
    server_name records.example;
    auth_basic "staff";  # <-
    auth_basic_user_file /etc/nginx/users;
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
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    auth_basic "staff";
    auth_basic_user_file /etc/nginx/users;
    root /srv/www;
  }
}
```

## Good: nothing but a redirect without TLS
```text nginx.conf
events { }
http {
  auth_basic "staff";
  auth_basic_user_file /etc/nginx/users;
  server {
    listen 80;
    server_name records.example;
    return 301 https://$host$request_uri;
  }
}
```

## Fix
Ask for passwords behind `listen 443 ssl` only, and redirect port 80:
```text
server {
    listen 80;
    return 301 https://$host$request_uri;
}
```

## References
- nginx manual, ngx_http_auth_basic_module: https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html
- RFC 7617, The 'Basic' HTTP Authentication Scheme, section 4
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail
from auditor.technologies.nginx import Nginx

from ._common import widest


@check(
    "nginx-password-in-clear",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=522,
)
def nginx_password_in_clear(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for server in nginx.each_server():
        for place in nginx.content_in_clear(server):
            access = place.access
            login = None if isinstance(access, Unknown) else access.login
            if login is not None and login.name == "auth_basic" and login.at not in seen:
                seen.add(login.at)
                exposure = widest(nginx, nginx.plain(server))
                yield fail(
                    f"{server} asks for passwords at {place} without TLS; {exposure.reason}",
                    at=login.at,
                    severity=exposure.scale(HIGH),
                    key=server.keyed(place),
                    expected="listen 443 ssl, and a redirect on port 80",
                )
