"""The Docker daemon takes commands from anyone who reaches its port.

## Why it matters
Whoever may talk to the daemon starts a privileged container with the host's disk in it: that is root on the machine, and
all patients' data on it. Open ports 2375 are searched for all the time, and taken over within hours.

## Bad
```json daemon.json
{
  "hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"] # <-
}
```

## Bad: a drop-in of the unit
```text etc/systemd/system/docker.service.d/override.conf
[Service]
ExecStart=
ExecStart=/usr/bin/dockerd -H fd:// -H tcp://0.0.0.0:2375 # <-
```

## Bad: a socket that systemd opens
```text etc/systemd/system/docker.service
[Service]
ExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock
```
```text etc/systemd/system/docker.socket
[Socket]
ListenStream=/run/docker.sock
ListenStream=2375 # <-
```

## Bad: Docker in Docker without certificates
```yaml compose.yaml
services:
  builder:
    image: docker:27-dind
    privileged: true
    environment:
      DOCKER_TLS_CERTDIR: "" # <-
```

## Good
```json daemon.json
{
  "hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2376"],
  "tlsverify": true,
  "tlscacert": "/etc/docker/ca.pem",
  "tlscert": "/etc/docker/server.pem",
  "tlskey": "/etc/docker/server-key.pem"
}
```

## Good: `tls` alone verifies clients, too
```text etc/systemd/system/docker.service.d/override.conf
[Service]
ExecStart=
ExecStart=/usr/bin/dockerd -H fd:// -H tcp://0.0.0.0:2376 --tls
```

## Fix
Listen on the socket only, and reach the daemon by SSH (`docker -H ssh://host`). Where TCP is needed, ask for certificates:
```json
{"hosts": ["unix:///var/run/docker.sock", "tcp://10.20.0.5:2376"], "tlsverify": true}
```

## References
- Docker manual, "Protect the Docker daemon socket"; dockerd reference, "Daemon socket option"
- moby 29, `daemon/command/daemon.go`, loadListeners
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, LOW, Confidence, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.docker import Docker


@check(
    "docker-open-api",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.NETWORK_EXPOSURE, Control.ENCRYPTION_IN_TRANSIT),
    cwe=306,
)
def docker_open_api(docker: Docker) -> Iterator[Diagnostic]:
    for host in docker.open_hosts:
        if not known(docker.uses_tls):
            yield fail(
                f"Anyone who reaches {host} commands the Docker daemon, without a log-in and in clear text",
                at=host.at,
                # In a container loopback is a job's own daemon, next to the job.
                severity=LOW if docker.in_container and host.exposure.is_loopback else host.exposure.scale(CRITICAL),
                confidence=Confidence.MEDIUM if docker.file_missing else None,
                key=str(host),
            )
    if isinstance(docker.tcp_hosts, Unknown):
        yield not_evaluated(docker.tcp_hosts.reason)
