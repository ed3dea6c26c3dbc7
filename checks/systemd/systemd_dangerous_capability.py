"""A service that is not root holds a capability that is as good as root.

## Why it matters
`CAP_SYS_ADMIN`, `CAP_SYS_MODULE` or `CAP_DAC_OVERRIDE` make the service's own user root in all but name: the `User=` line
then protects nothing.

## Bad
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/backup-agent
User=backup
AmbientCapabilities=CAP_DAC_OVERRIDE # <-
```

## Bad: added by a drop-in
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
AmbientCapabilities=CAP_NET_BIND_SERVICE
```
```ini etc/systemd/system/api.service.d/hardening.conf
[Service]
AmbientCapabilities=CAP_SYS_ADMIN # <-
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/backup-agent
User=backup
AmbientCapabilities=CAP_NET_BIND_SERVICE
```

## Good: taken back
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
AmbientCapabilities=CAP_SYS_ADMIN
AmbientCapabilities=
```

## Good: the bounding set does not let it have it
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
AmbientCapabilities=CAP_SYS_ADMIN
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
```

## Fix
Name the one capability that is needed, and bound the set by it:
```ini
[Service]
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
```

## References
- systemd.exec(5) of 252, AmbientCapabilities=, CapabilityBoundingSet=
- capabilities(7), "Notes to kernel developers"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import MASTERY, SystemdService


@check("systemd-dangerous-capability", severity=MEDIUM, control=Control.PRIVILEGE, cwe=250)
def systemd_dangerous_capability(service: SystemdService) -> Iterator[Diagnostic]:
    if service.is_user_unit or known(service.runs_as_root):
        return
    held = known(service.ambient) & known(service.capabilities) & MASTERY
    if held:
        yield fail(
            f"{service.name} holds {' and '.join(sorted(held))}, which is as good as root",
            at=service.where("AmbientCapabilities"),
            expected="only the capability that the program needs",
        )
