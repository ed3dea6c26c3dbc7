"""An application's protection against forged requests is switched off.

## Why it matters
Without it a page of another site can make a signed-in clinician's browser change an order or a password, because the
browser adds the session cookie by itself.

## Bad
```text .env
WTF_CSRF_ENABLED=False  # <-
```

## Good
```text .env
WTF_CSRF_ENABLED=True
```

## Good: test runs post forms without a browser
```text .env.test
WTF_CSRF_ENABLED=False
```

## Fix
Switch the protection against forged requests on:
```text
WTF_CSRF_ENABLED=True
```

## References
- Flask-WTF 1.2, Configuration, WTF_CSRF_ENABLED: https://flask-wtf.readthedocs.io/en/1.2.x/config/
- OWASP Cross-Site Request Forgery Prevention Cheat Sheet
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail

_ON = (
    "*CSRF_ENABLED",
    "*CSRF_PROTECT",
    "*CSRF_PROTECTION",
    "*CSRF_PROTECTION_ENABLED",
    "*ENABLE_CSRF",
    "*ENABLE_CSRF_PROTECTION",
)


@check("app-csrf-off", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, also=(Control.INTEGRITY,), cwe=352)
def app_csrf_off(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    if settings.environment == "test":
        return
    off = [entry for entry in settings.named(*_ON) if entry.is_false]
    off += [entry for entry in settings.named("*CSRF_DISABLED", "*DISABLE_CSRF") if entry.is_true]
    for entry in off:
        yield fail(
            f"{entry.name} lets requests forged by other sites through",
            at=entry.at,
            severity=settings.scale(MEDIUM),
            key=entry.name,
            expected="the protection on",
        )
