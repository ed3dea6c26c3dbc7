"""Tokens for Grafana's interface may be valid forever.

## Why it matters
A token of a service account is a password that programs keep. Without a limit, one that leaked years ago still opens
every dashboard it was made for.

## Bad: the default
```ini grafana.ini
[service_accounts]  ; <-
```

## Good
```ini grafana.ini
[service_accounts]
token_expiration_day_limit = 90
[auth]
api_key_max_seconds_to_live = 7776000
```

## Good: a variable
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    environment:
      GF_SERVICE_ACCOUNTS_TOKEN_EXPIRATION_DAY_LIMIT: "30"
```

## Fix
```ini
[service_accounts]
token_expiration_day_limit = 90
```

## References
- Grafana 11, Configure Grafana, service_accounts (token_expiration_day_limit): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#service_accounts
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-token-without-expiry", severity=LOW, control=Control.SECRET_ROTATION, cwe=613)
def grafana_token_without_expiry(grafana: Grafana) -> Iterator[Diagnostic]:
    limits = (
        known(grafana.number("service_accounts.token_expiration_day_limit")),
        known(grafana.number("auth.api_key_max_seconds_to_live")),
    )
    if not any(limit is not None and limit > 0 for limit in limits):
        yield fail(
            "Tokens of service accounts may be made without an end",
            at=grafana.where("service_accounts.token_expiration_day_limit"),
            expected="token_expiration_day_limit = 90",
        )
