"""OpenSearch takes requests without a log-in as an anonymous user.

## Why it matters
A request without credentials becomes the user `anonymous` with the role `anonymous_backendrole`. Whatever that role is
mapped to, now or later, is open to everybody who reaches the port, and nothing ties an access to a person or a service.

## Bad
```yaml opensearch-security/config.yml
_meta:
  type: "config"
  config_version: 2
config:
  dynamic:
    http:
      anonymous_auth_enabled: true  # <-
    authc:
      basic_internal_auth_domain:
        http_enabled: true
        order: 0
        http_authenticator:
          type: basic
          challenge: true
        authentication_backend:
          type: intern
    auth_failure_listeners:
      internal_authentication_backend_limiting:
        type: username
        authentication_backend: intern
        allowed_tries: 10
```

## Good
```yaml opensearch-security/config.yml
_meta:
  type: "config"
  config_version: 2
config:
  dynamic:
    http:
      anonymous_auth_enabled: false
    authc:
      basic_internal_auth_domain:
        http_enabled: true
        order: 0
        http_authenticator:
          type: basic
          challenge: true
        authentication_backend:
          type: intern
    auth_failure_listeners:
      internal_authentication_backend_limiting:
        type: username
        authentication_backend: intern
        allowed_tries: 10
```

## Good: not said, and false by default
```yaml opensearch-security/config.yml
_meta:
  type: "config"
  config_version: 2
config:
  dynamic:
    authc:
      basic_internal_auth_domain:
        http_enabled: true
        order: 0
        http_authenticator:
          type: basic
          challenge: true
        authentication_backend:
          type: intern
    auth_failure_listeners:
      internal_authentication_backend_limiting:
        type: username
        authentication_backend: intern
        allowed_tries: 10
```

## Fix
Switch it off and give each service a user.

```yaml
config:
  dynamic:
    http:
      anonymous_auth_enabled: false
```

## References
- OpenSearch documentation 2.x, "Anonymous authentication": https://docs.opensearch.org/2.19/security/access-control/anonymous-authentication/
- OpenSearch documentation 2.x, "Configuring the Security backend": https://docs.opensearch.org/2.19/security/configuration/configuration/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import SecuritySettings


@check("opensearch-anonymous-access", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def opensearch_anonymous_access(settings: SecuritySettings) -> Iterator[Diagnostic]:
    if known(settings.flag("http", "anonymous_auth_enabled")):
        yield fail(
            "OpenSearch takes requests without a log-in as the user anonymous",
            at=settings.place("http", "anonymous_auth_enabled"),
            expected="anonymous_auth_enabled: false",
        )
