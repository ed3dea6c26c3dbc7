"""A container can command the container runtime of its host.

## Why it matters
Whoever can write to Docker's socket can start a privileged container with the host's disk in it. Mounting the socket
read-only changes nothing, because a socket is written to all the same.

## Bad
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro # <-
```

## Bad: the folder that the socket is in
```yaml compose.yaml
services:
  agent:
    image: example/agent:1
    volumes:
      - type: bind
        source: /var/run # <-
        target: /host/run
```

## Good: a filtering proxy on a network of its own
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    environment:
      DOCKER_HOST: tcp://socket-proxy:2375
    volumes:
      - ./traefik.yml:/etc/traefik/traefik.yml:ro
```

## Fix
Remove the mount. If the program must watch containers, put a proxy in front of the socket that allows reading only.
```yaml
environment:
  DOCKER_HOST: tcp://socket-proxy:2375
```

## References
- Docker manual, "Protect the Docker daemon socket"
- Docker manual, "Docker security", "Docker daemon attack surface"
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Workload, check, fail

from ._common import host_paths

_SOCKETS = (
    "/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/crio/crio.sock",
    "/run/podman/podman.sock",
)


@check("container-runtime-socket", severity=HIGH, control=Control.PRIVILEGE, cwe=250)
def container_runtime_socket(workload: Workload) -> Iterator[Diagnostic]:
    for mount, path in host_paths(workload):
        real = path.removeprefix("/var") if path.startswith("/var/run") else path
        if real in _SOCKETS or real == "/run":
            yield fail(
                f"Container {workload.name} can command the host's container runtime through {path}",
                at=mount.at,
                key=path,
            )
