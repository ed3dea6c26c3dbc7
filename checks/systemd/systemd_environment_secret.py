"""A unit shows a secret to every local user.

## Why it matters
What `Environment=` sets is a property of the unit. Every local user can ask the service manager for it (`systemctl show`),
whatever the permissions of the unit file are, and every program that the service starts inherits it.

## Bad
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
Environment="DB_PASSWORD=Example-7-river" # <-
```

## Bad: the second variable of a line
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
Environment=PORT=8080 API_TOKEN=example-token-4711 # <-
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
EnvironmentFile=/etc/api/secrets.env
```

## Good: a credential that only the service reads
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
LoadCredential=db-password:/etc/api/db-password
Environment=DB_PASSWORD_FILE=%d/db-password
```

## Good: a path to the secret
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
Environment=DB_PASSWORD=/run/secrets/db
```

## Good: taken back by a drop-in
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
Environment=DB_PASSWORD=Example-7-river
```
```ini etc/systemd/system/api.service.d/hardening.conf
[Service]
Environment=
```

## Fix
Hand it over as a credential, which only the service's user can read:
```ini
[Service]
LoadCredential=db-password:/etc/api/db-password
Environment=DB_PASSWORD_FILE=%d/db-password
```
or keep it in a file that root alone reads (mode 0600) and name that in `EnvironmentFile=`.

## References
- systemd.exec(5) of 252, Environment= (not suitable for passing secrets), EnvironmentFile=, LoadCredential=
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.systemd import SystemdService


@check("systemd-environment-secret", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=526)
def systemd_environment_secret(service: SystemdService) -> Iterator[Diagnostic]:
    for name, at in service.secret_variables:
        yield fail(
            f"Every local user can read {name} of {service.name} from the service manager",
            at=at,
            key=name,
            expected="LoadCredential=, or EnvironmentFile= with a file of mode 0600",
        )
