"""Traefik takes the client's address from whoever sends it.

## Why it matters
With `insecure`, or all networks in `trustedIPs`, every client names its own address in `X-Forwarded-For` or in the PROXY
protocol. Address rules and rate limits then protect nothing, and the log holds what the client wants it to hold.

## Bad
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
    forwardedHeaders:
      insecure: true  # <-
```

## Bad: the PROXY protocol
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    command:
      - --entryPoints.websecure.address=:443
      - --entryPoints.websecure.proxyProtocol.insecure  # <-
    ports: ["443:443"]
```

## Bad: all networks
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
    forwardedHeaders:
      trustedIPs:  # <-
        - 0.0.0.0/0
```

## Good
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
    forwardedHeaders:
      trustedIPs:
        - 10.8.0.0/24
```

## Good: the same host only
```yaml traefik.yml
entryPoints:
  websecure:
    address: "127.0.0.1:443"
    forwardedHeaders:
      insecure: true
```

## Fix
```yaml
entryPoints:
  websecure:
    address: ":443"
    forwardedHeaders:
      trustedIPs:
        - 10.8.0.0/24
```

## References
- Traefik 3.7 documentation, EntryPoints, forwardedHeaders and proxyProtocol: https://doc.traefik.io/traefik/reference/install-configuration/entrypoints/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.traefik import Traefik

_WAYS = {"forwardedheaders": "X-Forwarded-For", "proxyprotocol": "the PROXY protocol"}


@check("traefik-client-address-forgeable", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=348)
def traefik_client_address_forgeable(traefik: Traefik) -> Iterator[Diagnostic]:
    for point in traefik.points:
        for name, title in _WAYS.items():
            if point.exposure.is_loopback:
                continue
            insecure = known(point.part.is_on(name, "insecure"))
            networks = known(point.part.words(name, "trustedips"))
            if insecure or any(network.endswith("/0") for network in networks):
                yield fail(
                    f"{str(point)[0].upper()}{str(point)[1:]} believes every client what {title} says of its address",
                    at=point.part.where(name, "insecure" if insecure else "trustedips"),
                    severity=point.exposure.scale(MEDIUM),
                    key=f"{point.name} {name}",
                    expected="trustedIPs with the addresses of the proxies in front",
                )
