"""Traefik hands requests to another host in clear text.

## Why it matters
TLS that ends at Traefik protects nothing behind it. Whoever listens on the inner network, which is where an intruder
arrives first, reads passwords and records, and changes them.

## Bad
```yaml routes.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records
      tls: {}
  services:
    records:
      loadBalancer:
        servers:
          - url: http://10.20.0.7:8000  # <-
```

## Bad: in TOML
```toml traefik/routes.toml
[http.routers.records]
  rule = "Host(`records.clinic.example`)"
  service = "records"
  [http.routers.records.tls]

[http.services.records.loadBalancer]
  [[http.services.records.loadBalancer.servers]]
    url = "https://records-1.clinic.example"
  [[http.services.records.loadBalancer.servers]]
    url = "http://records-2.clinic.example"  # <-
```

## Good
```yaml routes.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records
      tls: {}
  services:
    records:
      loadBalancer:
        servers:
          - url: https://10.20.0.7:8443
```

## Good: the same host
```yaml routes.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records
      tls: {}
  services:
    records:
      loadBalancer:
        servers:
          - url: http://127.0.0.1:8000
```

## Fix
```yaml
http:
  services:
    records:
      loadBalancer:
        serversTransport: inner
        servers:
          - url: https://records.internal:8443
  serversTransports:
    inner:
      rootCAs: [/etc/traefik/ca.pem]
```

## References
- Traefik 3.7 documentation, HTTP services, load balancer: https://doc.traefik.io/traefik/reference/routing-configuration/http/load-balancing/service/
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Related, check, fail, is_neighbour
from auditor.technologies.traefik import Target, Traefik


@check("traefik-upstream-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def traefik_upstream_in_clear(traefik: Traefik) -> Iterator[Diagnostic]:
    found: dict[str, list[Target]] = {}
    for target in traefik.targets():
        if target.scheme != "https" and not target.is_local and target.is_used:
            found.setdefault(target.service, []).append(target)
    for service, (first, *others) in found.items():
        hosts = [first.host, *(other.host for other in others)]
        yield fail(
            f"The service {service} hands requests to {first.host} in clear text"
            + (f", and so it does to {len(others)} more servers" if others else ""),
            at=first.at,
            severity=MEDIUM if all(is_neighbour(host) for host in hosts) else HIGH,
            key=service,
            related=tuple(Related(other.at, other.host) for other in others[:5]),
            expected="an https address",
        )
