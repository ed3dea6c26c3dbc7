"""NiFi's connection to the directory permits outdated TLS only.

## Why it matters
`TLS - Protocol` names the newest version that is offered to the LDAP server. TLS 1.0 and 1.1 have known weaknesses and are
switched off in current Java, so that log-ins fail, until somebody switches them on for all connections.

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
    <property name="TLS - Protocol">TLSv1.1</property> <-
  </provider>
</loginIdentityProviders>
```

## Good
```xml authorizers.xml
<authorizers>
  <authorizer>
    <identifier>managed-authorizer</identifier>
    <class>org.apache.nifi.authorization.StandardManagedAuthorizer</class>
  </authorizer>
</authorizers>
```
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
    <property name="TLS - Protocol">TLSv1.2</property>
  </provider>
</loginIdentityProviders>
```

## Good: whatever Java offers
```xml authorizers.xml
<authorizers>
  <authorizer>
    <identifier>managed-authorizer</identifier>
    <class>org.apache.nifi.authorization.StandardManagedAuthorizer</class>
  </authorizer>
</authorizers>
```
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
    <property name="TLS - Protocol">TLS</property>
  </provider>
</loginIdentityProviders>
```

## Fix
```xml
<property name="TLS - Protocol">TLSv1.2</property>
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Lightweight Directory Access Protocol (LDAP)"
- Java Security Standard Algorithm Names, "SSLContext Algorithms":
  https://docs.oracle.com/en/java/javase/21/docs/specs/security/standard-names.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.nifi import NiFi

_PROTOCOL = "TLS - Protocol"
_OLD = frozenset({"sslv2", "sslv3", "tlsv1", "tlsv1.1"})


@check("nifi-ldap-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def nifi_ldap_old_tls(nifi: NiFi) -> Iterator[Diagnostic]:
    for connection in nifi.directories:
        protocol = known(connection.provider.text(_PROTOCOL))
        if protocol.lower() in _OLD and known(connection.strategy) in {"LDAPS", "START_TLS"}:
            yield fail(
                f"{connection.provider.identifier} offers the directory {protocol} at most",
                at=connection.provider.where(_PROTOCOL),
                expected=f"{_PROTOCOL}: TLSv1.2",
                key=connection.provider.identifier,
            )
    if nifi.directories_doubt:
        yield not_evaluated(nifi.directories_doubt)
