"""HAProxy hands requests to another host in clear text.

## Why it matters
TLS that ends at HAProxy protects nothing behind it. Whoever listens on the inner network, which is where an intruder
arrives first, reads passwords and records, and changes them.

## Bad
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8000 check  # <-
```

## Bad: TLS only for the health check
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443 check check-ssl verify none  # <-
```

## Bad: taken back behind the default
```text haproxy.cfg
defaults
  mode http
  default-server ssl verify required ca-file /etc/haproxy/ca.pem
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443
  server app2 10.20.0.8:8000 no-ssl  # <-
```

## Good: TLS by a default for all servers
```text haproxy.cfg
defaults
  mode http
  default-server ssl verify required ca-file /etc/haproxy/ca.pem
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443 verifyhost app.internal check
```

## Good: the same host
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 127.0.0.1:8000 check
  server app2 unix@/run/app.sock check
```

## Fix
```text
server app1 records.internal:8443 ssl verify required ca-file /etc/haproxy/ca.pem sni str(records.internal)
```

## References
- HAProxy configuration manual 2.6, server options, ssl: https://docs.haproxy.org/2.6/configuration.html#5.2-ssl
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Related, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy, Server


@check("haproxy-upstream-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def haproxy_upstream_in_clear(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for backend in haproxy.backends():
        mode = backend.mode
        if isinstance(mode, Unknown):
            yield not_evaluated(mode.reason)
        if mode != "http":
            continue
        servers = list(haproxy.servers(backend))
        for server in servers:
            if isinstance(server, Unknown):
                yield not_evaluated(server.reason)
        remote = [one for one in servers if isinstance(one, Server) and not one.is_tls and not one.is_local]
        if remote:
            first, *others = remote
            yield fail(
                f"{backend} hands requests to {first.host} in clear text"
                + (f", and so it does to {len(others)} more servers" if others else ""),
                at=first.at,
                severity=MEDIUM if all(one.is_internal for one in remote) else HIGH,
                key=backend.name,
                related=tuple(Related(one.at, str(one)) for one in others[:5]),
                expected="ssl verify required ca-file behind the server's address",
            )
