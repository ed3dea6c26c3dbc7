"""A service runs as root with all of root's power.

## Why it matters
A flaw in a program that listens for clients gives the attacker the program's rights. As root with its capabilities that
is the host: every file, every other service, every key.

## Bad
```ini etc/systemd/system/api.service
[Service] # <-
ExecStart=/usr/local/bin/api
```

## Bad: an empty line takes the user back
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
```
```ini etc/systemd/system/api.service.d/hardening.conf
[Service]
User= # <-
```

## Bad: an ignored line names the user
```ini etc/systemd/system/api.service
[Service] # <-
ExecStart=/usr/local/bin/api
user=api
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
```

## Good: a user made for the run
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
DynamicUser=yes
```

## Good: a drop-in names the user
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
```
```ini etc/systemd/system/api.service.d/hardening.conf
[Service]
User=api
```

## Good: root without root's power
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_SETUID CAP_SETGID
ProtectSystem=strict
```

## Good: a task, not a service that stays
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
Type=oneshot
```

## Good: what starts containers has to be root
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/bin/dockerd -H fd://
```

## Fix
Give the service a user of its own; ports below 1024 need one capability, not root:
```ini
[Service]
User=api
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
```

## References
- systemd.exec(5) of 252, User=, DynamicUser=, CapabilityBoundingSet=
- capabilities(7)
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-runs-as-root", severity=MEDIUM, control=Control.PRIVILEGE, cwe=250)
def systemd_runs_as_root(service: SystemdService) -> Iterator[Diagnostic]:
    if service.is_service_of_the_system and known(service.may_master_the_host):
        yield fail(
            f"{service.name} {'starts' if service.changes_user else 'runs'} as root with capabilities that give it the whole host",
            at=service.where("User"),
            severity=LOW if service.changes_user else MEDIUM,
            expected="User= or DynamicUser=yes",
        )
