"""ClamAV calls files clean that are too large for it to scan.

## Why it matters
What lies beyond `MaxFileSize`, `MaxScanSize` or the allowed nesting is not scanned, and the answer is the same as for
a clean file. An attacker pads the file, or packs it once more.

## Bad: the default
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
MaxFileSize 25M
```

## Bad
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
AlertExceedsMax no  # <-
```

## Good
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
AlertExceedsMax yes
```

## Fix
```text
AlertExceedsMax yes
```

## References
- clamd.conf(5), ClamAV 1.4 (AlertExceedsMax): https://docs.clamav.net/manual/Usage/Configuration.html#clamdconf
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.clamav import Clamd


@check("clamav-large-files-pass", severity=LOW, control=Control.MALICIOUS_UPLOAD, cwe=693)
def clamav_large_files_pass(clamd: Clamd) -> Iterator[Diagnostic]:
    if not known(clamd.is_on("AlertExceedsMax")):
        yield fail(
            "clamd calls files clean that exceed its limits",
            at=clamd.where("AlertExceedsMax"),
            expected="AlertExceedsMax yes",
        )
