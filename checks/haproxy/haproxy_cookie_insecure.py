"""HAProxy sets a cookie that browsers also send in clear text or show to scripts.

## Why it matters
A cookie that HAProxy inserts or rewrites decides which server a session goes to. Without `secure` it crosses the network
in clear text with any request for http, and without `httponly` every script in the page can read it.

## Bad
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
  default_backend app
backend app
  cookie SERVERID insert indirect nocache  # <-
  server app1 127.0.0.1:8001 cookie a check
```

## Good
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
  default_backend app
backend app
  cookie SERVERID insert indirect nocache httponly secure
  server app1 127.0.0.1:8001 cookie a check
```

## Good: the application's own cookie, which only gets a prefix
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
  default_backend app
backend app
  cookie JSESSIONID prefix nocache
  server app1 127.0.0.1:8001 cookie a check
```

## Fix
```text
cookie SERVERID insert indirect nocache httponly secure
```

## References
- HAProxy configuration manual 2.6, cookie: https://docs.haproxy.org/2.6/configuration.html#4.2-cookie
- RFC 6265, HTTP State Management Mechanism, section 4.1.2
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy


@check("haproxy-cookie-insecure", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=614)
def haproxy_cookie_insecure(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for backend in haproxy.backends():
        line, mode = backend.last("cookie"), backend.mode
        if isinstance(line, Unknown) or isinstance(mode, Unknown):
            yield not_evaluated(line.reason if isinstance(line, Unknown) else "the mode is not known")
        elif line is not None and mode == "http" and "insert" in line.words[2:] and not line.is_open:
            missing = [word for word in ("secure", "httponly") if word not in line.words[2:]]
            if missing:
                yield fail(
                    f"{backend} sets the cookie {line.words[1]} without {' and without '.join(missing)}",
                    at=line.at,
                    key=backend.name,
                    expected="httponly secure",
                )
