"""A container runs whatever image the registry calls latest.

## Why it matters
An image without a version changes under the same name: two hosts run different programs, a rollback is not possible,
and a taken-over registry account reaches production with the next pull.

## Bad
```yaml compose.yaml
services:
  db:
    image: postgres # <-
```

## Bad: the tag latest
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: db
spec:
  containers:
    - name: db
      image: registry.example.org:5000/clinic/db:latest # <-
```

## Good
```yaml compose.yaml
services:
  db:
    image: postgres:16.4
```

## Good: a digest and no tag
```yaml compose.yaml
services:
  db:
    image: postgres@sha256:0000000000000000000000000000000000000000000000000000000000000000
```

## Good: the image is built here, and its own base has a version
```yaml compose.yaml
services:
  api:
    image: clinic-api
    build: .
```
```text Dockerfile
FROM alpine:3.20
```

## Fix
Name a version, best with its digest:
```yaml
image: postgres:16.4@sha256:…
```

## References
- Docker manual, "docker image pull", "Pull an image by digest (immutable identifier)"
- Kubernetes manual, "Images", "Image names"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Workload, check, fail, known


@check("container-image-unpinned", severity=MEDIUM, control=Control.SUPPLY_CHAIN, cwe=1357)
def container_image_unpinned(workload: Workload) -> Iterator[Diagnostic]:
    if workload.is_built or workload.image is None:
        return
    image = known(workload.image.value)
    if workload.image_digest is None and workload.image_tag in {None, "latest"}:
        yield fail(f"Container {workload.name} runs {image} in whatever version is the latest", at=workload.image.at)
