"""Other sites may show Grafana in a frame.

## Why it matters
Grafana then leaves out `X-Frame-Options: deny`. A page of another site can put it into an invisible frame and let a user who
is logged in click on what they do not see.

## Bad
```ini grafana.ini
[security]
allow_embedding = true  ; <-
```

## Good
```ini grafana.ini
[security]
allow_embedding = false
```

## Good: commented out
```ini grafana.ini
[security]
;allow_embedding = true
cookie_samesite = lax
```

## Fix
```ini
[security]
allow_embedding = false
```

## References
- Grafana 11, Configure Grafana, security (allow_embedding): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#security
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-embedding", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=1021)
def grafana_embedding(grafana: Grafana) -> Iterator[Diagnostic]:
    if known(grafana.is_on("security.allow_embedding")):
        # A cookie with SameSite is not sent in a frame of another site.
        goes_along = grafana.text("security.cookie_samesite") in {"none", "disabled"}
        yield fail(
            "Pages of other sites may show Grafana in a frame",
            at=grafana.where("security.allow_embedding"),
            severity=MEDIUM if goes_along else LOW,
            expected="allow_embedding = false",
        )
