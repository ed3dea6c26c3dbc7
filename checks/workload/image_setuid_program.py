"""An image makes a program run as its owner.

## Why it matters
A setuid program starts with root's rights whoever calls it. In a container it is the way back to root for whatever takes the
server over.

## Bad
```text Dockerfile
FROM debian:12
COPY backup /usr/local/bin/backup
RUN chmod u+s /usr/local/bin/backup # <-
```

## Bad: by number
```text Dockerfile
FROM debian:12
RUN chmod 4755 /bin/busybox # <-
```

## Good
```text Dockerfile
FROM debian:12
RUN chmod 0755 /usr/local/bin/backup
```

## Good: taken away
```text Dockerfile
FROM debian:12
RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +
```

## Good: a folder's group
```text Dockerfile
FROM debian:12
RUN chmod g+s /srv/shared && chmod 2775 /srv/shared
```

## Fix
Give the program the one capability that it needs:
```dockerfile
RUN setcap cap_net_bind_service=+ep /usr/local/bin/server
```

## References
- chmod(1) of coreutils 9, "SETUID AND SETGID BITS"; capabilities(7)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, ImageBuild, check, fail

from ._modes import modes, sets_owner


@check("image-setuid-program", severity=MEDIUM, control=Control.PRIVILEGE, cwe=250)
def image_setuid_program(build: ImageBuild) -> Iterator[Diagnostic]:
    for path, mode, line in modes(build):
        if sets_owner(mode):
            yield fail(f"Whoever starts {path} gets its owner's rights", at=line.at, key=path)
