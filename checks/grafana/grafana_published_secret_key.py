"""Grafana encrypts stored passwords with its published key.

## Why it matters
The passwords and tokens of data sources are in Grafana's database, encrypted with `secret_key`. The default key stands in
the source code: whoever has a copy of the database, from a backup for example, decrypts all of them.

## Bad: nothing sets one
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0  # <-
```

## Bad
```ini grafana.ini
[security]
secret_key = SW2YcwTIb9zpOOhoPsMm  ; <-
```

## Good
```ini grafana.ini
[security]
secret_key = $__file{/etc/grafana/secret_key}
```

## Good: a key of its own
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    environment:
      GF_SECURITY_SECRET_KEY: example-of-a-random-key-0192
```

## Fix
Set a random key before the first start. A key that is changed later makes stored passwords unreadable: enter those again:
```ini
[security]
secret_key = $__file{/etc/grafana/secret_key}
```

## References
- Grafana 11, Configure Grafana, security (secret_key): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#security
- Grafana 11, Configure database encryption
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-published-secret-key", severity=MEDIUM, control=Control.KEY_MANAGEMENT, cwe=1394)
def grafana_published_secret_key(grafana: Grafana) -> Iterator[Diagnostic]:
    if not known(grafana.has_published_key):
        return
    # Whoever starts a file that says nothing may give the key in the environment.
    may_be_elsewhere = grafana.is_default("security.secret_key") and grafana.origin == "file"
    yield fail(
        "Passwords of data sources are encrypted in the database with the key that Grafana publishes",
        at=grafana.where("security.secret_key"),
        confidence=Confidence.LOW if may_be_elsewhere else None,
        expected="secret_key = $__file{...}",
    )
