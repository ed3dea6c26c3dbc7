"""NiFi learns over HTTP whose log-ins it is to trust.

## Why it matters
The document at the address of the identity provider tells NiFi with which keys it signs log-ins. Fetched over HTTP it can be
changed on its way: whoever puts in a key of his own then logs in as anybody, an administrator included.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.oidc.discovery.url=http://sso.example.org/realms/care/.well-known/openid-configuration # <-
nifi.security.user.oidc.client.id=nifi
```

## Bad: SAML
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.saml.idp.metadata.url=http://sso.example.org/saml/metadata # <-
nifi.security.user.saml.sp.entity.id=nifi
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.oidc.discovery.url=https://sso.example.org/realms/care/.well-known/openid-configuration
nifi.security.user.oidc.client.id=nifi
```

## Good: a file of the server, and the same host
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.saml.idp.metadata.url=file:///opt/nifi/conf/idp.xml
nifi.security.user.oidc.discovery.url=http://localhost:8081/.well-known/openid-configuration
```

## Fix
```text
nifi.security.user.oidc.discovery.url=https://sso.example.org/realms/care/.well-known/openid-configuration
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "OpenID Connect" and "SAML"
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_ADDRESSES = ("nifi.security.user.oidc.discovery.url", "nifi.security.user.saml.idp.metadata.url")


@check(
    "nifi-identity-metadata-in-clear",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=345,
)
def nifi_identity_metadata_in_clear(nifi: NiFi) -> Iterator[Diagnostic]:
    if known(nifi.is_plain):
        return  # nobody logs in
    for name in _ADDRESSES:
        host = known(nifi.clear_address(name))
        if host is not None:
            message = f"The keys that log-ins are checked with are fetched from {host} over HTTP"
            yield fail(message, at=nifi.where(name), expected="an address that begins with https://", key=name)
