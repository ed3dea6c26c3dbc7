"""NiFi takes requests without a log-in or certificate for those of an anonymous user.

## Why it matters
With `nifi.security.allow.anonymous.authentication` a request without any proof of identity passes authentication. The
single user authorizer then approves it like every other: the whole server is open. Other authorizers know no anonymous
user and refuse it, but certificates are no longer required of clients, and one policy for the anonymous user would open
the server.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.allow.anonymous.authentication=true # <-
nifi.security.user.authorizer=single-user-authorizer
nifi.security.user.login.identity.provider=single-user-provider
```

## Bad: an authorizer with policies
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.allow.anonymous.authentication=TRUE # <-
nifi.security.user.authorizer=managed-authorizer
```
```xml authorizers.xml
<authorizers>
  <authorizer>
    <identifier>managed-authorizer</identifier>
    <class>org.apache.nifi.authorization.StandardManagedAuthorizer</class>
  </authorizer>
</authorizers>
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.allow.anonymous.authentication=false
nifi.security.user.authorizer=managed-authorizer
```

## Good: the default
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
```

## Good: any other word than true
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.allow.anonymous.authentication=yes
nifi.security.user.authorizer=managed-authorizer
```

## Fix
```text
nifi.security.allow.anonymous.authentication=false
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "User Authentication"
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_ALLOWED = "nifi.security.allow.anonymous.authentication"


@check("nifi-anonymous-access", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def nifi_anonymous_access(nifi: NiFi) -> Iterator[Diagnostic]:
    if not known(nifi.flag(_ALLOWED)) or known(nifi.is_plain):
        return
    everything = known(nifi.is_single_user)
    effect = "the single user authorizer approves" if everything else "only the authorizer's policies keep away"
    yield fail(
        f"Requests without a log-in or certificate are taken for an anonymous user, whom {effect}",
        at=nifi.where(_ALLOWED),
        severity=nifi.exposure.scale(CRITICAL if everything else MEDIUM),
        expected=f"{_ALLOWED}=false",
    )
