"""Containers may open each other's shared memory.

## Why it matters
With the default `shareable` any container can be started in the IPC namespace of another and read what a database keeps in
shared memory.

## Bad
```json daemon.json
{
  "default-ipc-mode": "shareable" # <-
}
```

## Good
```json daemon.json
{
  "default-ipc-mode": "private"
}
```

## Fix
```json
{"default-ipc-mode": "private"}
```

## References
- dockerd reference, "Default IPC mode" (private since 18.06)
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-shared-memory", severity=LOW, control=Control.PRIVILEGE, cwe=653)
def docker_shared_memory(docker: Docker) -> Iterator[Diagnostic]:
    if docker.serves_a_host and known(docker.text("default-ipc-mode")) == "shareable":
        yield fail("Containers may be started in another's IPC namespace", at=docker.where("default-ipc-mode"))
