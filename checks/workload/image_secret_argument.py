"""A secret is handed to a build as an argument.

## Why it matters
Build arguments are kept in the image: `docker history` shows them to everybody who can pull it. Deleting the file that
was made with the secret, or using it in an early layer only, does not help.

## Bad
```text Dockerfile
FROM node:22
ARG NPM_TOKEN # <-
RUN npm config set //registry.example.org/:_authToken=$NPM_TOKEN && npm ci
```

## Good: a secret mount leaves nothing behind
```text Dockerfile
FROM node:22
ARG NODE_ENV=production
RUN --mount=type=secret,id=npm_token npm ci
```

## Good: a stage that is not part of the image
```text Dockerfile
FROM node:22 AS build
ARG NPM_TOKEN
RUN npm ci
FROM node:22
COPY --from=build /app /app
```

## Fix
Hand the secret over as a build secret:
```dockerfile
RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci
```

## References
- Docker manual, "Build secrets"
- Docker manual, "Build checks", "SecretsUsedInArgOrEnv"
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, ImageBuild, check, fail, lazy

_SECRET = lazy(
    r"(?:^|_)(?:PASSWORD|PASSWD|PASS|SECRET|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)(?:$|_(?!FILE|PATH|ID|NAME|URL))",
    re.I,
)


@check("image-secret-argument", severity=MEDIUM, control=Control.PLAINTEXT_SECRET, cwe=522)
def image_secret_argument(build: ImageBuild) -> Iterator[Diagnostic]:
    for argument in build.arguments:
        name = argument.value
        if isinstance(name, str) and _SECRET.search(name):
            yield fail(f"The value of {name} stays readable in the image's history", at=argument.at, key=name)
