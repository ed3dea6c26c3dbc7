"""A Dockerfile runs a script straight from the network.

## Why it matters
`curl … | sh` runs, as root, whatever the other end sends at build time. Nothing is kept that could be reviewed, and
nothing is compared with a known checksum.

## Bad
```text Dockerfile
FROM debian:12
RUN apt-get update && apt-get install -y curl
RUN curl -sSL https://get.example.org/install.sh | bash # <-
```

## Bad: over several lines
```text Dockerfile
FROM debian:12
RUN wget -qO- https://get.example.org/install.sh \\ # <-
    | sudo sh -s -- --quiet
```

## Good
```text Dockerfile
FROM debian:12
RUN curl -sSLo /tmp/install.sh https://get.example.org/install.sh \\
    && echo "0000000000000000000000000000000000000000000000000000000000000000  /tmp/install.sh" | sha256sum -c \\
    && sh /tmp/install.sh
```

## Good: the pipe only unpacks
```text Dockerfile
FROM debian:12
RUN curl -sSL https://example.org/tool.tar.gz | tar xz -C /opt
```

## Fix
Download to a file, compare its checksum, then run it.
```dockerfile
RUN curl -sSLo /tmp/i.sh https://… && echo "<sha256>  /tmp/i.sh" | sha256sum -c && sh /tmp/i.sh
```

## References
- Docker manual, "Building best practices", "RUN"
- CWE-494, Download of Code Without Integrity Check
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, ImageBuild, Unknown, check, fail, not_evaluated

_PIPED = re.compile(
    r"\b(?:curl|wget)\b[^|;&]*\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:/(?:usr/)?bin/)?(?:ba|da|z|k)?sh\b"
    r"|\b(?:ba|z)?sh\s+(?:-\S+\s+)*(?:<\(|[\"']?\$\()\s*(?:curl|wget)\b"
)


@check("image-piped-download", severity=MEDIUM, control=Control.SUPPLY_CHAIN, also=(Control.CODE_EXECUTION,), cwe=494)
def image_piped_download(build: ImageBuild) -> Iterator[Diagnostic]:
    for command in build.commands:
        if isinstance(command.value, Unknown):
            yield not_evaluated(command.value.reason)
        elif _PIPED.search(command.value):
            yield fail("The build runs a script straight from the network", at=command.at)
