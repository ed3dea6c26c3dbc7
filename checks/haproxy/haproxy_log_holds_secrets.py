"""HAProxy writes credentials of requests to its log.

## Why it matters
Logs are read by more people, kept longer and copied further than the data they speak of. A log with `Authorization`
headers or cookies is a collection of log-ins in clear text.

## Bad
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
  option httplog
frontend www
  bind 127.0.0.1:80
  capture request header Authorization len 200  # <-
```

## Bad: a session cookie
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
  option httplog
frontend www
  bind 127.0.0.1:80
  capture cookie JSESSIONID= len 63  # <-
```

## Bad: in a format of its own
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
frontend www
  bind 127.0.0.1:80
  log-format "%ci %ST %{+Q}r %[req.hdr(Cookie)]"  # <-
```

## Good: headers that say nothing of the log-in
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
  option httplog
frontend www
  bind 127.0.0.1:80
  capture request header Host len 64
  capture request header User-Agent len 128
```

## Good: captured for a rule, and not in the log's format
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
frontend www
  bind 127.0.0.1:80
  capture request header Authorization len 200
  log-format "%ci %ST %{+Q}r"
```

## Fix
Take the capture out, or log a hash that tells two sessions apart:
```text
http-request capture req.cook(JSESSIONID),sha2(256),hex len 16
```

## References
- HAProxy configuration manual 2.6, capture request header: https://docs.haproxy.org/2.6/configuration.html#4.2-capture%20request%20header
- HAProxy configuration manual 2.6, capture cookie: https://docs.haproxy.org/2.6/configuration.html#4.2-capture%20cookie
"""

import re
from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, lazy
from auditor.technologies.haproxy import Haproxy, Line, Proxy

_SECRET = lazy(r"authorization|cookie|x-api-key|x-auth-token|apikey|password", re.IGNORECASE)
_SAMPLE = lazy(
    r"%\[(?:capture\.)?req\.(?:f?hdr|cook)\(([^()]*(?:authorization|cookie|x-api-key|x-auth-token|session)[^()]*)\)\]",
    re.IGNORECASE,
)


def _format(frontend: Proxy) -> tuple[Line | None, bool]:
    """Return the line of a format of its own, and whether the format in force has what was captured."""
    form: Line | None = None
    captured = False
    for line in frontend.lines:
        if line.name == "log-format":
            form, captured = line, any(sign in " ".join(line.words) for sign in ("%hr", "%CC", "%[capture."))
        elif line.words[:2] in {("option", "httplog"), ("option", "httpslog")}:
            form, captured = None, True
    return form, captured


def _captured(line: Line) -> str:
    """Return the credential that a line captures in plain text, "" if it is none."""
    words = line.words
    if line.starts("capture", "cookie") and len(words) > 2:
        return f"the cookie {words[2].rstrip('=')}"
    if line.starts("capture", "request", "header") and len(words) > 3 and _SECRET.search(words[3]):
        return f"the header {words[3]}"
    if line.starts("http-request", "capture") and len(words) > 2 and "," not in words[2] and _SECRET.search(words[2]):
        return words[2]
    return ""


@check(
    "haproxy-log-holds-secrets",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.PHI_EXPOSURE,),
    cwe=532,
)
def haproxy_log_holds_secrets(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.web():
        targets = haproxy.logs(frontend)
        if isinstance(targets, Unknown) or not any(target.takes_requests for target in targets):
            continue
        form, captured = _format(frontend)
        for line in frontend.lines:
            what = _captured(line) if captured else ""
            if line is form:
                what = ", ".join(dict.fromkeys(match[1] for match in _SAMPLE.finditer(" ".join(line.words))))
            if what and not line.doubt:
                yield fail(
                    f"{frontend} writes {what} of every request to its log",
                    at=line.at,
                    key=f"{frontend.name} {what}",
                    expected="a log without credentials",
                )
