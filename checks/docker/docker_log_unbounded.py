"""The logs of containers grow until the disk is full.

## Why it matters
The driver `json-file` never rotates unless it is told to. A chatty container fills the disk that the databases of the same
host write to, and they stop.

## Bad
```json daemon.json
{
  "storage-driver": "overlay2"
}
```

## Bad: files, but no size
```json daemon.json
{
  "log-driver": "json-file", # <-
  "log-opts": {"max-file": "3"}
}
```

## Good
```json daemon.json
{
  "log-driver": "json-file",
  "log-opts": {"max-size": "50m", "max-file": "5"}
}
```

## Good: a driver that rotates by itself
```json daemon.json
{
  "log-driver": "local"
}
```

## Fix
```json
{"log-driver": "local"}
```

## References
- Docker manual, "JSON File logging driver", `max-size` (default -1: unlimited); "Local file logging driver"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-log-unbounded", severity=LOW, control=Control.RESOURCE_LIMITS, also=(Control.AVAILABILITY,), cwe=400)
def docker_log_unbounded(docker: Docker) -> Iterator[Diagnostic]:
    if not docker.serves_a_host or known(docker.text("log-driver")) != "json-file":
        return
    if known(docker.log_option("max-size")) in {None, "", "-1"}:
        yield fail("The logs of containers grow without a limit", at=docker.where("log-driver"))
