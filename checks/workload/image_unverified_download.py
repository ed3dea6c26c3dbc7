"""A Dockerfile adds a file from the network without checking it.

## Why it matters
`ADD` with a URL takes whatever the server sends at build time. Over plain http anybody on the way can replace it.

## Bad
```text Dockerfile
FROM debian:12
ADD http://downloads.example.org/agent.deb /tmp/agent.deb # <-
```

## Good
```text Dockerfile
FROM debian:12
ADD --checksum=sha256:0000000000000000000000000000000000000000000000000000000000000000 https://downloads.example.org/agent.deb /tmp/agent.deb
```

## Good: a file of the repository
```text Dockerfile
FROM debian:12
ADD agent.deb /tmp/agent.deb
```

## Fix
Compare the download with a checksum:
```dockerfile
ADD --checksum=sha256:… https://downloads.example.org/agent.deb /tmp/agent.deb
```

## References
- Docker manual, "Dockerfile reference", "ADD", "ADD --checksum"
- CWE-494, Download of Code Without Integrity Check
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, ImageBuild, Unknown, check, fail


@check("image-unverified-download", severity=MEDIUM, control=Control.SUPPLY_CHAIN, cwe=494)
def image_unverified_download(build: ImageBuild) -> Iterator[Diagnostic]:
    for download in build.downloads:
        if download in build.verified_downloads:
            continue
        plain = not isinstance(download.value, Unknown) and not download.value.lower().startswith("https:")
        yield fail(
            f"The build adds a file from the network{' over plain text' if plain else ''} without a checksum",
            at=download.at,
            severity=MEDIUM if plain else LOW,
        )
