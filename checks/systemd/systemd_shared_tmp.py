"""A service shares the folder for temporary files with every other program.

## Why it matters
In a shared `/tmp` any local user can plant a file or link under a name that the service is about to use, and read what it
leaves behind: extracts, reports, unpacked uploads.

## Bad
```ini etc/systemd/system/api.service
[Service] # <-
ExecStart=/usr/local/bin/api
User=api
```

## Bad: taken back by a drop-in
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
PrivateTmp=yes
```
```ini etc/systemd/system/api.service.d/hardening.conf
[Service]
PrivateTmp=off # <-
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
PrivateTmp=true
```

## Good: comes with a user made for the run
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
DynamicUser=yes
PrivateTmp=no
```

## Fix
```ini
[Service]
PrivateTmp=yes
```

## References
- systemd.exec(5) of 252, PrivateTmp=, DynamicUser=
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-shared-tmp", severity=LOW, control=Control.CODE_EXECUTION, cwe=377)
def systemd_shared_tmp(service: SystemdService) -> Iterator[Diagnostic]:
    if service.is_service_of_the_system and not known(service.flag("PrivateTmp")):
        yield fail(
            f"{service.name} uses the same /tmp and /var/tmp as every other program",
            at=service.where("PrivateTmp"),
            expected="PrivateTmp=yes",
        )
