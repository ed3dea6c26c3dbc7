"""A container has a folder of the host that holds its system or its secrets.

## Why it matters
With `/`, `/etc`, `/root` or the runtime's own folders a container reads password hashes, keys and other containers'
data, and with write access it takes over the host at the next log-in or reboot.

## Bad
```yaml compose.yaml
services:
  backup:
    image: example/backup:7
    volumes:
      - /etc:/host/etc # <-
```

## Bad: Kubernetes
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: backup
spec:
  containers:
    - name: backup
      image: example/backup:7
      volumeMounts:
        - {name: kubelet, mountPath: /host}
  volumes:
    - name: kubelet
      hostPath: {path: /var/lib/kubelet}
```

## Bad: one folder, and others that it holds
```yaml compose.yaml
services:
  exporter:
    image: prom/node-exporter:v1.8.2
    volumes:
      - /proc:/host/proc:ro
      - /:/rootfs:ro  # <-
      - /:/host:ro,rslave
```

## Bad: a folder of it that may be written
```yaml compose.yaml
services:
  exporter:
    image: example/exporter:1.8.2
    volumes:
      - /:/rootfs:ro  # <-
      - /etc:/host/etc  # <-
```

## Good: one harmless file, and a folder of its own
```yaml compose.yaml
services:
  backup:
    image: example/backup:7
    volumes:
      - /etc/localtime:/etc/localtime:ro
      - /srv/backup:/backup
```

## Fix
Mount the one folder that the program works on, read-only where it only reads.
```yaml
volumes:
  - /srv/backup:/backup
```

## References
- Docker manual, "Bind mounts"
- Kubernetes manual, "Volumes", "hostPath"
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Mount, Workload, check, fail

from ._common import host_paths

_WHOLE = frozenset(
    {
        "/",
        "/bin",
        "/boot",
        "/dev",
        "/etc",
        "/home",
        "/lib",
        "/proc",
        "/root",
        "/sbin",
        "/sys",
        "/usr",
        "/var",
        "/var/lib",
        "~",
    }
)
_BELOW = (
    "/etc/kubernetes",
    "/etc/shadow",
    "/etc/ssh",
    "/etc/sudoers",
    "/root/.ssh",
    "/var/lib/containerd",
    "/var/lib/docker",
    "/var/lib/kubelet",
    "~/.aws",
    "~/.docker",
    "~/.kube",
    "~/.ssh",
)


@check("container-sensitive-host-path", severity=HIGH, control=Control.PRIVILEGE, cwe=668)
def container_sensitive_host_path(workload: Workload) -> Iterator[Diagnostic]:
    found = host_paths(workload)
    for index, (mount, path) in enumerate(found):
        if any(_holds(other, mount, path, index > place) for place, other in enumerate(found)):
            continue
        if path in _WHOLE or any(path == folder or path.startswith(f"{folder}/") for folder in _BELOW):
            access = "reads" if mount.read_only else "reads and writes"
            severity = HIGH.lowered(1) if mount.read_only else HIGH
            yield fail(
                f"Container {workload.name} {access} {path} of its host", at=mount.at, severity=severity, key=path
            )


def _holds(other: tuple[Mount, str], mount: Mount, path: str, is_later: bool) -> bool:
    """Tell whether another mount gives the container this path too, with no less access: that one is reported."""
    holder, folder = other
    if holder is mount or (holder.read_only and not mount.read_only):
        return False
    if folder == path:
        return is_later or (mount.read_only and not holder.read_only)
    return path.startswith(f"{folder.rstrip('/')}/")
