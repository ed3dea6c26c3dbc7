"""Programs in containers may gain privileges by setuid files.

## Why it matters
With `no-new-privileges` a setuid program such as `su` starts without its owner's rights. Without it a server that runs as an
ordinary user becomes root of its container with any hole in one of them.

## Bad
```json daemon.json
{
  "no-new-privileges": false # <-
}
```

## Bad: the default
```json daemon.json
{
  "log-driver": "local"
}
```

## Good
```json daemon.json
{
  "no-new-privileges": true
}
```

## Good: by a flag
```text etc/systemd/system/docker.service
[Service]
ExecStart=/usr/bin/dockerd -H fd:// --no-new-privileges
```

## Fix
```json
{"no-new-privileges": true}
```

## References
- dockerd reference, `--no-new-privileges`; Linux kernel, "No New Privileges Flag"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-new-privileges", severity=LOW, control=Control.PRIVILEGE, cwe=269)
def docker_new_privileges(docker: Docker) -> Iterator[Diagnostic]:
    if docker.serves_a_host and not known(docker.flag("no-new-privileges")):
        yield fail(
            "A setuid file gives a program in a container its owner's rights", at=docker.where("no-new-privileges")
        )
