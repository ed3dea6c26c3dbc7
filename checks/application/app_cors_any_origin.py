"""Pages of any site may read the application's answers.

## Why it matters
CORS decides which sites' scripts may read an answer. `*` allows all of them; where credentials are allowed too, many
frameworks then echo the caller's origin, so that a page which a clinician happens to open can read patients' records in
her name.

## Bad
```text .env
CORS_ALLOWED_ORIGINS=*  # <-
```

## Bad: in a list, with credentials
```text .env
BACKEND_CORS_ORIGINS=["https://portal.clinic.example", "*"]  # <-
CORS_ALLOW_CREDENTIALS=true
```

## Bad: a switch
```text .env
CORS_ALLOW_ALL_ORIGINS=True  # <-
```

## Bad: an expression that every origin matches
```text .env
CORS_ALLOW_ORIGIN_REGEX=https?://.*  # <-
```

## Good
```text .env
CORS_ALLOWED_ORIGINS=https://portal.clinic.example,https://admin.clinic.example
CORS_ALLOW_CREDENTIALS=true
```

## Fix
Name the origins of your own pages:
```text
CORS_ALLOWED_ORIGINS=https://portal.clinic.example
```

## References
- WHATWG Fetch Standard, CORS protocol and credentials
- Starlette 0.46, CORSMiddleware: https://www.starlette.io/middleware/#corsmiddleware
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, ApplicationSettings, Control, Diagnostic, check, fail, takes_any_origin

_ORIGINS = (
    "*CORS_ALLOWED_ORIGIN",
    "*CORS_ALLOWED_ORIGINS",
    "*CORS_ALLOW_ORIGIN",
    "*CORS_ALLOW_ORIGINS",
    "*CORS_ORIGIN",
    "*CORS_ORIGINS",
    "*CORS_ORIGIN_WHITELIST",
    "*ACCESS_CONTROL_ALLOW_ORIGIN",
    "ALLOWED_ORIGIN",
    "ALLOWED_ORIGINS",
    "ALLOW_ORIGINS",
)
_EXPRESSIONS = (
    "*CORS_ALLOWED_ORIGIN_PATTERNS",
    "*CORS_ALLOWED_ORIGIN_REGEX",
    "*CORS_ALLOWED_ORIGIN_REGEXES",
    "*CORS_ALLOW_ORIGIN_REGEX",
    "*CORS_ORIGIN_REGEX",
)
_SWITCHES = ("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL", "CORS_ALLOW_ALL", "ALLOW_ALL_ORIGINS")
_CREDENTIALS = (
    "*CORS_ALLOW_CREDENTIALS",
    "*CORS_CREDENTIALS",
    "*CORS_SUPPORTS_CREDENTIALS",
    "*ACCESS_CONTROL_ALLOW_CREDENTIALS",
)


@check(
    "app-cors-any-origin", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, also=(Control.AUTHORIZATION,), cwe=942
)
def app_cors_any_origin(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    with_credentials = any(entry.is_true for entry in settings.named(*_CREDENTIALS))
    severity = CRITICAL if with_credentials else HIGH
    for entry in settings.named(*_ORIGINS, *_SWITCHES, *_EXPRESSIONS):
        is_list = entry.key not in _SWITCHES
        takes_any = "*" in entry.items or ("ORIGIN_" in entry.key and takes_any_origin(entry.value))
        if takes_any if is_list else entry.is_true:
            words = ", in the name of signed-in users" if with_credentials else ""
            yield fail(
                f"{entry.name} lets pages of any site read answers{words}",
                at=entry.at,
                severity=settings.scale(severity),
                key=entry.name,
                expected="the origins of the clinic's own pages",
            )
