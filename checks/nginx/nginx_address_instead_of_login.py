"""nginx asks clients of some addresses for no password.

## Why it matters
With `satisfy any`, an allowed address is enough: nobody behind it, and no program that reaches it, has to say who they
are, and the log has no name for what they did.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /records/ {
      satisfy any;  # <-
      allow 10.0.0.0/8;
      deny all;
      auth_basic "staff";
      auth_basic_user_file /etc/nginx/users;
      root /srv/www;
    }
  }
}
```

## Good: both are asked for
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /records/ {
      satisfy all;
      allow 10.0.0.0/8;
      deny all;
      auth_basic "staff";
      auth_basic_user_file /etc/nginx/users;
      root /srv/www;
    }
  }
}
```

## Good: only the host itself needs none
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /records/ {
      satisfy any;
      allow 127.0.0.1;
      deny all;
      auth_basic "staff";
      auth_basic_user_file /etc/nginx/users;
      root /srv/www;
    }
  }
}
```

## Fix
```text
satisfy all;
```

## References
- nginx manual, ngx_http_core_module, satisfy: https://nginx.org/en/docs/http/ngx_http_core_module.html#satisfy
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Nginx, Place, VirtualServer

from ._common import answering, each_place_decided

_LOCAL = ("127.", "::1", "unix:")


@check("nginx-address-instead-of-login", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=287)
def nginx_address_instead_of_login(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()

    def judge(server: VirtualServer, place: Place) -> Iterator[Diagnostic]:
        access, line = known(place.access), known(place.level.find("satisfy"))
        if line is None or not access.any_suffices or access.login is None or line.at in seen:
            return
        allowed = [str(rule.word) for rule in access.rules if rule.name == "allow"]
        remote = [address for address in allowed if not address.startswith(_LOCAL)]
        if remote:
            seen.add(line.at)
            yield fail(
                f"{server} asks clients of {', '.join(remote[:3])} for no password at {place}",
                at=line.at,
                key=server.keyed(place),
                expected="satisfy all",
            )

    yield from each_place_decided(nginx, answering, judge)
