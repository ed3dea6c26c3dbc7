"""ClamAV takes commands from everybody who reaches it.

## Why it matters
clamd knows neither log-ins nor TLS. Whoever reaches its port has it scan what they like until it has no time for
uploads, learns names of files, and reads what others send to be scanned on its way there: letters, images, reports.

## Bad
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
TCPSocket 3310  # <-
```

## Bad: the image
```yaml compose.yaml
services:
  scanner:
    image: clamav/clamav:1.4  # <-
    ports: ["3310:3310"]
```

## Bad: one address among several
```text clamd.conf
TCPSocket 3310  # <-
TCPAddr 127.0.0.1
TCPAddr 10.0.0.5
```

## Good
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
User clamav
```

## Good: the same host only
```text clamd.conf
TCPSocket 3310
TCPAddr 127.0.0.1
```

## Fix
Use the socket of the host, or listen there only:

```text
LocalSocket /run/clamav/clamd.ctl
TCPSocket 3310
TCPAddr 127.0.0.1
```

## References
- clamd.conf(5), ClamAV 1.4 (TCPSocket, TCPAddr): https://docs.clamav.net/manual/Usage/Configuration.html#clamdconf
- ClamAV 1.4, clamd protocol: https://docs.clamav.net/manual/Usage/Scanning.html#clamd
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.clamav import Clamd


@check(
    "clamav-open-socket",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=306,
)
def clamav_open_socket(clamd: Clamd) -> Iterator[Diagnostic]:
    if known(clamd.listens):
        yield fail(
            f"clamd takes commands and files without a log-in and without TLS; {clamd.exposure.reason}",
            at=clamd.where("TCPSocket"),
            severity=clamd.exposure.scale(HIGH),
            expected="TCPAddr 127.0.0.1",
        )
