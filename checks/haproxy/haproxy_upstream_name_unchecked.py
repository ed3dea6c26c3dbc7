"""HAProxy takes any certificate that an authority has signed for the server behind it.

## Why it matters
`verify required` checks who signed a certificate, and the name in it only where a name is asked for (`sni`) or given
(`verifyhost`). With a public authority anybody with a certificate of their own can stand in for the server.

## Bad
```text haproxy.cfg
defaults
  mode tcp
frontend db
  bind 127.0.0.1:5432
  default_backend app
backend app
  server app1 10.20.0.7:8443 ssl verify required ca-file /etc/ssl/certs/ca-certificates.crt no-sni-auto  # <-
```

## Bad: before 3.3 no name is asked for by itself
```yaml compose.yaml
services:
  proxy:
    image: haproxy:2.8.10
    volumes: ["./haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro"]
```
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443 ssl ca-file @system-ca  # <-
```

## Good: the name is given
```yaml compose.yaml
services:
  proxy:
    image: haproxy:2.8.10
    volumes: ["./haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro"]
```
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443 ssl ca-file @system-ca verifyhost records.internal
```

## Good: asked for by itself
```yaml compose.yaml
services:
  proxy:
    image: haproxy:3.4.1
    volumes: ["./haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro"]
```
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443 ssl ca-file @system-ca
```

## Fix
```text
server app1 records.internal:8443 ssl verify required ca-file /etc/haproxy/ca.pem sni str(records.internal)
```

## References
- HAProxy configuration manual 2.6, server options, verify and verifyhost: https://docs.haproxy.org/2.6/configuration.html#5.2-verify
- HAProxy configuration manual 3.3, sni-auto: https://docs.haproxy.org/3.3/configuration.html#5.2-sni-auto
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy


@check("haproxy-upstream-name-unchecked", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=297)
def haproxy_upstream_name_unchecked(haproxy: Haproxy) -> Iterator[Diagnostic]:
    general = haproxy.general("ssl-server-verify")
    for backend in haproxy.backends():
        for server in haproxy.servers(backend):
            if isinstance(server, Unknown):
                yield not_evaluated(server.reason)
                continue
            if not server.is_tls or server.is_local or server.verifies(general) is not True:
                continue
            checks = server.checks_name(haproxy.parsed_version)
            if isinstance(checks, Unknown):
                yield not_evaluated(checks.reason)
            elif not checks:
                yield fail(
                    f"{backend} does not look at the name in the certificate of {server.host}",
                    at=server.at,
                    key=f"{backend.name} {server.name}",
                    expected="verifyhost or sni with the server's name",
                )
