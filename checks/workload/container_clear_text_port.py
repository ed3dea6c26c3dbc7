"""A container serves a protocol that has no encryption.

## Why it matters
FTP, Telnet, TFTP and the r-commands send passwords and files readable. Whoever listens in the network logs in as the staff
after that.

## Bad
```yaml compose.yaml
services:
  exchange:
    image: example/ftp:2
    ports:
      - "21:21" # <-
```

## Bad: in the image
```text Dockerfile
FROM debian:12
EXPOSE 80 23 # <-
```

## Good
```yaml compose.yaml
services:
  exchange:
    image: example/sftp:2
    ports:
      - "2222:22"
```

## Good: TLS in front of it
```text Dockerfile
FROM debian:12
EXPOSE 80 8021
```

## Good: the same number by another protocol
```yaml compose.yaml
services:
  log:
    image: example/log:1
    ports:
      - "6023:6023"
      - "2123:23/udp"
```

## Fix
Serve SFTP, FTPS on port 990 or HTTPS in its place.

## References
- IANA, "Service Name and Transport Protocol Port Number Registry"
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, Workload, check, fail

_CLEAR = {
    (21, "tcp"): "FTP",
    (23, "tcp"): "Telnet",
    (69, "udp"): "TFTP",
    (512, "tcp"): "rexec",
    (513, "tcp"): "rlogin",
}


@check(
    "container-clear-text-port",
    severity=MEDIUM,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=319,
)
def container_clear_text_port(workload: Workload) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for port in sorted(workload.ports, key=lambda each: not each.published):
        name = _CLEAR.get((port.container, port.protocol)) if isinstance(port.container, int) else None
        if name is not None and name not in seen:
            seen.add(name)
            yield fail(
                f"Container {workload.name} serves {name}, which has no encryption",
                at=port.at,
                severity=MEDIUM if port.published else LOW,
                key=name,
            )
