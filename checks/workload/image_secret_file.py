"""An image contains a file of secrets.

## Why it matters
What is copied into an image stays in its layers, even if a later line deletes it. Everyone who may pull the image has the
key.

## Bad
```text Dockerfile
FROM debian:12
COPY id_rsa /root/.ssh/id_rsa # <-
```

## Bad: deleted again
```text Dockerfile
FROM node:22
COPY . .env.production /app/ # <-
RUN npm run build && rm /app/.env.production
```

## Bad: a key pair
```text Dockerfile
FROM nginx:1.27
COPY ["tls/portal.crt", "tls/portal.key", "/etc/nginx/"] # <-
```

## Good
```text Dockerfile
FROM debian:12
RUN --mount=type=ssh git clone git@git.clinic.example:portal.git /app
```

## Good: certificates and examples
```text Dockerfile
FROM nginx:1.27
COPY tls/ca.crt tls/portal.pem /etc/nginx/
COPY .env.example id_rsa.pub /app/
```

## Good: in a stage that is not a part of the image
```text Dockerfile
FROM debian:12 AS build
COPY id_rsa /root/.ssh/id_rsa
RUN make
FROM debian:12
COPY --from=build /out /out
```

## Fix
Mount the file while building, or when the container starts:
```dockerfile
RUN --mount=type=secret,id=npm,target=/root/.npmrc npm ci
```

## References
- Docker manual, "Build secrets"; "Dockerfile reference", "RUN --mount=type=secret"
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, ImageBuild, check, fail, lazy

_KEYS = lazy(
    r"(?i)id_(?:rsa|dsa|ecdsa|ed25519)|.+\.(?:key|pfx|p12)|.*private[_-]?key.*\.pem|\.netrc|\.pgpass|\.git-credentials|"
    r"(?:.+[.-])?kubeconfig(?:\.ya?ml)?"
)
_SETTINGS = lazy(r"(?i)\.env(?:\.(?!example|sample|template|dist|tpl)[\w-]+)?")
_FOLDER_FILES = (".aws/credentials", ".docker/config.json", ".kube/config")
_PUBLIC = lazy(r"(?i)pub(?:lic)?[_.-]|[_.-]pub|gpg|apt|repo")
"""Keys with which packages are verified are called `.key`, too."""


@check("image-secret-file", severity=HIGH, control=Control.PLAINTEXT_SECRET, cwe=522)
def image_secret_file(build: ImageBuild) -> Iterator[Diagnostic]:
    for copy in build.copies:
        path = copy.value if isinstance(copy.value, str) else ""
        name = path.rstrip("/").rpartition("/")[2]
        is_key = (_KEYS.fullmatch(name) and not _PUBLIC.search(name)) or path.endswith(_FOLDER_FILES)
        if is_key or _SETTINGS.fullmatch(name):
            yield fail(
                f"{path} stays readable in the image's layers",
                at=copy.at,
                severity=HIGH if is_key else MEDIUM,
                key=path,
            )
