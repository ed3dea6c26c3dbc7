"""nginx never looks at an address rule, or the rules turn nobody away.

## Why it matters
The first `allow` or `deny` that names the address decides, and whom no rule names is let in. A `deny` behind `allow all`
and a list of `allow` without `deny all` at its end look like protection and are none.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /admin/ {
      allow all;
      deny 203.0.113.0/24;  # <-
      root /srv/www;
    }
  }
}
```

## Bad: the end of the list is missing
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /admin/ {
      allow 10.0.0.0/8;  # <-
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
      allow 10.0.0.0/8;
      deny all;
      root /srv/www;
    }
  }
}
```

## Good: a list of those who may not
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / {
      deny 203.0.113.0/24;
      allow all;
      root /srv/www;
    }
  }
}
```

## Good: whom no rule names is asked for a password
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /admin/ {
      satisfy any;
      allow 10.0.0.0/8;
      auth_basic "staff";
      auth_basic_user_file /etc/nginx/users;
      root /srv/www;
    }
  }
}
```

## Fix
```text
allow 10.0.0.0/8;
deny all;
```

## References
- nginx manual, ngx_http_access_module: https://nginx.org/en/docs/http/ngx_http_access_module.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail
from auditor.technologies.nginx import Access, Line, Nginx

from ._common import widest


@check("nginx-access-rule-void", severity=HIGH, control=Control.AUTHORIZATION, cwe=284)
def nginx_access_rule_void(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for server in nginx.each_server():
        for place in server.places:
            access = place.access
            found = None if isinstance(access, Unknown) else _void(access)
            if found is None or found[0].at in seen:
                continue
            line, why = found
            seen.add(line.at)
            yield fail(
                f"{server}, {place}: {why}",
                at=line.at,
                severity=widest(nginx, server.listens).scale(HIGH),
                key=server.keyed(place),
                expected="the allowed addresses first, then deny all",
            )


def _void(access: Access) -> tuple[Line, str] | None:
    """Return a rule that has no effect, and what happens instead."""
    unreached = [rule for rule in access.unreached() if rule.word != "all"]
    if unreached and unreached[0].name == "deny":
        return unreached[0], f"the addresses {unreached[0].word} are let in, because an earlier rule allows all"
    if access.turns_away or not access.rules or access.any_suffices or access.rules[0].word == "all":
        return None
    if unreached or all(rule.name == "allow" for rule in access.rules):
        return access.rules[0], "addresses that no allow names are let in as well, because no rule denies them"
    return None
