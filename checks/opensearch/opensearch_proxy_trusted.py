r"""OpenSearch believes a user name in a header from any address.

## Why it matters
Proxy authentication takes the user and the roles from request headers, and trusts an address that `internalProxies`
matches. With a pattern that matches everything, anybody who reaches the node writes a header and is the administrator.

## Bad
```yaml opensearch-security/config.yml
_meta:
  type: "config"
  config_version: 2
config:
  dynamic:
    http:
      xff:
        enabled: true
        internalProxies: ".*"  # <-
    authc:
      proxy_auth_domain:
        http_enabled: true
        order: 0
        http_authenticator:
          type: proxy
          challenge: false
          config:
            user_header: "x-proxy-user"
        authentication_backend:
          type: noop
```

## Good: one proxy
```yaml opensearch-security/config.yml
_meta:
  type: "config"
  config_version: 2
config:
  dynamic:
    http:
      xff:
        enabled: true
        internalProxies: '10\.20\.0\.10'
    authc:
      proxy_auth_domain:
        http_enabled: true
        order: 0
        http_authenticator:
          type: proxy
          challenge: false
```

## Good: the way to log in is switched off
```yaml opensearch-security/config.yml
_meta:
  type: "config"
  config_version: 2
config:
  dynamic:
    http:
      xff:
        enabled: true
        internalProxies: ".*"
    authc:
      proxy_auth_domain:
        http_enabled: false
        http_authenticator:
          type: proxy
```

## Fix
Name the addresses of the proxies, and let nobody else reach the port.

```yaml
internalProxies: '10\.20\.0\.10'
```

## References
- OpenSearch documentation 2.x, "Proxy-based authentication": https://docs.opensearch.org/2.19/security/authentication-backends/proxy/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import SecuritySettings

_ANYBODY = frozenset({".*", "^.*$", ".+", "[\\s\\S]*"})


@check("opensearch-proxy-trusted", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=290)
def opensearch_proxy_trusted(settings: SecuritySettings) -> Iterator[Diagnostic]:
    by_header = [domain.name for domain in settings.domains if domain.kind in {"proxy", "extended-proxy"}]
    if not by_header or not known(settings.flag("http", "xff", "enabled")):
        return
    if known(settings.text("http", "xff", "internalProxies")) in _ANYBODY:
        yield fail(
            f"OpenSearch believes the user name in a header from any address ({', '.join(by_header)})",
            at=settings.place("http", "xff", "internalProxies"),
            expected="internalProxies with the addresses of the proxies",
        )
