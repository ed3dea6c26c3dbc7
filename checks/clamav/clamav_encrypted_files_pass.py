"""ClamAV calls archives clean that it cannot open.

## Why it matters
An archive with a password, and the password in the mail beside it, is how malware gets past scanners. ClamAV cannot
look inside and says that it is clean, unless it is told to report encrypted archives.

## Bad: the default
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
User clamav
```

## Good
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
AlertEncrypted yes
```

## Good: archives only
```text clamd.conf
LocalSocket /run/clamav/clamd.ctl
AlertEncryptedArchive yes
```

## Fix
```text
AlertEncryptedArchive yes
```

## References
- clamd.conf(5), ClamAV 1.4 (AlertEncrypted, AlertEncryptedArchive): https://docs.clamav.net/manual/Usage/Configuration.html#clamdconf
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.clamav import Clamd


@check("clamav-encrypted-files-pass", severity=LOW, control=Control.MALICIOUS_UPLOAD, cwe=693)
def clamav_encrypted_files_pass(clamd: Clamd) -> Iterator[Diagnostic]:
    if not known(clamd.is_on("AlertEncrypted")) and not known(clamd.is_on("AlertEncryptedArchive")):
        yield fail(
            "clamd calls encrypted archives clean, into which it cannot look",
            at=clamd.where("AlertEncryptedArchive"),
            expected="AlertEncryptedArchive yes",
        )
