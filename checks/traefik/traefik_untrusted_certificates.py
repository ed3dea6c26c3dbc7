"""Traefik fetches certificates that browsers do not trust, or over a connection that anybody may change.

## Why it matters
Certificates of a staging authority are for tests: browsers warn of them, and people learn to click warnings away. An
authority that is asked by `http://` can be impersonated by whoever stands in the way.

## Bad
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
certificatesResolvers:
  clinic:
    acme:
      email: it@clinic.example
      storage: /acme.json
      caServer: https://acme-staging-v02.api.letsencrypt.org/directory  # <-
      tlsChallenge: {}
```

## Good
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
certificatesResolvers:
  clinic:
    acme:
      email: it@clinic.example
      storage: /acme.json
      caServer: https://acme-v02.api.letsencrypt.org/directory
      tlsChallenge: {}
```

## Good: the default
```yaml traefik.yml
entryPoints:
  websecure:
    address: ":443"
certificatesResolvers:
  clinic:
    acme:
      email: it@clinic.example
      storage: /acme.json
      # caServer: https://acme-staging-v02.api.letsencrypt.org/directory
      tlsChallenge: {}
```

## Fix
```yaml
certificatesResolvers:
  clinic:
    acme:
      caServer: https://acme-v02.api.letsencrypt.org/directory
```

## References
- Traefik 3.7 documentation, ACME, caServer: https://doc.traefik.io/traefik/reference/install-configuration/tls/certificate-resolvers/acme/
- Let's Encrypt documentation, Staging Environment: https://letsencrypt.org/docs/staging-environment/
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.traefik import Traefik


@check("traefik-untrusted-certificates", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def traefik_untrusted_certificates(traefik: Traefik) -> Iterator[Diagnostic]:
    for resolver in traefik.static.each("certificatesresolvers"):
        server = known(resolver.text("acme", "caserver")) or ""
        is_staging = server.startswith("https://acme-staging")
        if is_staging or (server.startswith("http://") and not _is_local(server)):
            what = (
                "a staging authority, which browsers do not trust"
                if is_staging
                else "an authority that it asks by http"
            )
            yield fail(
                f"The resolver {resolver.name} fetches its certificates from {what}",
                at=resolver.where("acme", "caserver"),
                key=resolver.name,
                expected="caServer of an authority that browsers trust, by https",
            )


def _is_local(url: str) -> bool:
    try:
        return urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}
    except ValueError:
        return False
