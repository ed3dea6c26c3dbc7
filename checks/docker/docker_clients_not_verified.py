"""The Docker daemon speaks TLS and asks clients for no certificate.

## Why it matters
TLS without `tlsverify` hides what is said, and still lets everybody say it: whoever reaches the port starts a container
with the host's disk in it and is root on the machine.

## Bad
```json daemon.json
{
  "hosts": ["tcp://0.0.0.0:2376"], # <-
  "tlsverify": false,
  "tlscert": "/etc/docker/server.pem",
  "tlskey": "/etc/docker/server-key.pem"
}
```

## Bad: a flag takes back what `--tls` would do
```text etc/systemd/system/docker.service
[Service]
ExecStart=/usr/bin/dockerd -H tcp://0.0.0.0:2376 --tls --tlsverify=false # <-
```

## Good
```json daemon.json
{
  "hosts": ["tcp://0.0.0.0:2376"],
  "tlsverify": true,
  "tlscert": "/etc/docker/server.pem",
  "tlskey": "/etc/docker/server-key.pem"
}
```

## Good: no TCP
```json daemon.json
{
  "hosts": ["unix:///var/run/docker.sock"],
  "tlsverify": false
}
```

## Fix
```json
{"tlsverify": true, "tlscacert": "/etc/docker/ca.pem"}
```

## References
- Docker manual, "Protect the Docker daemon socket", "Daemon modes"
- moby 20.10 and 29, loadDaemonCliConfig (`tlsverify` set to anything switches TLS on; `tls` alone verifies)
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-clients-not-verified", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=295)
def docker_clients_not_verified(docker: Docker) -> Iterator[Diagnostic]:
    for host in docker.open_hosts:
        if known(docker.uses_tls) and not known(docker.verifies_clients):
            yield fail(
                f"Anyone who reaches {host} commands the Docker daemon, since it asks for no certificate",
                at=host.at,
                severity=host.exposure.scale(CRITICAL),
                key=str(host),
            )
