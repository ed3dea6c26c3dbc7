"""Sessions of Grafana stay open long after their users have left.

## Why it matters
A session that nobody uses stays open for a week and any session for a month, unless set otherwise. On a shared workstation
the next person reads the dashboards as the one before.

## Bad: the default
```ini grafana.ini
[auth]  ; <-
login_maximum_lifetime_duration = 12h
```

## Bad: without use for half an hour, but forever in use
```ini grafana.ini
[auth]
login_maximum_inactive_lifetime_duration = 30m
login_maximum_lifetime_duration = 30d  ; <-
```

## Good
```ini grafana.ini
[auth]
login_maximum_inactive_lifetime_duration = 30m
login_maximum_lifetime_duration = 12h
```

## Good: by variables
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    environment:
      GF_AUTH_LOGIN_MAXIMUM_INACTIVE_LIFETIME_DURATION: 1h
      GF_AUTH_LOGIN_MAXIMUM_LIFETIME_DURATION: 1d
```

## Fix
```ini
[auth]
login_maximum_inactive_lifetime_duration = 30m
login_maximum_lifetime_duration = 12h
```

## References
- Grafana 11, Configure Grafana, auth: https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#auth
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana

_LONGEST = {
    "auth.login_maximum_inactive_lifetime_duration": (3600, "stay open without use for more than an hour", "30m"),
    "auth.login_maximum_lifetime_duration": (86400, "stay open for more than a day", "12h"),
}


@check("grafana-session-lifetime", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def grafana_session_lifetime(grafana: Grafana) -> Iterator[Diagnostic]:
    for name, (longest, lasts, expected) in _LONGEST.items():
        seconds = known(grafana.seconds(name))
        if seconds is not None and seconds > longest:
            key = name.removeprefix("auth.")
            yield fail(f"Sessions {lasts}", at=grafana.where(name), key=key, expected=f"{key} = {expected}")
