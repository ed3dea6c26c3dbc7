"""An application does not search uploads for malware.

## Why it matters
Files that patients and practices send are opened on the clinic's workstations. One that carries malware is the usual way
for ransomware to get in.

## Bad
```text .env
VIRUS_SCAN_ENABLED=false  # <-
```

## Bad: the scanner by its name
```text .env
CLAMAV_ENABLED=0  # <-
```

## Bad: the other way round
```text .env
SKIP_VIRUS_SCAN=true  # <-
```

## Good
```text .env
VIRUS_SCAN_ENABLED=true
```

## Good: a scanner of source code
```text .env
SECURITY_SCAN_ENABLED=false
MFA_REQUIRED=true
```

## Fix
Search every upload before it is stored:
```text
VIRUS_SCAN_ENABLED=true
```

## References
- OWASP File Upload Cheat Sheet, File Content Validation
- 45 CFR 164.308(a)(5)(ii)(B), Protection from malicious software
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail

_SCANNERS = (
    "ANTIVIRUS", "ANTI_VIRUS", "AV_SCAN", "AV_SCANNING", "CLAMAV", "CLAMD", "MALWARE_SCAN", "MALWARE_SCANNING", "VIRUS_SCAN",
    "VIRUS_SCANNER", "VIRUS_SCANNING",
)  # fmt: skip
_ON = tuple(pattern for word in _SCANNERS for pattern in (f"*{word}_ENABLED", f"*ENABLE_{word}", f"*{word}"))
_OFF = tuple(
    pattern
    for word in _SCANNERS
    for pattern in (f"*{word}_DISABLED", f"*DISABLE_{word}", f"*SKIP_{word}", f"*{word}_SKIP")
)


@check("app-upload-not-scanned", severity=MEDIUM, control=Control.MALICIOUS_UPLOAD, cwe=434)
def app_upload_not_scanned(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    switched_off = {entry.key: entry for entry in settings.named(*_OFF) if entry.is_true}
    off = {entry.key: entry for entry in settings.named(*_ON) if entry.is_false and not entry.key.startswith("SKIP_")}
    for entry in (*off.values(), *switched_off.values()):
        yield fail(
            f"{entry.name} leaves files that are uploaded unsearched for malware",
            at=entry.at,
            severity=settings.scale(MEDIUM),
            key=entry.name,
            expected="every upload searched",
        )
