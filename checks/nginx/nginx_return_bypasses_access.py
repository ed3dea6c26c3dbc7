"""nginx answers with return before it looks at the access rules.

## Why it matters
`return` is carried out before `allow`, `deny`, `auth_basic` and `auth_request` are looked at. Beside a `return` in the
same block they are without effect: everybody gets the answer.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /config {
      deny all;
      return 200 "build 17";  # <-
    }
  }
}
```

## Bad: a password nobody is asked for
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /config {
      auth_basic "staff";
      auth_basic_user_file /etc/nginx/users;
      return 200 "build 17";  # <-
    }
  }
}
```

## Good: the answer is a file
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /config {
      deny all;
      root /srv/www;
    }
  }
}
```

## Good: a refusal either way
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /config {
      deny all;
      return 404;
    }
  }
}
```

## Fix
Let another location answer, after the access rules:
```text
location /config {
    allow 10.0.0.0/8;
    deny all;
    try_files /nonexistent @config;
}
location @config { return 200 "build 17"; }
```

## References
- nginx development guide, HTTP phases: https://nginx.org/en/docs/dev/development_guide.html#http_phases
- nginx manual, ngx_http_rewrite_module: https://nginx.org/en/docs/http/ngx_http_rewrite_module.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Related, check, fail
from auditor.technologies.nginx import Nginx

from ._common import widest

_RULES = ("allow", "deny", "auth_basic", "auth_request", "auth_jwt")


@check("nginx-return-bypasses-access", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=863)
def nginx_return_bypasses_access(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        for place in server.places:
            line = place.returns
            rules = [rule for rule in place.level.lines if rule.name in _RULES and rule.word != "off"]
            if line is None or not rules or place.redirects or str(line.word)[:1] in {"4", "5"}:
                continue
            if all(rule.name == "allow" for rule in rules):
                continue
            yield fail(
                f"{server} answers {place} to everybody: return comes before {rules[0].name}",
                at=line.at,
                severity=widest(nginx, server.listens).scale(MEDIUM),
                key=server.keyed(place),
                related=tuple(Related(rule.at, "never looked at") for rule in rules),
                expected="an answer that is given after the access rules",
            )
