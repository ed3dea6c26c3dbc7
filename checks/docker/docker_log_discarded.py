"""Docker throws away what containers log.

## Why it matters
Servers in containers log to their standard output. With the driver `none` nothing of it is kept, so that nobody can say who
logged in and who read what.

## Bad
```json daemon.json
{
  "log-driver": "none" # <-
}
```

## Good
```json daemon.json
{
  "log-driver": "journald"
}
```

## Good: the default, with limits
```json daemon.json
{
  "log-opts": {"max-size": "50m", "max-file": "5"}
}
```

## Fix
```json
{"log-driver": "journald"}
```
Send the journal to another host, so that who takes the machine over cannot edit it.

## References
- Docker manual, "Configure logging drivers", "Supported logging drivers"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-log-discarded", severity=MEDIUM, control=Control.AUDIT_LOGGING, also=(Control.MONITORING,), cwe=778)
def docker_log_discarded(docker: Docker) -> Iterator[Diagnostic]:
    if known(docker.text("log-driver")) == "none":
        yield fail("What containers log is kept nowhere", at=docker.where("log-driver"))
