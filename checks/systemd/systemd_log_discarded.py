"""What a service logs is thrown away.

## Why it matters
Most servers write log-ins, refusals and errors to standard output or error, and systemd keeps them in the journal. With
`null` there is no trace of an attack, and none of a fault.

## Bad
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
StandardOutput=null # <-
```

## Bad: errors alone
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
StandardError=null # <-
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
```

## Good: output is no log, errors are kept
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
StandardOutput=null
StandardError=journal
```

## Good: into a file
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
StandardOutput=append:/var/log/api.log
```

## Fix
```ini
[Service]
StandardOutput=journal
StandardError=journal
```

## References
- systemd.exec(5) of 252, StandardOutput=, StandardError=
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-log-discarded", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def systemd_log_discarded(service: SystemdService) -> Iterator[Diagnostic]:
    if service.is_service_of_the_system and known(service.output("StandardError")) == "null":
        name = "StandardError" if service.directives.text("StandardError") == "null" else "StandardOutput"
        yield fail(
            f"What {service.name} reports on standard error is thrown away",
            at=service.where(name),
            expected=f"{name}=journal",
        )
