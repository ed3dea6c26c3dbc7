"""A container's main process runs as root.

## Why it matters
Root in a container is root of the host as far as the kernel is concerned, unless user namespaces are set up. A flaw in
the program or in the container runtime then gives the attacker the host.

## Bad: Dockerfile on a base image that has no user of its own
```text Dockerfile
FROM python:3.12-slim # <-
COPY app.py /app.py
CMD ["python", "/app.py"]
```

## Bad: Compose overrides the image's user
```yaml compose.yaml
services:
  api:
    image: example/api:2.1
    user: "0:0" # <-
```

## Bad: Kubernetes
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: api
spec:
  containers:
    - name: api
      image: example/api:2.1
      securityContext:
        runAsUser: 0 # <-
```

## Good
```text Dockerfile
FROM python:3.12-slim
COPY app.py /app.py
USER 10001
CMD ["python", "/app.py"]
```

## Good: root in a build stage only
```text Dockerfile
FROM golang:1.23 AS build
USER root
RUN go build -o /app .
FROM alpine:3.20
COPY --from=build /app /app
USER app
```

## Good: the orchestrator refuses root
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: api
spec:
  securityContext:
    runAsNonRoot: true
  containers:
    - name: api
      image: example/api:2.1
```

## Fix
Name a user in the Dockerfile, or run the container as one.
```yaml
user: "10001:10001"
```

## References
- Docker manual, "Dockerfile reference", "USER"
- Kubernetes manual, "Configure a Security Context for a Pod or Container"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Role, Workload, check, fail, known


@check("container-runs-as-root", severity=MEDIUM, control=Control.PRIVILEGE, cwe=250)
def container_runs_as_root(workload: Workload) -> Iterator[Diagnostic]:
    if not known(workload.runs_as_root):
        return
    if workload.user is not None:
        yield fail(f"Container {workload.name} is told to run as root", at=workload.user.at)
    else:
        at = workload.image.at if workload.image is not None else None
        what = "The image" if workload.role is Role.IMAGE else f"Container {workload.name}"
        yield fail(f"{what} runs as root: its Dockerfile sets no USER, and neither does its base image", at=at)
