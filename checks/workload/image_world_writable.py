"""Every user of an image may change files of it.

## Why it matters
A server in a container gives up root so that a hole in it cannot change programs and configuration. `chmod 777` hands them
to whoever gets in: the next start runs what he wrote.

## Bad
```text Dockerfile
FROM debian:12
COPY app /opt/app
RUN chmod -R 777 /opt/app # <-
```

## Bad: in words
```text Dockerfile
FROM debian:12
RUN mkdir -p /srv/data && chmod a+rwx /srv/data # <-
```

## Bad: while copying
```text Dockerfile
FROM debian:12
COPY --chown=app --chmod=0777 start.sh /start.sh # <-
```

## Good
```text Dockerfile
FROM debian:12
COPY --chmod=0755 start.sh /start.sh
RUN mkdir -p /srv/data && chown app /srv/data && chmod 0750 /srv/data
```

## Good: with the sticky bit, as /tmp has it
```text Dockerfile
FROM debian:12
RUN mkdir -p /scratch && chmod 1777 /scratch
```

## Good: in a stage that is not a part of the image
```text Dockerfile
FROM golang:1.23 AS build
RUN mkdir -p /go && chmod -R 777 /go
FROM debian:12
COPY --from=build /go/bin/server /usr/local/bin/server
```

## Good: taken back before the image is done
```text Dockerfile
FROM debian:12
RUN chmod 777 /srv/data && /opt/install --to /srv/data
RUN chmod 0750 /srv/data
```

## Good: executable for all
```text Dockerfile
FROM debian:12
RUN chmod a+x /start.sh && chmod o-w,g+w /srv
```

## Fix
Give the files to the user that writes them:
```dockerfile
COPY --chown=app:app --chmod=0750 data /srv/data
```

## References
- chmod(1) of coreutils 9; Docker manual, "Dockerfile reference", "COPY --chown --chmod"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, ImageBuild, check, fail

from ._modes import lets_everybody_write, modes


@check("image-world-writable", severity=MEDIUM, control=Control.INTEGRITY, also=(Control.PRIVILEGE,), cwe=732)
def image_world_writable(build: ImageBuild) -> Iterator[Diagnostic]:
    for path, mode, line in modes(build):
        if lets_everybody_write(mode):
            yield fail(f"Every user of the image may change {path}", at=line.at, key=path)
