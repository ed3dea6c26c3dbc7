"""A log-in to NiFi stays valid for a long time.

## Why it matters
NiFi gives a token at log-in that is good until it expires, used or not; there is no time-out for idle sessions. What is left
open on an unattended workstation, or copied from a browser, opens NiFi for as long.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.login.identity.provider=ldap-provider
```
```xml login-identity-providers.xml
<loginIdentityProviders>
  <provider>
    <identifier>ldap-provider</identifier>
    <class>org.apache.nifi.ldap.LdapProvider</class>
    <property name="Authentication Strategy">LDAPS</property>
    <property name="Url">ldaps://dc1.example.org</property>
    <property name="Authentication Expiration">7 days</property> <-
  </provider>
</loginIdentityProviders>
```

## Bad: as shipped
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.login.identity.provider=ldap-provider
```
```xml login-identity-providers.xml
<loginIdentityProviders>
  <provider>
    <identifier>ldap-provider</identifier>
    <class>org.apache.nifi.ldap.LdapProvider</class>
    <property name="Authentication Strategy">LDAPS</property>
    <property name="Url">ldaps://dc1.example.org</property>
    <property name="Authentication Expiration">12 hours</property> <-
  </provider>
</loginIdentityProviders>
```

## Bad: the default of SAML
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.saml.idp.metadata.url=https://sso.example.org/saml/metadata
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.login.identity.provider=ldap-provider
```
```xml login-identity-providers.xml
<loginIdentityProviders>
  <provider>
    <identifier>ldap-provider</identifier>
    <class>org.apache.nifi.ldap.LdapProvider</class>
    <property name="Authentication Strategy">LDAPS</property>
    <property name="Url">ldaps://dc1.example.org</property>
    <property name="Authentication Expiration">480 mins</property>
  </provider>
</loginIdentityProviders>
```

## Good: SAML
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.login.identity.provider=
nifi.security.user.saml.idp.metadata.url=https://sso.example.org/saml/metadata
nifi.security.user.saml.authentication.expiration=4 hours
```

## Fix
```xml
<property name="Authentication Expiration">8 hours</property>
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "JSON Web Tokens" and "Lightweight Directory Access Protocol (LDAP)"
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated, span_seconds, span_words
from auditor.technologies.nifi import NiFi

_HOUR = 60 * 60
_LONGEST = 8 * _HOUR
"""One shift."""
_DAY = 24 * _HOUR


@check("nifi-session-lifetime", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=613)
def nifi_session_lifetime(nifi: NiFi) -> Iterator[Diagnostic]:
    if known(nifi.is_plain):
        return  # nobody logs in
    lifetime = known(nifi.session_lifetime)
    if lifetime is None:
        return
    text, at = lifetime
    lasts = span_seconds(text)
    if lasts is None:
        yield not_evaluated("the time for which a log-in is valid is not known")
    elif lasts > _LONGEST:
        yield fail(
            f"A log-in stays valid for {span_words(lasts)}, used or not",
            at=at,
            severity=MEDIUM if lasts > _DAY else LOW,
            expected="8 hours or less",
        )
