"""ClamAV would refuse to start with this configuration.

## Why it matters
Nothing is scanned until somebody notices. Whatever is running now runs with something else, and the next restart
fails. Its other settings are not judged.

## Bad: the sample's first line
```text clamd.conf
Example # <-
LocalSocket /run/clamav/clamd.ctl
```

## Bad: a comment behind a switch
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
ScanArchive yes # too  # <-
```

## Bad: no value
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
TCPSocket  # <-
```

## Good
```text clamd.conf
# Example
LocalSocket /run/clamav/clamd.ctl
ScanArchive yes
```

## Fix
Remove the line `Example`, and put comments on lines of their own.

## References
- clamd.conf(5), ClamAV 1.4 (Example): https://docs.clamav.net/manual/Usage/Configuration.html#clamdconf
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.clamav import Clamd


@check(
    "clamav-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def clamav_refused_configuration(clamd: Clamd) -> Iterator[Diagnostic]:
    for problem in clamd.refused:
        yield fail(f"clamd would refuse to start: {problem.message}", at=problem.at, key=problem.message)
