"""Every local user may change the files that a service makes.

## Why it matters
A file made under `UMask=0000` is open to all. Whoever has an account on the host, or broke another service, changes records,
logs and queues.

## Bad
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
UMask=0000 # <-
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
UMask=0027
```

## Good: the manager's own mask
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
```

## Good: set again by a drop-in
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
UMask=0000
```
```ini etc/systemd/system/api.service.d/hardening.conf
[Service]
UMask=0077
```

## Fix
```ini
[Service]
UMask=0027
```

## References
- systemd.exec(5) of 252, UMask= (0022 for the system manager)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-world-writable-files", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=276)
def systemd_world_writable_files(service: SystemdService) -> Iterator[Diagnostic]:
    if not known(service.directives.umask()) & 0o002:
        yield fail(
            f"Files that {service.name} makes may be changed by every local user",
            at=service.where("UMask"),
            expected="UMask=0027",
        )
