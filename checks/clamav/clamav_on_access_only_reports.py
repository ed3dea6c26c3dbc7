"""ClamAV watches files that are opened, and lets infected ones through.

## Why it matters
With folders to watch, clamonacc scans what is opened in them. Without `OnAccessPrevention` it only writes to its log:
the program that opens the file gets it all the same.

## Bad: the default
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
OnAccessIncludePath /srv/uploads  # <-
OnAccessExcludeUname clamav
```

## Bad
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
OnAccessIncludePath /srv/uploads
OnAccessPrevention no  # <-
```

## Good
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
OnAccessIncludePath /srv/uploads
OnAccessPrevention yes
```

## Good: nothing is watched
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
OnAccessPrevention no
```

## Fix
```text
OnAccessIncludePath /srv/uploads
OnAccessPrevention yes
OnAccessExcludeUname clamav
```

## References
- clamd.conf(5), ClamAV 1.4 (OnAccessPrevention): https://docs.clamav.net/manual/Usage/Configuration.html#clamdconf
- ClamAV 1.4, On-Access Scanning: https://docs.clamav.net/manual/OnAccess.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.clamav import Clamd


@check("clamav-on-access-only-reports", severity=MEDIUM, control=Control.MALICIOUS_UPLOAD, cwe=693)
def clamav_on_access_only_reports(clamd: Clamd) -> Iterator[Diagnostic]:
    watched = next((name for name in ("OnAccessIncludePath", "OnAccessMountPath") if known(clamd.is_set(name))), None)
    if watched is not None and not known(clamd.is_on("OnAccessPrevention")):
        explicit = clamd.settings.is_explicit("OnAccessPrevention")
        yield fail(
            "Infected files in watched folders are reported, and opened all the same",
            at=clamd.where("OnAccessPrevention" if explicit else watched),
            expected="OnAccessPrevention yes",
        )
