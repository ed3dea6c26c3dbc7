"""A service that runs as root may change the kernel's settings.

## Why it matters
A broken service that is root loads kernel modules, changes settings in `/proc/sys` and rearranges control groups: it can hide
from every tool of the host and lift the limits of every other service.

## Bad
```ini etc/systemd/system/api.service
[Service] # <-
ExecStart=/usr/local/bin/api
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
```

## Good: another user cannot
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
```

## Good: one of them left off on purpose
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
ProtectKernelModules=yes
```

## Fix
```ini
[Service]
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
```

## References
- systemd.exec(5) of 252, ProtectKernelTunables=, ProtectKernelModules=, ProtectControlGroups=
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-kernel-settings-writable", severity=LOW, control=Control.PRIVILEGE, cwe=250)
def systemd_kernel_settings_writable(service: SystemdService) -> Iterator[Diagnostic]:
    if not service.is_service_of_the_system or not known(service.runs_as_root):
        return
    names = ("ProtectKernelTunables", "ProtectKernelModules", "ProtectControlGroups")
    if not any(known(service.flag(name)) for name in names):
        yield fail(
            f"{service.name} may load kernel modules and change the kernel's settings",
            expected="ProtectKernelTunables=, ProtectKernelModules= and ProtectControlGroups=yes",
        )
