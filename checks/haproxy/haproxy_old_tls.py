"""HAProxy accepts TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996): they rest on broken hashes and let an attacker force old ciphers. Since
2.2 they are off unless a line switches them on. OpenSSL's own policy may still refuse them.

## Bad
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem ssl-min-ver TLSv1.0  # <-
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Bad: by a default for all listeners
```text haproxy.cfg
global
  ssl-default-bind-options ssl-min-ver TLSv1.1 no-tls-tickets
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem  # <-
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Bad: words that are ignored beside a bound
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem ssl-min-ver TLSv1.0 no-tlsv10 no-tlsv11  # <-
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Good: the default
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Good: the listener's own bound counts
```text haproxy.cfg
global
  ssl-default-bind-options ssl-min-ver TLSv1.0
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem ssl-min-ver TLSv1.2
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Fix
```text
global
    ssl-default-bind-options ssl-min-ver TLSv1.2
```

## References
- HAProxy configuration manual 2.6, ssl-min-ver: https://docs.haproxy.org/2.6/configuration.html#5.1-ssl-min-ver
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy


@check("haproxy-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def haproxy_old_tls(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.listening(haproxy.frontends()):
        for bind in haproxy.known_binds(frontend):
            if not bind.is_tls or bind.address.startswith("quic"):
                continue
            versions = haproxy.versions(bind)
            if isinstance(versions, Unknown):
                yield not_evaluated(versions.reason)
            elif versions.old:
                named = " and ".join(name.replace("TLSv", "TLS ") for name in versions.old)
                yield fail(
                    f"{frontend} accepts {named} on {bind}",
                    at=bind.at,
                    severity=haproxy.reach(bind).scale(MEDIUM),
                    key=f"{frontend.name} {bind}",
                    expected="ssl-min-ver TLSv1.2",
                )
