"""Nothing updates the signatures of ClamAV.

## Why it matters
The signatures are those of the day the image was made or the container was started. New malware comes every day, and
none of it is found.

## Bad
```yaml compose.yaml
services:
  scanner:
    image: clamav/clamav:1.4  # <-
    environment:
      CLAMAV_NO_FRESHCLAMD: "true"
```

## Bad: only clamd is started
```yaml compose.yaml
services:
  scanner:
    image: clamav/clamav:1.4  # <-
    command: clamd --foreground
```

## Good: the default
```yaml compose.yaml
services:
  scanner:
    image: clamav/clamav:1.4
```

## Fix
```yaml
environment:
  CLAMAV_NO_FRESHCLAMD: "false"
```

## References
- ClamAV, Docker, Environment variables: https://docs.clamav.net/manual/Installing/Docker.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.clamav import Clamd


@check("clamav-no-updates", severity=MEDIUM, control=Control.MALICIOUS_UPLOAD, cwe=1329)
def clamav_no_updates(clamd: Clamd) -> Iterator[Diagnostic]:
    if not known(clamd.updates):
        yield fail("Nothing updates the signatures of this scanner", expected='CLAMAV_NO_FRESHCLAMD: "false"')
