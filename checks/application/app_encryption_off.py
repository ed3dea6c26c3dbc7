"""An application stores data unencrypted.

## Why it matters
Disks, snapshots and backups outlive the server they were made on. What is stored in clear text is read by whoever gets
hold of one.

## Bad
```text .env
ENCRYPTION_AT_REST_ENABLED=false  # <-
```

## Bad: the other way round
```text .env
DISABLE_FIELD_ENCRYPTION=true  # <-
```

## Good
```text .env
ENCRYPTION_AT_REST_ENABLED=true
```

## Good: of the connection, which is another matter
```text .env
MQTT_ENCRYPTION_ENABLED=true
MFA_REQUIRED=true
```

## Fix
Encrypt what is stored, with a key from a key service:
```text
ENCRYPTION_AT_REST_ENABLED=true
```

## References
- 45 CFR 164.312(a)(2)(iv), Encryption and decryption
- NIST SP 800-111, Guide to Storage Encryption Technologies
"""

from collections.abc import Iterator

from auditor.api import HIGH, ApplicationSettings, Confidence, Control, Diagnostic, check, fail

_STORED = (
    "AT_REST_ENCRYPTION", "BACKUP_ENCRYPTION", "COLUMN_ENCRYPTION", "DATABASE_ENCRYPTION", "DB_ENCRYPTION", "DISK_ENCRYPTION",
    "ENCRYPTION_AT_REST", "FIELD_ENCRYPTION", "FILE_ENCRYPTION", "PHI_ENCRYPTION", "STORAGE_ENCRYPTION",
)  # fmt: skip
_ON = (
    *(pattern for word in _STORED for pattern in (f"*{word}_ENABLED", f"*ENABLE_{word}", f"*{word}")),
    "*ENCRYPT_AT_REST",
    "*ENCRYPT_BACKUPS",
    "*ENCRYPT_PHI",
)
_OFF = tuple(f"*DISABLE_{word}" for word in _STORED)


@check("app-encryption-off", severity=HIGH, control=Control.ENCRYPTION_AT_REST, cwe=311)
def app_encryption_off(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    off = {entry.key: entry for entry in settings.named(*_ON) if entry.is_false}
    off |= {entry.key: entry for entry in settings.named(*_OFF) if entry.is_true}
    for entry in off.values():
        # What stores the data may encrypt it by itself.
        yield fail(
            f"{entry.name} leaves stored data in clear text",
            at=entry.at,
            severity=settings.scale(HIGH),
            confidence=Confidence.MEDIUM,
            key=entry.name,
            expected="encryption at rest",
        )
