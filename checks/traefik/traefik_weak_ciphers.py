"""Traefik accepts broken ciphers.

## Why it matters
RC4 and 3DES are read with moderate effort, and a client, or somebody on the way, can choose them if they are in the list.
Traefik offers neither unless a list names them.

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
      cipherSuites:
        - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        - TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA  # <-
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
      cipherSuites:
        - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
```

## Good: TLS 1.3 has ciphers of its own
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
      minVersion: VersionTLS13
      cipherSuites: [TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA]
```

## Fix
```yaml
tls:
  options:
    default:
      cipherSuites:
        - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
```

## References
- Traefik 3.7 documentation, TLS options, cipherSuites: https://doc.traefik.io/traefik/reference/routing-configuration/http/tls/tls-options/
- Go 1.22 documentation, crypto/tls, InsecureCipherSuites: https://pkg.go.dev/crypto/tls@go1.22.0#InsecureCipherSuites
- RFC 7465, Prohibiting RC4 Cipher Suites (2015)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.traefik import Traefik


@check("traefik-weak-ciphers", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def traefik_weak_ciphers(traefik: Traefik) -> Iterator[Diagnostic]:
    for options in traefik.tls_options():
        if known(options.part.text("minversion")) == "VersionTLS13":
            continue
        for suite in options.part.each("ciphersuites"):
            name = known(suite.value)
            weak = "RC4" if "RC4" in name else "3DES" if "3DES" in name else ""
            if weak:
                yield fail(
                    f"{options} let in {weak}",
                    at=suite.at,
                    severity=traefik.exposure.scale(MEDIUM),
                    key=f"{options.name} {weak}",
                    expected="cipher suites with ECDHE and GCM or CHACHA20",
                )
