"""ClamAV does not look into files of some kinds.

## Why it matters
Malware comes in archives, letters with macros, PDF files and mail. With a kind switched off the file is compared as a
whole only, and what is packed inside it passes as clean.

## Bad
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
ScanArchive no  # <-
```

## Bad: the first line counts
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
ScanOLE2 false  # <-
ScanOLE2 true
```

## Good: the default
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
```

## Good
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
ScanArchive yes
ScanArchive no
```

## Fix
```text
ScanArchive yes
ScanOLE2 yes
ScanPDF yes
```

## References
- clamd.conf(5), ClamAV 1.4 (ScanArchive, ScanOLE2, ScanPDF …): https://docs.clamav.net/manual/Usage/Configuration.html#clamdconf
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.clamav import SCANS, Clamd


@check("clamav-scan-switched-off", severity=MEDIUM, control=Control.MALICIOUS_UPLOAD, cwe=693)
def clamav_scan_switched_off(clamd: Clamd) -> Iterator[Diagnostic]:
    for name in SCANS:
        if not known(clamd.is_on(name)):
            yield fail(
                f"clamd does not scan what {name} stands for", at=clamd.where(name), key=name, expected=f"{name} yes"
            )
