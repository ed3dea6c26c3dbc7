"""Root in a container is root on the host.

## Why it matters
Without user namespaces user 0 of a container is the host's root. A hole in the kernel or a mount too many, and a program that
breaks out of its container owns the machine.

## Bad
```json daemon.json
{
  "log-driver": "local"
}
```

## Bad: an empty text is no name
```json daemon.json
{
  "userns-remap": ""
}
```

## Good
```json daemon.json
{
  "userns-remap": "default"
}
```

## Good: a daemon that is not root itself
```json home/app/.config/docker/daemon.json
{
  "log-driver": "local"
}
```

## Fix
```json
{"userns-remap": "default"}
```
Images and volumes that are there are not seen any more by the remapped daemon: pull and copy them first.

## References
- Docker manual, "Isolate containers with a user namespace"; "Rootless mode"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-no-user-namespace", severity=LOW, control=Control.PRIVILEGE, cwe=250)
def docker_no_user_namespace(docker: Docker) -> Iterator[Diagnostic]:
    if docker.serves_a_host and not docker.is_rootless and not known(docker.text("userns-remap")):
        yield fail("Root in a container is the host's root", at=docker.where("userns-remap"))
