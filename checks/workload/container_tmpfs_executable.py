"""Programs may be started from a container's folder for temporary files.

## Why it matters
What a hole in an application lets an attacker put down lands in a folder that it may write to. Docker mounts a tmpfs
with `noexec`, so that it is not started from there, unless the option `exec` takes that back.

## Bad
```yaml compose.yaml
services:
  portal:
    image: example/portal:7
    read_only: true
    tmpfs:
      - /tmp:exec,size=64m # <-
```

## Good: the default
```yaml compose.yaml
services:
  portal:
    image: example/portal:7
    read_only: true
    tmpfs:
      - /tmp:size=64m
```

## Good: the last word counts
```yaml compose.yaml
services:
  portal:
    image: example/portal:7
    tmpfs: /tmp:exec,noexec
```

## Fix
```yaml
tmpfs:
  - /tmp:size=64m
```

## References
- moby 27, daemon/oci_linux.go (a tmpfs has noexec, nosuid and nodev, and then the options that are given)
- Docker 27, tmpfs mounts, Options for --tmpfs: https://docs.docker.com/engine/storage/tmpfs/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Workload, check, fail


@check("container-tmpfs-executable", severity=LOW, control=Control.CODE_EXECUTION, cwe=732)
def container_tmpfs_executable(workload: Workload) -> Iterator[Diagnostic]:
    for mount in workload.mounts:
        if mount.executable:
            yield fail(
                f"Programs may be started from {mount.target} of container {workload.name}, which it may write to",
                at=mount.at,
                key=mount.target,
                expected=f"{mount.target} without exec",
            )
