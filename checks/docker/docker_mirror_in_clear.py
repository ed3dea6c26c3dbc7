"""The Docker daemon pulls images through a mirror in clear text.

## Why it matters
The mirror tells which image a tag stands for. Over HTTP anybody on the way answers in its place, and the host runs what he
sends.

## Bad
```json daemon.json
{
  "registry-mirrors": [
    "https://mirror.clinic.example",
    "http://10.20.0.9:5000" # <-
  ]
}
```

## Good
```json daemon.json
{
  "registry-mirrors": ["https://mirror.clinic.example"]
}
```

## Good: a mirror on the same host
```json daemon.json
{
  "registry-mirrors": ["http://localhost:5000"]
}
```

## Fix
```json
{"registry-mirrors": ["https://mirror.clinic.example"]}
```

## References
- dockerd reference, "Registry mirrors"; Docker manual, "Registry as a pull through cache"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.docker import Docker

_LOCAL = ("http://127.", "http://localhost", "http://[::1]")


@check(
    "docker-mirror-in-clear",
    severity=MEDIUM,
    control=Control.SUPPLY_CHAIN,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=319,
)
def docker_mirror_in_clear(docker: Docker) -> Iterator[Diagnostic]:
    for mirror, at in docker.values("registry-mirrors"):
        if mirror.startswith("http://") and not mirror.startswith(_LOCAL):
            yield fail("Images are pulled through a mirror over HTTP", at=at, key=mirror)
