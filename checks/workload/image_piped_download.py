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

## Bad: in place of the script's text
```text Dockerfile
FROM debian:12
RUN bash -c "$(curl -fsSL https://get.example.org/install.sh)" # <-
```

## Bad: inside another shell
```text Dockerfile
FROM debian:12
RUN bash -euo pipefail -c 'cd /tmp && curl -sSL https://get.example.org/install.sh | sh' # <-
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

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, ImageBuild, check, fail, known

from ._shell import SHELLS, commands

_SUBSTITUTED = ("$(curl", "$(wget", "<(curl", "<(wget", "`curl", "`wget")


@check("image-piped-download", severity=MEDIUM, control=Control.SUPPLY_CHAIN, also=(Control.CODE_EXECUTION,), cwe=494)
def image_piped_download(build: ImageBuild) -> Iterator[Diagnostic]:
    for line in build.commands:
        if _runs_download(known(line.value)):
            yield fail("The build runs a script straight from the network", at=line.at)


def _runs_download(line: str) -> bool:
    downloaded = False
    for command in commands(line):
        substituted = any(part in word for word in command.words for part in _SUBSTITUTED)
        if command.program in SHELLS and (downloaded or substituted):
            return True
        downloads = any(command.options_of(program) for program in ("curl", "wget"))
        downloaded = command.operator == "|" and (downloaded or downloads)
    return False
