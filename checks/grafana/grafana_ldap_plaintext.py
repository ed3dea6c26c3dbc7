"""Grafana sends passwords to the LDAP server without TLS.

## Why it matters
Every user's password crosses the network readable at each log-in, with the password of Grafana's own account there.
`start_tls` does nothing unless `use_ssl` is true as well.

## Bad
```toml ldap.toml
[[servers]]
host = "ldap.clinic.example"
port = 389
use_ssl = false  # <-
start_tls = true
bind_dn = "cn=grafana,dc=clinic,dc=example"
search_base_dns = ["dc=clinic,dc=example"]
```

## Good
```toml ldap.toml
[[servers]]
host = "ldap.clinic.example"
port = 389
use_ssl = true
start_tls = true
bind_dn = "cn=grafana,dc=clinic,dc=example"
search_base_dns = ["dc=clinic,dc=example"]
```

## Good: the same host
```toml ldap.toml
[[servers]]
host = "127.0.0.1"
port = 389
bind_dn = "cn=grafana,dc=clinic,dc=example"
search_base_dns = ["dc=clinic,dc=example"]
```

## Fix
```toml
use_ssl = true
start_tls = true
root_ca_cert = "/etc/grafana/tls/ca.crt"
```

## References
- Grafana 11, Configure LDAP authentication: https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-security/configure-authentication/ldap/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import GrafanaLdap


@check("grafana-ldap-plaintext", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def grafana_ldap_plaintext(ldap: GrafanaLdap) -> Iterator[Diagnostic]:
    for server in ldap.servers:
        if not known(server.encrypted) and known(server.is_elsewhere):
            yield fail(
                "Passwords of users go to the LDAP server without TLS",
                at=server.ssl_at,
                key=" ".join(known(server.hosts)),
                expected="use_ssl = true",
            )
