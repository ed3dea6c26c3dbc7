"""A service that runs as root reads people's home folders.

## Why it matters
Home folders hold keys, command histories and exports that people made of the data. A service has no use for them, and an
attacker in the service has.

## Bad
```ini etc/systemd/system/api.service
[Service] # <-
ExecStart=/usr/local/bin/api
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
ProtectHome=yes
```

## Good: empty folders in their place
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
ProtectHome=tmpfs
```

## Good: another user
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
```

## Fix
```ini
[Service]
ProtectHome=yes
```

## References
- systemd.exec(5) of 252, ProtectHome=
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-home-readable", severity=LOW, control=Control.AUTHORIZATION, cwe=552)
def systemd_home_readable(service: SystemdService) -> Iterator[Diagnostic]:
    if service.is_service_of_the_system and known(service.runs_as_root):
        home = known(service.protect_home)
        if home in {"no", "read-only"}:
            deed = "read and change" if home == "no" else "read"
            yield fail(
                f"{service.name} runs as root and may {deed} /home, /root and /run/user",
                at=service.where("ProtectHome"),
                expected="ProtectHome=yes",
            )
