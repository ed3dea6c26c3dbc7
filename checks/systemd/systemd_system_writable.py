"""A service that runs as root may change the operating system's files.

## Why it matters
Programs in `/usr` and settings in `/etc` are what the next start of the host runs. A service that can write them can stay
for good, and nothing that reads those files can be trusted afterwards.

## Bad
```ini etc/systemd/system/api.service
[Service] # <-
ExecStart=/usr/local/bin/api
```

## Bad: yes protects /usr, not /etc
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
ProtectSystem=yes # <-
```

## Bad: the word has to be written exactly so
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
ProtectSystem=Strict # <-
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
ProtectSystem=full
```

## Good: a later drop-in
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
ProtectSystem=no
```
```ini etc/systemd/system/api.service.d/hardening.conf
[Service]
ProtectSystem=strict
```

## Good: another user cannot write them anyhow
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
```

## Fix
```ini
[Service]
ProtectSystem=strict
ReadWritePaths=/var/lib/api
```

## References
- systemd.exec(5) of 252, ProtectSystem=
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-system-writable", severity=LOW, control=Control.INTEGRITY, cwe=732)
def systemd_system_writable(service: SystemdService) -> Iterator[Diagnostic]:
    if service.is_service_of_the_system and known(service.runs_as_root):
        what = known(service.protect_system)
        if what in {"no", "yes"}:
            paths = "/etc" if what == "yes" else "/usr, /boot and /etc"
            yield fail(
                f"{service.name} runs as root and may write to {paths}",
                at=service.where("ProtectSystem"),
                expected="ProtectSystem=strict",
            )
