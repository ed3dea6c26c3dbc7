"""A service's command line holds a secret.

## Why it matters
Command lines stand in the list of processes, which every local user can read, and monitoring and crash reports copy them.

## Bad
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api --listen 127.0.0.1 --db-password Example-7-river # <-
User=api
```

## Bad: from a variable, which systemd puts in
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api --api-token=${API_TOKEN} # <-
User=api
EnvironmentFile=/etc/api/secrets.env
```

## Bad: in an address
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api --listen 127.0.0.1 postgres://api:Example-7-river@db.clinic.example/records # <-
User=api
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api --db-password-file /etc/api/db-password
User=api
```

## Good: the option holds a path
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api --password=/etc/api/db-password
User=api
```

## Good: an address without a password
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api postgres://api@db.clinic.example/records?sslmode=verify-full
User=api
```

## Good: replaced by a drop-in
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api --db-password Example-7-river
User=api
```
```ini etc/systemd/system/api.service.d/hardening.conf
[Service]
ExecStart=
ExecStart=/usr/local/bin/api --config /etc/api/api.conf
```

## Fix
Let the program read it from a file:
```ini
[Service]
LoadCredential=db-password:/etc/api/db-password
ExecStart=/usr/local/bin/api --db-password-file ${CREDENTIALS_DIRECTORY}/db-password
```

## References
- systemd.exec(5) of 252, LoadCredential=
- proc(5), /proc/pid/cmdline
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.systemd import SystemdService


@check("systemd-argument-secret", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=214)
def systemd_argument_secret(service: SystemdService) -> Iterator[Diagnostic]:
    for name, at in service.secret_arguments:
        yield fail(
            f"Every local user can read the value of {name} in the list of processes",
            at=at,
            key=name,
            expected="an option that takes a file",
        )
