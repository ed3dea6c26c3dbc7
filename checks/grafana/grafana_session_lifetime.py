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

## Bad: neither is set
```ini grafana.ini
[auth]  ; <-
disable_login_form = false
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
    "auth.login_maximum_inactive_lifetime_duration": (3600, "without use", "30m"),
    "auth.login_maximum_lifetime_duration": (86400, "in all", "12h"),
}


@check("grafana-session-lifetime", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def grafana_session_lifetime(grafana: Grafana) -> Iterator[Diagnostic]:
    too_long = [name for name, (longest, *_) in _LONGEST.items() if (known(grafana.seconds(name)) or 0) > longest]
    if not too_long:
        return
    lasts = " and ".join(f"{_span(known(grafana.seconds(name)) or 0)} {_LONGEST[name][1]}" for name in too_long)
    # What nothing sets is to be set where the other is, or in the section.
    explicit = [name for name in too_long if not grafana.is_default(name)]
    yield fail(
        f"Sessions stay open for {lasts}",
        at=grafana.where((explicit or too_long)[0]),
        key=" ".join(name.removeprefix("auth.") for name in too_long),
        expected=", ".join(f"{name.removeprefix('auth.')} = {_LONGEST[name][2]}" for name in too_long),
    )


def _span(seconds: float) -> str:
    """Return a duration in the largest unit that it is a whole number of, at least hours."""
    count, unit = (seconds / 86400, "days") if seconds % 86400 == 0 else (seconds / 3600, "hours")
    return f"{count:.3g} {unit}" if count != 1 else f"1 {unit[:-1]}"
