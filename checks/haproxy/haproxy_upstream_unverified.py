"""HAProxy does not check whom it hands requests to.

## Why it matters
With `verify none` HAProxy takes any certificate of the server behind it. Whoever gets in between, with a certificate
made a minute ago, receives every request with its passwords and records.

## Bad
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443 ssl verify none  # <-
```

## Bad: switched off for all servers
```text haproxy.cfg
global
  ssl-server-verify none
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443 ssl  # <-
```

## Bad: switched off on the command line
```yaml compose.yaml
services:
  proxy:
    image: haproxy:2.8
    command: ["haproxy", "-dV", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]
    volumes: ["./haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro"]
```
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443 ssl ca-file /etc/haproxy/ca.pem  # <-
```

## Good: required is the default
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443 ssl ca-file /etc/haproxy/ca.pem
```

## Good: a server's own word counts
```text haproxy.cfg
global
  ssl-server-verify none
defaults
  mode http
  default-server ssl verify none
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443 verify required ca-file /etc/haproxy/ca.pem
```

## Fix
```text
server app1 records.internal:8443 ssl verify required ca-file /etc/haproxy/ca.pem sni str(records.internal)
```

## References
- HAProxy configuration manual 2.6, server options, verify: https://docs.haproxy.org/2.6/configuration.html#5.2-verify
- HAProxy configuration manual 2.6, ssl-server-verify: https://docs.haproxy.org/2.6/configuration.html#3.1-ssl-server-verify
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.haproxy import Haproxy


@check("haproxy-upstream-unverified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def haproxy_upstream_unverified(haproxy: Haproxy) -> Iterator[Diagnostic]:
    general = haproxy.general("ssl-server-verify")
    for backend in haproxy.backends():
        for server in haproxy.servers(backend):
            if isinstance(server, Unknown):
                yield not_evaluated(server.reason)
            elif server.is_tls and not server.is_local and not known(server.verifies(general)):
                yield fail(
                    f"{backend} takes any certificate of {server.host}",
                    at=server.at,
                    key=f"{backend.name} {server.name}",
                    expected="verify required with a ca-file",
                )
