"""Traefik accepts TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996): they rest on broken hashes and let an attacker force old ciphers. Without
`minVersion` TLS 1.2 is the least in the default options since 2.9, and in others since 2.11.

## Bad
```yaml tls.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records@docker
      tls: {}
tls:
  options:
    default:
      minVersion: VersionTLS10  # <-
```

## Bad: the default of an old version
```yaml compose.yaml
services:
  proxy:
    image: traefik:2.6  # <-
    command:
      - --entryPoints.websecure.address=:443
      - --entryPoints.websecure.http.tls=true
```

## Bad: an object of Kubernetes
```yaml traefik/options.yaml
apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata:
  name: legacy
  namespace: clinic
spec:
  minVersion: VersionTLS10  # <-
```

## Good
```yaml tls.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records@docker
      tls: {}
tls:
  options:
    default:
      minVersion: VersionTLS12
```

## Good: no router uses them
```yaml tls.yml
http:
  routers:
    records:
      rule: Host(`records.clinic.example`)
      service: records@docker
      tls: {}
tls:
  options:
    old:
      minVersion: VersionTLS10
```

## Good: the default of a newer version
```yaml compose.yaml
services:
  proxy:
    image: traefik:2.9
    command:
      - --entryPoints.websecure.address=:443
      - --entryPoints.websecure.http.tls=true
```

## Good: an object of Kubernetes
```yaml traefik/options.yaml
apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata:
  name: default
  namespace: clinic
spec:
  minVersion: VersionTLS12
```

## Fix
```yaml
tls:
  options:
    default:
      minVersion: VersionTLS12
```

## References
- Traefik 3.7 documentation, TLS options, minVersion: https://doc.traefik.io/traefik/reference/routing-configuration/http/tls/tls-options/
- Traefik 2.9.1 source, pkg/tls/tlsmanager.go, DefaultTLSOptions: https://github.com/traefik/traefik/blob/v2.9.1/pkg/tls/tlsmanager.go
- Go 1.22 release notes, crypto/tls (least version TLS 1.2): https://go.dev/doc/go1.22
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.traefik import Traefik

_OLD = {"VersionTLS10": "TLS 1.0 and TLS 1.1", "VersionTLS11": "TLS 1.1"}


@check("traefik-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def traefik_old_tls(traefik: Traefik) -> Iterator[Diagnostic]:
    has_default = False
    for options in traefik.tls_options():
        has_default = has_default or options.is_default
        least = known(options.part.text("minversion")) or traefik.least_tls(is_default=False)
        if least in _OLD:
            yield fail(
                f"{options} accept {_OLD[least]}",
                at=options.part.where("minversion"),
                severity=traefik.exposure.scale(MEDIUM),
                key=options.name,
                expected="minVersion VersionTLS12",
            )
    least = traefik.least_tls(is_default=True)
    if not has_default and not traefik.unknown and least in _OLD and traefik.has_tls():
        yield fail(
            f"Traefik {traefik.version} accepts {_OLD[least]} where no option says otherwise",
            severity=traefik.exposure.scale(MEDIUM),
            key="default",
            expected="TLS options default with minVersion VersionTLS12, and a supported version",
        )
