"""OpenSearch sends passwords to the directory without TLS.

## Why it matters
Each log-in sends the password on to the LDAP server. Without TLS it crosses the network readable, and whoever poses as
the directory collects the passwords of all staff and decides who may log in.

## Bad
```yaml opensearch-security/config.yml
_meta:
  type: "config"
  config_version: 2
config:
  dynamic:
    authc:
      ldap:  # <-
        http_enabled: true
        order: 1
        http_authenticator:
          type: basic
        authentication_backend:
          type: ldap
          config:
            enable_ssl: false
            hosts: ["ldap.clinic.example:389"]
```

## Good
```yaml opensearch-security/config.yml
_meta:
  type: "config"
  config_version: 2
config:
  dynamic:
    authc:
      ldap:
        http_enabled: true
        http_authenticator:
          type: basic
        authentication_backend:
          type: ldap
          config:
            enable_start_tls: true
            verify_hostnames: true
            hosts: ["ldap.clinic.example:389"]
```

## Good: as it comes, switched off
```yaml opensearch-security/config.yml
_meta:
  type: "config"
  config_version: 2
config:
  dynamic:
    authc:
      ldap:
        http_enabled: false
        authentication_backend:
          type: ldap
          config:
            enable_ssl: false
            hosts: ["localhost:8389"]
```

## Fix
Use LDAPS or StartTLS and check the host name.

```yaml
config:
  enable_ssl: true
  verify_hostnames: true
```

## References
- OpenSearch documentation 2.x, "Active Directory and LDAP": https://docs.opensearch.org/2.19/security/authentication-backends/ldap/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.opensearch import SecuritySettings

_LOCAL = ("localhost", "127.", "[::1]")


@check("opensearch-directory-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def opensearch_directory_in_clear(settings: SecuritySettings) -> Iterator[Diagnostic]:
    for domain in settings.domains:
        config = domain.config
        if domain.backend != "ldap" or config is None or config.open:
            continue
        secured = any(config.text(name) == "true" for name in ("enable_ssl", "enable_start_tls"))
        hosts = config.sequence("hosts")
        remote = [item for item in (hosts.scalars() if hosts is not None else ()) if not item.text.startswith(_LOCAL)]
        if remote and not secured:
            yield fail(
                f"OpenSearch sends the passwords of {domain.name} to the directory without TLS",
                at=domain.at,
                key=domain.name,
                expected="enable_ssl: true or enable_start_tls: true",
            )
