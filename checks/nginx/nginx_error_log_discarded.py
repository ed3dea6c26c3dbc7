"""nginx throws its error log away.

## Why it matters
Refused log-ins, denied addresses, failing upstreams and broken TLS handshakes are written to the error log only. Sent to
/dev/null, or kept at the levels `crit` and above, they leave no trace. (`error_log off` writes to a file named off.)

## Bad
```text nginx.conf
error_log /dev/null crit;  # <-
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Bad: only the worst is kept
```text nginx.conf
error_log /var/log/nginx/error.log emerg;  # <-
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Good
```text nginx.conf
error_log /var/log/nginx/error.log warn;
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Good: two logs, one of them complete
```text nginx.conf
error_log /var/log/nginx/alert.log alert;
error_log syslog:server=10.20.0.9 notice;
events { }
http {
  server {
    listen 127.0.0.1:80;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
```

## Fix
```text
error_log /var/log/nginx/error.log warn;
```

## References
- nginx manual, Core functionality, error_log: https://nginx.org/en/docs/ngx_core_module.html#error_log
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Line, Nginx

_TOO_HIGH = frozenset({"crit", "alert", "emerg"})


@check("nginx-error-log-discarded", severity=LOW, control=Control.AUDIT_LOGGING, also=(Control.MONITORING,), cwe=778)
def nginx_error_log_discarded(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for server in nginx.each_server():
        lines = known(server.level.in_force("error_log"))
        if lines and not any(_is_kept(line) for line in lines) and lines[0].at not in seen:
            seen.add(lines[0].at)
            yield fail(
                f"{server} throws away the errors that tell of refused requests",
                at=lines[0].at,
                key=server.key,
                expected="error_log with a file or syslog, at the level warn or below",
            )


def _is_kept(line: Line) -> bool:
    level = known(line.words[1]) if len(line.words) > 1 else "error"
    return known(line.word) != "/dev/null" and level not in _TOO_HIGH
