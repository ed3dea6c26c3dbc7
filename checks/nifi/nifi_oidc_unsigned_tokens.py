"""NiFi accepts log-ins of OpenID Connect without a signature.

## Why it matters
With `none` as the preferred algorithm, NiFi before 1.21 takes an identity token for genuine that nobody signed, so nothing
but the connection to the provider shows that the name in it is the right one. Later versions refuse `none`, and nobody
can log in.

## Bad
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.20.0
    environment:
      AUTH: oidc
      KEYSTORE_PATH: /opt/certs/keystore.p12
      KEYSTORE_TYPE: PKCS12
      KEYSTORE_PASSWORD: ${KEYSTORE_PASSWORD}
      TRUSTSTORE_PATH: /opt/certs/truststore.p12
      TRUSTSTORE_TYPE: PKCS12
      TRUSTSTORE_PASSWORD: ${TRUSTSTORE_PASSWORD}
      NIFI_SECURITY_USER_OIDC_DISCOVERY_URL: https://sso.example.org/.well-known/openid-configuration
      NIFI_SECURITY_USER_OIDC_CLIENT_ID: nifi
      NIFI_SECURITY_USER_OIDC_PREFERRED_JWSALGORITHM: none # <-
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.oidc.discovery.url=https://sso.example.org/.well-known/openid-configuration
nifi.security.user.oidc.preferred.jwsalgorithm=RS256
```

## Good: a version that refuses it
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.python.working.directory=./work/python
nifi.security.user.oidc.discovery.url=https://sso.example.org/.well-known/openid-configuration
nifi.security.user.oidc.preferred.jwsalgorithm=none
```

## Fix
```text
nifi.security.user.oidc.preferred.jwsalgorithm=RS256
```

## References
- System Administrator's Guide, NiFi 1.20, "OpenID Connect":
  https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html
- NiFi 1.20.0, `StandardOidcIdentityProvider.java`; NiFi 1.21.0, `StandardOidcIdTokenDecoderFactory.java`
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.nifi import NiFi

_ALGORITHM = "nifi.security.user.oidc.preferred.jwsalgorithm"


@check("nifi-oidc-unsigned-tokens", severity=HIGH, control=Control.AUTHENTICATION, cwe=347)
def nifi_oidc_unsigned_tokens(nifi: NiFi) -> Iterator[Diagnostic]:
    used = known(nifi.is_set("nifi.security.user.oidc.discovery.url"))
    if not used or (known(nifi.text(_ALGORITHM)) or "").lower() != "none" or nifi.versions.is_at_least(1, 21):
        return
    if nifi.versions.is_below(1, 21):
        message = "An identity token that nobody signed logs a person in"
        yield fail(message, at=nifi.where(_ALGORITHM), severity=nifi.exposure.scale(HIGH), expected="RS256")
    else:
        yield not_evaluated("NiFi 1.21 and later refuse unsigned tokens, and the version is not known")
