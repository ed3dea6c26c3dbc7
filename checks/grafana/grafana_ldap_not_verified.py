"""Grafana takes any certificate of the LDAP server.

## Why it matters
Whoever answers in the LDAP server's place gets the passwords of all who log in, and says yes to any user.

## Bad
```toml ldap.toml
[[servers]]
host = "ldap.clinic.example"
use_ssl = true
ssl_skip_verify = true  # <-
bind_dn = "cn=grafana,dc=clinic,dc=example"
search_base_dns = ["dc=clinic,dc=example"]
```

## Good
```toml ldap.toml
[[servers]]
host = "ldap.clinic.example"
use_ssl = true
ssl_skip_verify = false
root_ca_cert = "/etc/grafana/tls/ca.crt"
bind_dn = "cn=grafana,dc=clinic,dc=example"
search_base_dns = ["dc=clinic,dc=example"]
```

## Good: loaded by a container
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    volumes: ["./grafana:/etc/grafana:ro"]
```
```ini grafana/grafana.ini
[auth.ldap]
enabled = true
config_file = /etc/grafana/ldap.toml
```
```toml grafana/ldap.toml
[[servers]]
host = "ldap.clinic.example"
use_ssl = true
bind_dn = "cn=grafana,dc=clinic,dc=example"
search_base_dns = ["dc=clinic,dc=example"]
```

## Fix
```toml
ssl_skip_verify = false
root_ca_cert = "/etc/grafana/tls/ca.crt"
```

## References
- Grafana 11, Configure LDAP authentication: https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-security/configure-authentication/ldap/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import GrafanaLdap


@check("grafana-ldap-not-verified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def grafana_ldap_not_verified(ldap: GrafanaLdap) -> Iterator[Diagnostic]:
    for server in ldap.servers:
        if known(server.encrypted) and not known(server.verifies) and known(server.is_elsewhere):
            yield fail(
                "Any certificate is taken for the LDAP server",
                at=server.skip_at,
                key=" ".join(known(server.hosts)),
                expected="ssl_skip_verify = false",
            )
