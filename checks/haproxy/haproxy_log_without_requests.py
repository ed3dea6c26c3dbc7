"""HAProxy's log does not say what was asked for.

## Why it matters
Without `option httplog` or a `log-format` a line says only that an address connected. Which record was read, with which
answer, cannot be told from it.

## Bad
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
frontend www  # <-
  bind 127.0.0.1:80
```

## Good
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
  option httplog
frontend www
  bind 127.0.0.1:80
```

## Good: a format of its own
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
frontend www
  bind 127.0.0.1:80
  log-format "%ci:%cp [%tr] %ft %b/%s %ST %B %{+Q}r"
```

## Fix
```text
option httplog
```

## References
- HAProxy configuration manual 2.6, option httplog: https://docs.haproxy.org/2.6/configuration.html#4.2-option%20httplog
- HAProxy configuration manual 2.6, Log formats: https://docs.haproxy.org/2.6/configuration.html#8.2
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy, Proxy

_FORMATS = frozenset({"httplog", "httpslog", "tcplog"})


def _has_format(frontend: Proxy) -> bool:
    """Tell whether a line gives the log a format (of two the last counts, and none takes it away again)."""
    return any(
        line.name in {"log-format", "log-profile"} or (line.name == "option" and bool(_FORMATS & set(line.words[1:2])))
        for line in frontend.lines
    )


@check("haproxy-log-without-requests", severity=LOW, control=Control.AUDIT_LOGGING, cwe=778)
def haproxy_log_without_requests(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.web():
        targets = haproxy.logs(frontend)
        if isinstance(targets, Unknown) or frontend.open:
            yield not_evaluated(targets.reason if isinstance(targets, Unknown) else frontend.open)
        elif any(target.takes_requests for target in targets) and not _has_format(frontend):
            yield fail(
                f"{frontend} logs connections, and not what was asked for",
                at=frontend.at,
                key=frontend.name,
                expected="option httplog",
            )
