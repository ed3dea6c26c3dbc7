"""Grafana lets passwords be tried without end.

## Why it matters
Grafana blocks a user name for a while after five wrong passwords. Without that, programs try lists of passwords until one
fits.

## Bad
```ini grafana.ini
[security]
disable_brute_force_login_protection = true  ; <-
```

## Good
```ini grafana.ini
[security]
disable_brute_force_login_protection = false
```

## Good: no passwords
```ini grafana.ini
[security]
disable_brute_force_login_protection = true
[auth]
disable_login = true
```

## Fix
```ini
[security]
disable_brute_force_login_protection = false
```

## References
- Grafana 11, Configure Grafana, security (disable_brute_force_login_protection): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#security
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-login-attempts-unlimited", severity=HIGH, control=Control.PASSWORD_POLICY, cwe=307)
def grafana_login_attempts_unlimited(grafana: Grafana) -> Iterator[Diagnostic]:
    name = "security.disable_brute_force_login_protection"
    if known(grafana.is_on(name)) and known(grafana.takes_passwords):
        yield fail(
            "Passwords can be tried without end",
            at=grafana.where(name),
            severity=grafana.exposure.scale(HIGH),
            expected="disable_brute_force_login_protection = false",
        )
