"""Everybody uses NiFi's one account, which may do everything.

## Why it matters
The single user authorizer approves every request of whoever is logged in, and its log-in provider knows one account. So
who looked at or changed a flow with patient data cannot be told, nobody's access can be taken back alone, and a viewer
has the rights of an administrator. It is the default from 1.14 on; the distribution's own file says that
production should use `managed-authorizer`.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=single-user-authorizer # <-
nifi.security.user.login.identity.provider=single-user-provider
```

## Bad: the default of the image
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:2.4.0 # <-
    ports: ["8443:8443"]
```

## Bad: another name for it
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=team # <-
nifi.security.user.login.identity.provider=single-user-provider
```
```xml authorizers.xml
<authorizers>
  <authorizer>
    <identifier>team</identifier>
    <class>org.apache.nifi.authorization.single.user.SingleUserAuthorizer</class>
  </authorizer>
</authorizers>
```

## Good: defined, but not selected
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.login.identity.provider=ldap-provider
```
```xml authorizers.xml
<authorizers>
  <authorizer>
    <identifier>managed-authorizer</identifier>
    <class>org.apache.nifi.authorization.StandardManagedAuthorizer</class>
    <property name="Access Policy Provider">file-access-policy-provider</property>
  </authorizer>
  <authorizer>
    <identifier>single-user-authorizer</identifier>
    <class>org.apache.nifi.authorization.single.user.SingleUserAuthorizer</class>
  </authorizer>
</authorizers>
```

## Good: certificates
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:2.4.0
    ports: ["8443:8443"]
    environment:
      AUTH: tls
      INITIAL_ADMIN_IDENTITY: CN=nifi-admin
      KEYSTORE_PATH: /opt/certs/keystore.p12
      KEYSTORE_TYPE: PKCS12
      KEYSTORE_PASSWORD: ${KEYSTORE_PASSWORD}
      TRUSTSTORE_PATH: /opt/certs/truststore.p12
      TRUSTSTORE_TYPE: PKCS12
      TRUSTSTORE_PASSWORD: ${TRUSTSTORE_PASSWORD}
```

## Fix
Give everybody an account of his own (LDAP, OpenID Connect, SAML or certificates) and grant policies to groups:

```text
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.login.identity.provider=ldap-provider
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Single User" and "Multi-Tenant Authorization"
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_AUTHORIZER = "nifi.security.user.authorizer"


@check("nifi-single-user", severity=HIGH, control=Control.AUTHORIZATION, also=(Control.AUTHENTICATION,), cwe=1220)
def nifi_single_user(nifi: NiFi) -> Iterator[Diagnostic]:
    if known(nifi.is_single_user):
        yield fail(
            "All people share one account, and the single user authorizer approves whatever it asks for",
            at=nifi.where(_AUTHORIZER),
            severity=nifi.exposure.scale(HIGH),
            expected=f"{_AUTHORIZER}=managed-authorizer",
        )
