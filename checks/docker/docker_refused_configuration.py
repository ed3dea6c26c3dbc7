"""The Docker daemon would refuse to start with this configuration.

## Why it matters
With one wrong line dockerd does not start, and no container of the host does. That is found out at the next reboot.

## Bad
```json daemon.json
{
  "log-driver": "local",
  "icc": "false" # <-
}
```

## Bad: an option that there is not
```json daemon.json
{
  "insecure-registry-list": [], # <-
  "icc": false
}
```

## Bad: in the file and among the flags
```json etc/docker/daemon.json
{
  "hosts": ["unix:///var/run/docker.sock"] # <-
}
```
```text etc/systemd/system/docker.service
[Service]
ExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock
```

## Good
```json daemon.json
{
  "log-driver": "local",
  "icc": false
}
```

## Good: the unit's flag is taken away
```json etc/docker/daemon.json
{
  "hosts": ["unix:///var/run/docker.sock"]
}
```
```text etc/systemd/system/docker.service
[Service]
ExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock
```
```text etc/systemd/system/docker.service.d/hosts.conf
[Service]
ExecStart=
ExecStart=/usr/bin/dockerd --containerd=/run/containerd/containerd.sock
```

## Fix
Correct the line, and try the file before it is installed (23.0 and later):
```text
dockerd --validate --config-file=/etc/docker/daemon.json
```

## References
- dockerd reference, "Daemon configuration file"; Docker manual, "Troubleshooting the Docker daemon", "Resolve conflicts
  between the daemon.json and startup scripts"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.docker import Docker


@check(
    "docker-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def docker_refused_configuration(docker: Docker) -> Iterator[Diagnostic]:
    for problem in docker.refused:
        yield fail(
            f"dockerd would refuse to start: {problem.message}",
            at=problem.at,
            key=f"{problem.message} {problem.at.line}",
        )
