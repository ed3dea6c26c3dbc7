"""systemd passes over a line that is meant to protect the host.

## Why it matters
Names are case-sensitive, there are no comments behind a value, and a line in the wrong section does nothing: systemd logs a
warning that nobody reads and starts the service without the protection.

## Bad
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
NoNewPrivileges=yes # against setuid programs
```

## Bad: the name in lower case
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
privatetmp=yes # <-
```

## Bad: in another section
```ini etc/systemd/system/api.service
[Unit]
ProtectSystem=strict # <-
[Service]
ExecStart=/usr/local/bin/api
```

## Bad: a word that there is not
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
ProtectSystem=Strict # <-
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
# against setuid programs
NoNewPrivileges=yes
```

## Good: any word for yes, blanks around the sign
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
PrivateTmp = ON
ProtectHome=1
```

## Fix
Write the name as the manual does, in `[Service]`, and comments on lines of their own:
```ini
[Service]
# against setuid programs
NoNewPrivileges=yes
```

## References
- systemd.syntax(7) of 252
- systemd-analyze(1), verify
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.systemd import SystemdService


@check("systemd-ignored-setting", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, cwe=1188)
def systemd_ignored_setting(service: SystemdService) -> Iterator[Diagnostic]:
    for line in service.ignored:
        what = "refuses the unit because of" if line.is_fatal else "passes over"
        yield fail(f"systemd {what} the line {line.name}=", at=line.at, key=line.name, expected=line.expected)
