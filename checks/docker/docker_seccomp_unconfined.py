"""Containers may make every system call.

## Why it matters
Docker's own profile keeps containers from about forty system calls that they do not need, among them those by which holes
in the kernel were used to break out. Unconfined, one such hole opens the host.

## Bad
```json daemon.json
{
  "seccomp-profile": "unconfined" # <-
}
```

## Bad: by a flag
```text etc/systemd/system/docker.service
[Service]
ExecStart=/usr/bin/dockerd -H fd:// --seccomp-profile unconfined # <-
```

## Good
```json daemon.json
{
  "seccomp-profile": "builtin"
}
```

## Good: the default
```json daemon.json
{
  "log-driver": "local"
}
```

## Fix
Take the line out, or name a profile that allows what one program needs, for that container alone.

## References
- Docker manual, "Seccomp security profiles for Docker"; dockerd reference, `--seccomp-profile`
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-seccomp-unconfined", severity=HIGH, control=Control.PRIVILEGE, cwe=693)
def docker_seccomp_unconfined(docker: Docker) -> Iterator[Diagnostic]:
    if known(docker.text("seccomp-profile")) == "unconfined":
        yield fail("Containers may make every system call of the host's kernel", at=docker.where("seccomp-profile"))
