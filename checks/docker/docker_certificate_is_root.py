"""Every client certificate is root on the Docker host.

## Why it matters
The daemon knows one right only: whoever has a certificate of its authority may do everything. A build server that was to
pull images can mount the host's disk.

## Bad
```json daemon.json
{
  "hosts": ["tcp://0.0.0.0:2376"], # <-
  "tlsverify": true
}
```

## Good
```json daemon.json
{
  "hosts": ["tcp://0.0.0.0:2376"],
  "tlsverify": true,
  "authorization-plugins": ["opa-docker-authz"]
}
```

## Good: on the socket only
```json daemon.json
{
  "hosts": ["unix:///var/run/docker.sock"],
  "tlsverify": true
}
```

## Fix
Reach the daemon by SSH, or ask a plugin about every request:
```json
{"authorization-plugins": ["opa-docker-authz"]}
```

## References
- Docker manual, "Access authorization plugin": "all or nothing" without one
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.docker import Docker


@check("docker-certificate-is-root", severity=LOW, control=Control.AUTHORIZATION, cwe=862)
def docker_certificate_is_root(docker: Docker) -> Iterator[Diagnostic]:
    hosts = [host for host in docker.open_hosts if not host.exposure.is_loopback]
    if not docker.serves_a_host or not hosts or not known(docker.verifies_clients):
        return
    unknown = docker.is_open("authorization-plugins")
    if unknown is not None:
        yield not_evaluated(unknown.reason)
    elif not any(True for _ in docker.values("authorization-plugins")):
        yield fail(f"Every client with a certificate may do everything at {hosts[0]}", at=hosts[0].at)
