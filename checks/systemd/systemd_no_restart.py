"""A service stays down after a crash.

## Why it matters
systemd does not start a service again by itself: `Restart=` is `no` unless the unit says otherwise. One crash at night, and
the records are out of reach until somebody notices.

## Bad
```ini etc/systemd/system/api.service
[Service] # <-
ExecStart=/usr/local/bin/api
User=api
```

## Bad: only after it ended well
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
Restart=on-success # <-
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
Restart=on-failure
```

## Good: a timer starts it
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
```
```ini etc/systemd/system/api.timer
[Timer]
OnCalendar=daily
```

## Good: set by a drop-in
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
```
```ini etc/systemd/system/api.service.d/hardening.conf
[Service]
Restart=always
```

## Fix
```ini
[Service]
Restart=on-failure
RestartSec=5
```

## References
- systemd.service(5) of 252, Restart=
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-no-restart", severity=LOW, control=Control.AVAILABILITY)
def systemd_no_restart(service: SystemdService) -> Iterator[Diagnostic]:
    if service.is_daemon and not service.is_user_unit and service.started and not known(service.keeps_restarting):
        yield fail(
            f"{service.name} is not started again after it fails",
            at=service.where("Restart"),
            expected="Restart=on-failure",
        )
