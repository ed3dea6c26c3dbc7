"""OpenSearch lets passwords be guessed without end.

## Why it matters
Nothing slows down or locks out a client that tries one password after another: the lists of common passwords are
through in minutes. The limits are commented out in the file that comes with the plugin.

## Bad
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

## Good: no password is taken
```yaml opensearch-security/config.yml
_meta:
  type: "config"
  config_version: 2
config:
  dynamic:
    authc:
      certificates:
        http_enabled: true
        http_authenticator:
          type: clientcert
        authentication_backend:
          type: noop
```

## Fix
Limit tries for each user and each address.

```yaml
auth_failure_listeners:
  internal_authentication_backend_limiting:
    type: username
    authentication_backend: intern
    allowed_tries: 10
    time_window_seconds: 3600
    block_expiry_seconds: 600
```

## References
- OpenSearch documentation 2.x, "API rate limiting": https://docs.opensearch.org/2.19/security/configuration/api-rate-limiting/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import SecuritySettings


@check("opensearch-logins-not-limited", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=307)
def opensearch_logins_not_limited(settings: SecuritySettings) -> Iterator[Diagnostic]:
    by_password = [domain for domain in settings.domains if domain.kind == "basic"]
    if by_password and not known(settings.limits_logins):
        yield fail(
            f"Passwords for {by_password[0].name} may be guessed without end",
            at=by_password[0].at,
            expected="auth_failure_listeners",
        )
