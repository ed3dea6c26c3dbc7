"""nginx writes credentials or bodies of requests to its log.

## Why it matters
Logs are read by more people, kept longer and copied further than the data they speak of. A log with `Authorization`
headers, cookies or bodies is a collection of log-ins and records in clear text.

## Bad
```text nginx.conf
events { }
http {
  log_format full '$remote_addr "$request" $status "$http_authorization"';  # <-
  access_log /var/log/nginx/access.log full;
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Bad: bodies of one path
```text nginx.conf
events { }
http {
  log_format debug '$remote_addr "$request" $status ${request_body}';  # <-
  server {
    listen 127.0.0.1:80;
    location /api/ {
      access_log /var/log/nginx/api.log debug;
      proxy_pass http://127.0.0.1:8000;
    }
  }
}
```

## Good
```text nginx.conf
events { }
http {
  log_format main '$remote_addr $remote_user "$request" $status $request_length "$http_user_agent"';
  access_log /var/log/nginx/access.log main;
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Good: a format that no log uses
```text nginx.conf
events { }
http {
  log_format debug '$remote_addr "$request" $http_cookie';
  access_log /var/log/nginx/access.log;
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Fix
Take the variable out of the format:
```text
log_format main '$remote_addr $remote_user [$time_local] "$request" $status $body_bytes_sent';
```

## References
- nginx manual, ngx_http_log_module, log_format: https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format
- nginx manual, embedded variables: https://nginx.org/en/docs/http/ngx_http_core_module.html#variables
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, lazy
from auditor.technologies.nginx import Line, Nginx

_SECRET = lazy(
    r"\$\{?(request_body|resp_body|http_authorization|http_cookie|http_x_api_key|http_x_auth_token|sent_http_set_cookie"
    r"|cookie_\w+|arg_\w*(?:token|password|passwd|secret|key|code|ssn)\w*)\b"
)


@check(
    "nginx-log-holds-secrets",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.PHI_EXPOSURE,),
    cwe=532,
)
def nginx_log_holds_secrets(nginx: Nginx) -> Iterator[Diagnostic]:
    used = {
        name
        for server in nginx.each_server()
        for place in server.places
        for name in _formats(place.level.in_force("access_log"))
    }
    for line in nginx.http.own("log_format") if nginx.http is not None else ():
        text = " ".join(word for word in line.words if isinstance(word, str))
        found = list(dict.fromkeys(match[1] for match in _SECRET.finditer(text)))
        if line.word in used and found:
            yield fail(
                f"The log format {line.word} writes ${', $'.join(found)} of every request to the log",
                at=line.at,
                key=str(line.word),
                expected="a format without credentials and bodies",
            )


def _formats(lines: list[Line] | Unknown) -> Iterator[str]:
    for line in () if isinstance(lines, Unknown) else lines:
        if len(line.words) > 1 and isinstance(line.words[1], str):
            yield line.words[1]
