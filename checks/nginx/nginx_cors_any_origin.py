r"""Pages of any site may read what nginx answers to their visitors' log-ins.

## Why it matters
`Access-Control-Allow-Origin $http_origin` names whoever asks. Together with `Access-Control-Allow-Credentials true`, any
page that a logged-in person opens reads records in that person's name. The same holds for a regular expression without
`$` behind the domain: it also matches `https://portal.clinic.example.stranger.example`.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /api/ {
      add_header Access-Control-Allow-Origin $http_origin always;  # <-
      add_header Access-Control-Allow-Credentials true always;
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Bad: a map names whoever asks
```text nginx.conf
events { }
http {
  map $http_origin $allowed_origin {
    default $http_origin;
    "" "";
  }
  server {
    listen 127.0.0.1:80;
    location /api/ {
      add_header Access-Control-Allow-Origin $allowed_origin always;  # <-
      add_header Access-Control-Allow-Credentials true always;
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Bad: the test does not end behind the domain
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /api/ {
      if ($http_origin ~* "^https://portal\.clinic\.example") {
        add_header Access-Control-Allow-Origin $http_origin;  # <-
        add_header Access-Control-Allow-Credentials true;
      }
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Bad: a site in a file of its own
```text conf.d/records.conf
server {
  listen 443 ssl;
  server_name records.example;
  ssl_certificate /etc/nginx/tls/site.crt;
  ssl_certificate_key /etc/nginx/tls/site.key;
  location / { proxy_pass http://127.0.0.1:8000; }
  location /api/ {
    add_header Access-Control-Allow-Origin $http_origin;  # <-
    add_header Access-Control-Allow-Credentials true;
    proxy_pass http://127.0.0.1:8000;
  }
}
```

## Good: the test ends behind the domain
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /api/ {
      set $allowed_origin "";
      if ($http_origin ~* "^https://[a-z]+\.clinic\.example$") {
        set $allowed_origin $http_origin;
      }
      add_header Access-Control-Allow-Origin $allowed_origin;
      add_header Access-Control-Allow-Credentials true;
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Good: one origin
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /api/ {
      add_header Access-Control-Allow-Origin https://portal.example always;
      add_header Access-Control-Allow-Credentials true always;
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Good: a list of origins
```text nginx.conf
events { }
http {
  map $http_origin $allowed_origin {
    https://portal.example $http_origin;
    https://staff.example $http_origin;
  }
  server {
    listen 127.0.0.1:80;
    location /api/ {
      add_header Access-Control-Allow-Origin $allowed_origin always;
      add_header Access-Control-Allow-Credentials true always;
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Good: public, without the log-in
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location /fonts/ {
      add_header Access-Control-Allow-Origin $http_origin;
      root /srv/www;
    }
  }
}
```

## Fix
Name the origins in a map:
```text
map $http_origin $allowed_origin {
    https://portal.example $http_origin;
}
```

## References
- Fetch standard, CORS protocol: https://fetch.spec.whatwg.org/#http-cors-protocol
- nginx manual, ngx_http_map_module: https://nginx.org/en/docs/http/ngx_http_map_module.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Nginx, Place, VirtualServer, stranger_let_in

from ._common import each_place_decided


@check("nginx-cors-any-origin", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def nginx_cors_any_origin(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()

    def judge(server: VirtualServer, place: Place) -> Iterator[Diagnostic]:
        origin = known(place.header("access-control-allow-origin"))
        credentials = known(place.header("access-control-allow-credentials"))
        if origin is None or credentials is None or known(credentials.value).lower() != "true":
            return
        stranger = stranger_let_in(place.level, known(origin.value))
        if stranger is not None and origin.at not in seen:
            seen.add(origin.at)
            yield fail(
                f"{server} lets strangers' web sites, such as {stranger}, read {place} with the user's log-in",
                at=origin.at,
                key=server.keyed(place),
                expected="origins named in a map",
            )

    yield from each_place_decided(nginx, lambda server: server.cases, judge)
