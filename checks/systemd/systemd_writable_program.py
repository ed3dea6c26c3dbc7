"""A service runs a program that others can replace.

## Why it matters
Every local user can put files into `/tmp` and `/dev/shm`, and the owner of a home folder can change what lies in it. Whoever
replaces the program runs their own code as the service's user at its next start.

## Bad
```ini etc/systemd/system/api.service
[Service]
ExecStart=/tmp/api-server --port 8080 # <-
User=api
```

## Bad: a script, behind its interpreter
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/bin/python3 -u /var/tmp/worker.py # <-
User=api
```

## Bad: root runs what a person owns
```ini etc/systemd/system/api.service
[Service]
ExecStart=/home/deploy/api/bin/api # <-
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api --work-dir /tmp/api
User=api
```

## Good: the home folder's own user runs it
```ini etc/systemd/system/api.service
[Service]
ExecStart=/home/deploy/api/bin/api
User=deploy
```

## Fix
Install it where root alone writes:
```ini
[Service]
ExecStart=/usr/local/bin/api
```

## References
- systemd.service(5) of 252, ExecStart=
- Filesystem Hierarchy Standard 3.0, /tmp and /usr/local
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService, is_below


@check("systemd-writable-program", severity=HIGH, control=Control.CODE_EXECUTION, cwe=732)
def systemd_writable_program(service: SystemdService) -> Iterator[Diagnostic]:
    for command in service.commands:
        for word in command.programs:
            if is_below(word, "/tmp", "/var/tmp", "/dev/shm"):  # noqa: S108  # read in a unit, nothing is written
                yield fail(f"{service.name} runs {word}, which every local user can replace", at=command.at, key=word)
            elif is_below(word, "/home") and known(service.runs_as_root):
                yield fail(
                    f"{service.name} runs {word} as root, which the owner of the home folder can replace",
                    at=command.at,
                    key=word,
                )
