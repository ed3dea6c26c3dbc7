"""A service's main program runs outside the limits that the unit sets.

## Why it matters
`+` before a program makes systemd start it as root and without the unit's sandbox, `!` without its `User=`. The lines that
limit the service are there, but they do not hold for the program that serves clients.

## Bad
```ini etc/systemd/system/api.service
[Service]
ExecStart=+/usr/local/bin/api # <-
User=api
ProtectSystem=strict
```

## Bad: together with other prefixes
```ini etc/systemd/system/api.service
[Service]
ExecStart=-!/usr/local/bin/api # <-
User=api
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=-/usr/local/bin/api
User=api
```

## Good: two marks are for old kernels only
```ini etc/systemd/system/api.service
[Service]
ExecStart=!!/usr/local/bin/api
User=api
```

## Good: a task that begins as root
```ini etc/systemd/system/api.service
[Service]
ExecStart=+/usr/bin/install -d -o man /var/cache/man
User=man
Type=oneshot
ExecStart=/usr/bin/find /var/cache/man -delete
```

## Good: only a step before the start
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
ExecStartPre=+/usr/bin/install -d -o api /run/api
```

## Fix
Keep the prefix for the steps before the start that need root:
```ini
[Service]
User=api
ExecStartPre=+/usr/bin/install -d -o api /run/api
ExecStart=/usr/local/bin/api
```

## References
- systemd.service(5) of 252, "Special executable prefixes"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-unconfined-command", severity=MEDIUM, control=Control.PRIVILEGE, cwe=250)
def systemd_unconfined_command(service: SystemdService) -> Iterator[Diagnostic]:
    for command in service.started:
        if service.is_service_of_the_system and command.has_full_privileges and not known(service.runs_as_root):
            yield fail(
                f"{service.name} starts its main program as root, although the unit names a user",
                at=command.at,
                expected="ExecStart= without + or !",
            )
