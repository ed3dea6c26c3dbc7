"""nginx lets the request decide which host it is sent to.

## Why it matters
With a host taken from an argument, a header or a part of the path, anybody uses nginx to reach hosts of the inner
network: administration pages, metadata services of a cloud, databases.

## Bad
```text nginx.conf
events { }
http {
  resolver 127.0.0.1;
  server {
    listen 127.0.0.1:80;
    location /fetch {
      proxy_pass http://$arg_host/;  # <-
    }
  }
}
```

## Bad: a part of the path
```text nginx.conf
events { }
http {
  resolver 127.0.0.1;
  server {
    listen 127.0.0.1:80;
    location ~ ^/via/([^/]+)/(.*)$ {
      proxy_pass http://$1/$2;  # <-
    }
  }
}
```

## Bad: the host that the client asked for
```text nginx.conf
events { }
http {
  resolver 127.0.0.1;
  server {
    listen 127.0.0.1:80;
    location / {
      proxy_pass $scheme://$http_host$request_uri;  # <-
    }
  }
}
```

## Good: only the names of this server get here
```text nginx.conf
events { }
http {
  resolver 127.0.0.1;
  server { listen 127.0.0.1:80 default_server; return 404; }
  server {
    listen 127.0.0.1:80;
    server_name a.clinic.example b.clinic.example;
    location / {
      proxy_pass http://$host:8080;
    }
  }
}
```

## Good: the path alone
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    location ~ ^/v1/(.*)$ {
      proxy_pass http://127.0.0.1:8000/$1?from=$arg_host;
    }
  }
}
```

## Good: a name from a list
```text nginx.conf
events { }
http {
  resolver 127.0.0.1;
  map $arg_host $backend { default 127.0.0.1; b 127.0.0.2; }
  server {
    listen 127.0.0.1:80;
    location /fetch { proxy_pass http://$backend; }
  }
}
```

## Fix
Choose the host in a map, or name it:
```text
map $arg_host $backend {
    default records.internal;
}
```

## References
- nginx manual, ngx_http_proxy_module, proxy_pass: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, lazy
from auditor.technologies.nginx import Nginx, expanded

from ._common import answering, needs_login, widest

_HOST = lazy(
    r"(?:(?:\w+|\$\{?scheme\}?)://)?\$\{?(\d|arg_\w+|http_\w+|cookie_\w+|query_string|args|request_uri|uri|host)\b"
)


@check("nginx-request-names-upstream", severity=HIGH, control=Control.AUTHORIZATION, cwe=918)
def nginx_request_names_upstream(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        is_default = any(nginx.default_of(listen) is server for listen in server.listens)
        for place in answering(server):
            line = place.passes
            if line is None or isinstance(line.word, Unknown):
                continue
            match = _HOST.match(expanded(line.word, place.level))
            if match is None or needs_login(place) or (match[1] == "host" and not is_default):
                continue
            yield fail(
                f"{server} sends requests at {place} to the host that ${match[1]} of the request names",
                at=line.at,
                severity=widest(nginx, server.listens).scale(HIGH),
                key=server.keyed(place),
                expected="a host that the configuration names",
            )
