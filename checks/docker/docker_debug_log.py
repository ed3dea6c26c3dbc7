"""The Docker daemon logs the passwords that containers are started with.

## Why it matters
With `debug` the daemon logs the body of each request. Names such as `password` are blotted out, the list of a container's
environment variables is not: `DB_PASSWORD=…` stands in the host's journal, and wherever that is sent.

## Bad
```json daemon.json
{
  "debug": true # <-
}
```

## Bad: by a flag
```text etc/systemd/system/docker.service
[Service]
ExecStart=/usr/bin/dockerd -H fd:// -D # <-
```

## Good
```json daemon.json
{
  "debug": false,
  "log-level": "info"
}
```

## Fix
```json
{"debug": false}
```

## References
- dockerd reference, `--debug`; moby 29, `daemon/server/middleware/debug.go`, DebugRequestMiddleware
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-debug-log", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=532)
def docker_debug_log(docker: Docker) -> Iterator[Diagnostic]:
    if docker.serves_a_host and known(docker.flag("debug")):
        yield fail("The daemon logs requests with the environment of new containers", at=docker.where("debug"))
