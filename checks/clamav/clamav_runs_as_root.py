"""ClamAV scans as root.

## Why it matters
A scanner takes apart files that strangers have made, and holes in its parsers are found every year. As root, such a
file owns the host.

## Bad
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
User root  # <-
```

## Good
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
User clamav
```

## Fix
```text
User clamav
```

## References
- clamd.conf(5), ClamAV 1.4 (User): https://docs.clamav.net/manual/Usage/Configuration.html#clamdconf
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.clamav import Clamd


@check("clamav-runs-as-root", severity=MEDIUM, control=Control.PRIVILEGE, cwe=250)
def clamav_runs_as_root(clamd: Clamd) -> Iterator[Diagnostic]:
    if known(clamd.text("User")) == "root":
        yield fail("clamd scans as root", at=clamd.where("User"), expected="User clamav")
