"""Browsers send Grafana's session cookie with requests from other sites.

## Why it matters
`SameSite` keeps a page of another site from using the session of a user who is logged in. With `none` or `disabled` such a
page can act in the user's name wherever another check is missing.

## Bad
```ini grafana.ini
[security]
cookie_samesite = none  ; <-
```

## Bad: not sent at all
```ini grafana.ini
[security]
cookie_samesite = disabled  ; <-
```

## Good
```ini grafana.ini
[security]
cookie_samesite = strict
```

## Good: a word that Grafana does not know leaves lax
```ini grafana.ini
[security]
cookie_samesite = off
```

## Fix
```ini
[security]
cookie_samesite = lax
```

## References
- Grafana 11, Configure Grafana, security (cookie_samesite): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#security
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-cookie-cross-site", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=1275)
def grafana_cookie_cross_site(grafana: Grafana) -> Iterator[Diagnostic]:
    if known(grafana.text("security.cookie_samesite")) in {"none", "disabled"}:
        yield fail(
            "The session cookie goes with requests that other sites make",
            at=grafana.where("security.cookie_samesite"),
            expected="cookie_samesite = lax",
        )
