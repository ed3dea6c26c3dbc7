"""Kibana lets browsers in without a log-in.

## Why it matters
An anonymous provider logs everybody who opens the page in as one account. What that account may read is open to the
network, and the audit log names nobody.

## Bad
```yaml kibana.yml
server.host: 10.20.0.8
xpack.security.authc.providers:
  basic.basic1:
    order: 0
  anonymous.wallboard:
    order: 1  # <-
    credentials:
      username: wallboard
      password: "${WALLBOARD_PASSWORD}"
```

## Bad: OpenSearch Dashboards
```yaml opensearch_dashboards.yml
server.host: 10.20.0.8
opensearch_security.auth.anonymous_auth_enabled: true  # <-
```

## Good
```yaml kibana.yml
server.host: 10.20.0.8
xpack.security.authc.providers:
  saml.clinic:
    order: 0
    realm: clinic
```

## Good: switched off
```yaml kibana.yml
xpack.security.authc.providers.anonymous.wallboard.order: 1
xpack.security.authc.providers.anonymous.wallboard.enabled: false
```

## Fix
Remove the provider, or give the wall board a reverse proxy of its own with an account that reads one dashboard.

```yaml
xpack.security.authc.providers:
  basic.basic1:
    order: 0
```

## References
- Kibana reference 8.x, "Security settings in Kibana": https://www.elastic.co/guide/en/kibana/8.18/security-settings-kb.html
- OpenSearch documentation 2.x, "Anonymous authentication": https://docs.opensearch.org/2.19/security/access-control/anonymous-authentication/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kibana import Kibana


@check("kibana-anonymous-access", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def kibana_anonymous_access(server: Kibana) -> Iterator[Diagnostic]:
    found = server.anonymous_setting
    name = known(found) if found is not None else None
    if name is not None:
        yield fail(
            f"{server.product} logs everybody in as an anonymous user; {server.exposure.reason}",
            at=server.where(name),
            severity=server.exposure.scale(HIGH),
            expected="a provider that asks for a log-in",
        )
