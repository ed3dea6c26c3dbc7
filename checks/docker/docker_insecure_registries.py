"""The Docker daemon pulls images from a registry without verifying it.

## Why it matters
For an insecure registry Docker takes any certificate, and plain HTTP if there is none. Whoever stands between the host and
the registry decides which program runs as the clinic's server.

## Bad
```json daemon.json
{
  "insecure-registries": ["registry.clinic.example:5000"] # <-
}
```

## Bad: for every registry
```json daemon.json
{
  "insecure-registries": [
    "0.0.0.0/0" # <-
  ]
}
```

## Good
```json daemon.json
{
  "insecure-registries": []
}
```

## Good: a registry on the same host, which is in the list anyway
```json daemon.json
{
  "insecure-registries": ["127.0.0.1:5000", "localhost:5000"]
}
```

## Fix
Put the authority that signed the registry's certificate into `/etc/docker/certs.d/registry.clinic.example:5000/ca.crt`, and
take the entry out.

## References
- dockerd reference, "Insecure registries"
- Docker manual, "Verify repository client with certificates"
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.docker import Docker

_LOCAL = ("127.", "localhost", "[::1]", "::1")


@check(
    "docker-insecure-registries",
    severity=HIGH,
    control=Control.SUPPLY_CHAIN,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=494,
)
def docker_insecure_registries(docker: Docker) -> Iterator[Diagnostic]:
    for registry, at in docker.values("insecure-registries"):
        if not registry.startswith(_LOCAL):
            yield fail(f"Images are pulled from {registry} without verifying who answers", at=at, key=registry)
    unknown = docker.is_open("insecure-registries")
    if unknown is not None:
        yield not_evaluated(unknown.reason)
