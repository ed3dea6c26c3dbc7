"""A Dockerfile starts from whatever image is the latest.

## Why it matters
The same Dockerfile builds another program tomorrow. What was tested is not what is deployed, and a bad release of the
base image arrives unseen.

## Bad
```text Dockerfile
FROM node # <-
CMD ["node", "server.js"]
```

## Bad: a build stage, by a build argument
```text Dockerfile
ARG GO_VERSION=latest
FROM golang:${GO_VERSION} AS build # <-
RUN go build -o /app .
FROM scratch
COPY --from=build /app /app
```

## Good
```text Dockerfile
ARG GO_VERSION=1.23
FROM golang:${GO_VERSION} AS build
RUN go build -o /app .
FROM scratch
COPY --from=build /app /app
```

## Fix
Name a version of the base image:
```dockerfile
FROM node:22.9-bookworm-slim
```

## References
- Docker manual, "Dockerfile reference", "FROM"
- Docker manual, "Building best practices", "Pin base image versions"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, ImageBuild, Unknown, check, fail, not_evaluated


@check("image-base-unpinned", severity=MEDIUM, control=Control.SUPPLY_CHAIN, cwe=1357)
def image_base_unpinned(build: ImageBuild) -> Iterator[Diagnostic]:
    for base in build.bases:
        if isinstance(base.value, Unknown):
            yield not_evaluated(base.value.reason)
            continue
        name, _, tag = base.value.rpartition("/")[2].partition(":")
        if base.value != "scratch" and "@" not in base.value and tag in {"", "latest"}:
            yield fail(f"The image starts from {name} in whatever version is the latest", at=base.at, key=name)
