"""An application takes uploads of any type.

## Why it matters
Whoever may upload a referral may then upload a program, or a page with a script that runs in the browser of the next
clinician who opens it.

## Bad
```text .env
UPLOAD_ALLOWED_EXTENSIONS=*  # <-
```

## Bad: types
```text .env
ALLOWED_MIME_TYPES=*/*  # <-
```

## Good
```text .env
UPLOAD_ALLOWED_EXTENSIONS=pdf,jpg,png,dcm
```

## Good: all of one kind
```text .env
ALLOWED_MIME_TYPES=application/pdf,image/*
```

## Fix
List the types that are needed:
```text
UPLOAD_ALLOWED_EXTENSIONS=pdf,jpg,png,dcm
```

## References
- OWASP File Upload Cheat Sheet, Allow List Extensions
- CWE-434, Unrestricted Upload of File with Dangerous Type
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail

_NAMES = (
    "*ALLOWED_CONTENT_TYPES", "*ALLOWED_EXTENSIONS", "*ALLOWED_FILE_EXTENSIONS", "*ALLOWED_FILE_TYPES",
    "*ALLOWED_MIMETYPES", "*ALLOWED_MIME_TYPES", "*ALLOWED_UPLOAD_TYPES", "*UPLOAD_EXTENSIONS", "*UPLOAD_FILE_TYPES",
    "*UPLOAD_MIME_TYPES",
)  # fmt: skip
_ANY = frozenset({"*", "*/*", ".*", "*.*"})


@check("app-upload-any-type", severity=MEDIUM, control=Control.MALICIOUS_UPLOAD, cwe=434)
def app_upload_any_type(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.named(*_NAMES):
        if _ANY & set(entry.items):
            yield fail(
                f"{entry.name} takes files of any type",
                at=entry.at,
                severity=settings.scale(MEDIUM),
                key=entry.name,
                expected="the types that are needed",
            )
