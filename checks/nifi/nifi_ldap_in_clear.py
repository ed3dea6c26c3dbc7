"""NiFi sends passwords to the directory without TLS.

## Why it matters
To check a log-in NiFi binds to the LDAP server with the person's own password, and searches with the manager's. With the
strategies `SIMPLE` and `ANONYMOUS` and an address `ldap://` they cross the network in clear text: one listener learns the
passwords that open everything else, too.

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
    <property name="Authentication Strategy">SIMPLE</property>
    <property name="Url">ldap://dc1.example.org:389</property> <-
    <property name="Authentication Expiration">8 hours</property>
  </provider>
</loginIdentityProviders>
```

## Bad: ANONYMOUS is the search only
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
    <property name="Authentication Strategy">ANONYMOUS</property>
    <property name="Url">ldaps://dc1.example.org ldap://dc2.example.org</property> <-
    <property name="Authentication Expiration">8 hours</property>
  </provider>
</loginIdentityProviders>
```

## Bad: the directory that groups are taken from
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
```
```xml authorizers.xml
<authorizers>
  <userGroupProvider>
    <identifier>people</identifier>
    <class>org.apache.nifi.ldap.tenants.LdapUserGroupProvider</class>
    <property name="Authentication Strategy">SIMPLE</property>
    <property name="Url">ldap://dc1.example.org:389</property> <-
  </userGroupProvider>
  <userGroupProvider>
    <identifier>all</identifier>
    <class>org.apache.nifi.authorization.CompositeUserGroupProvider</class>
    <property name="User Group Provider 1">people</property>
  </userGroupProvider>
  <accessPolicyProvider>
    <identifier>policies</identifier>
    <class>org.apache.nifi.authorization.FileAccessPolicyProvider</class>
    <property name="User Group Provider">all</property>
  </accessPolicyProvider>
  <authorizer>
    <identifier>managed-authorizer</identifier>
    <class>org.apache.nifi.authorization.StandardManagedAuthorizer</class>
    <property name="Access Policy Provider">policies</property>
  </authorizer>
</authorizers>
```

## Bad: variables of the image
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.28.1
    environment:
      AUTH: ldap
      KEYSTORE_PATH: /opt/certs/keystore.p12
      KEYSTORE_TYPE: PKCS12
      KEYSTORE_PASSWORD: ${KEYSTORE_PASSWORD}
      TRUSTSTORE_PATH: /opt/certs/truststore.p12
      TRUSTSTORE_TYPE: PKCS12
      TRUSTSTORE_PASSWORD: ${TRUSTSTORE_PASSWORD}
      LDAP_AUTHENTICATION_STRATEGY: SIMPLE
      LDAP_URL: ldap://dc1.example.org:389 # <-
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
    <property name="Authentication Strategy">START_TLS</property>
    <property name="Url">ldap://dc1.example.org:389</property>
    <property name="Authentication Expiration">8 hours</property>
  </provider>
</loginIdentityProviders>
```

## Good: another provider is selected
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
nifi.security.user.login.identity.provider=directory
```
```xml login-identity-providers.xml
<loginIdentityProviders>
  <provider>
    <identifier>ldap-provider</identifier>
    <class>org.apache.nifi.ldap.LdapProvider</class>
    <property name="Authentication Strategy">SIMPLE</property>
    <property name="Url">ldap://dc1.example.org:389</property>
  </provider>
  <provider>
    <identifier>directory</identifier>
    <class>org.apache.nifi.ldap.LdapProvider</class>
    <property name="Authentication Strategy">LDAPS</property>
    <property name="Url">ldaps://dc1.example.org:636</property>
  </provider>
</loginIdentityProviders>
```

## Good: SIMPLE towards an address with TLS, and a server of the same host
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
    <property name="Authentication Strategy">SIMPLE</property>
    <property name="Url">ldaps://dc1.example.org:636 ldap://localhost:389</property>
    <property name="Authentication Expiration">8 hours</property>
  </provider>
</loginIdentityProviders>
```

## Fix
```xml
<property name="Authentication Strategy">START_TLS</property>
<property name="TLS - Truststore">./conf/ldap-ca.p12</property>
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Lightweight Directory Access Protocol (LDAP)" and "LdapUserGroupProvider"
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.nifi import NiFi


@check("nifi-ldap-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=522)
def nifi_ldap_in_clear(nifi: NiFi) -> Iterator[Diagnostic]:
    if known(nifi.is_plain):
        return  # nobody logs in
    for connection in nifi.directories:
        host = connection.clear_host
        if isinstance(host, Unknown):
            yield not_evaluated(host.reason)
        elif host is not None:
            what = "passwords" if connection.carries_password else "names and groups of users"
            yield fail(
                f"{connection.provider.identifier} exchanges {what} with {host} without TLS",
                at=connection.provider.where("Url"),
                severity=HIGH if connection.carries_password else MEDIUM,
                expected="Authentication Strategy: START_TLS or LDAPS",
                key=connection.provider.identifier,
            )
    if nifi.directories_doubt:
        yield not_evaluated(nifi.directories_doubt)
